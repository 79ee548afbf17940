import type { CheckFinding, Severity } from '@toolhive-registry/catalog';

/** The name of a rule. */
export type RuleId = CheckFinding['rule'];

/** The description of a rule. */
export interface Rule {
  /** In a few words. */
  readonly title: string;
  /** What it means, and what to do. */
  readonly help: string;
  /** How bad it is in general; a finding may be less or more. */
  readonly severity: Severity;
}

/** Where the rules are documented. */
export const RULES_URL = 'https://github.com/toolhive-registry/toolhive-registry/blob/main/docs/formats.md#findings';

/** All rules by name, in the order in which reports list them. */
export const RULES: Readonly<Record<RuleId, Rule>> = {
  unreadable: {
    title: 'The file cannot be used',
    help: 'Nothing of the file is served: it cannot be read or parsed, has a form that is not known, or is over a limit. The message says which.',
    severity: 'error',
  },
  'not-an-object': {
    title: 'An entry is no object',
    help: 'Each entry must be a JSON object. It is left out. Write the server there, or remove the entry.',
    severity: 'error',
  },
  missing: {
    title: 'A field is missing',
    help: 'Without this field the entry cannot be served, and it is left out. Add it.',
    severity: 'error',
  },
  invalid: {
    title: 'A field cannot be served as it is',
    help: 'The value of this field would break clients or the API, so the entry is left out. The message says what the field may hold.',
    severity: 'error',
  },
  duplicate: {
    title: 'A version occurs twice',
    help: 'Two entries have the same name and version. The first one is served, and this one is left out. Remove one of them, or change its version.',
    severity: 'warning',
  },
  shadowed: {
    title: 'Another source has this name',
    help: 'A source that comes earlier serves a server of this name, so this one is not served. Rename it, or change the order of the sources.',
    severity: 'warning',
  },
  repaired: {
    title: 'A part of the entry is dropped',
    help: 'The entry is served without a part of it that would break clients or may be secret. Correct or remove that part.',
    severity: 'warning',
  },
  schema: {
    title: 'The entry breaks the official schema',
    help:
      'The entry does not keep to the official JSON schema of server.json that it names. It is served all the same; other registries and clients may ' +
      'refuse it. In a server.json with a file of its own it is an error: the official registry does not take it.',
    severity: 'warning',
  },
  name: {
    title: 'The name is not of the official form',
    help: 'An official name is a namespace, a slash and a name, as in io.github.example/weather. The entry is served; clients may refuse it. Rename it.',
    severity: 'warning',
  },
  'not-read': {
    title: 'A part of the file is not read',
    help: 'No form of a catalog has this part, or it is not what it has to be. Correct its name, or remove it.',
    severity: 'note',
  },
};
