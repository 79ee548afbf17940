import { command } from '../../program/command.ts';
import { QUIET_FLAG, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Output forms. */
export const FORMS = ['upstream', 'toolhive', 'official', 'docker'] as const;

/** Its flags. */
export const flags = {
  to: {
    kind: 'text',
    placeholder: 'FORM',
    help: "form of the result: ToolHive's catalog of today, the one before, a list of the official API, or Docker's",
    choices: FORMS,
  },
  'output-file': {
    kind: 'text',
    short: 'f',
    placeholder: 'FILE',
    help: 'where the result goes; default: standard output',
    completed: 'file',
  },
  strict: { kind: 'switch', help: 'exit with 1, and write nothing, when something cannot be kept' },
  ...QUIET_FLAG,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Writes a catalog in another form. */
export const convert = command({
  name: 'convert',
  summary: 'write a catalog of any known form in another one',
  details:
    'What the form has no place for is carried along under one key, so that it can be converted back; what is left out, repaired or cut is named on standard error.\n' +
    'The files of a folder become one catalog. Neither a cluster nor a registry is asked.',
  args: [{ name: 'FILE|DIR|URL', help: 'the catalog; "-" is standard input', required: true, completed: 'file' }],
  flags,
  examples: [
    { about: "A client's configuration as a catalog", line: 'convert claude_desktop_config.json --to upstream > catalog.json' },
    { about: "For Docker's gateway", line: 'convert catalog.json --to docker --output-file docker.yaml' },
  ],
  load: async () => (await import('./run.ts')).runConvert,
});
