import { isObject } from '@toolhive-registry/api';
import { textOf, type Field } from './field.ts';
import { filterOf, type Globs } from './filter.ts';
import { LOCATIONS, type Location, type Surroundings } from './location.ts';
import { sourceLabel, sourceName } from './names.ts';
import { syncPolicyOf, timeoutOf } from './schedule.ts';
import { compact, NOTHING_TO_DO, type Fields } from './types.ts';

/** A source as it is going to be written. */
export interface SourceDraft {
  readonly name: string;
  /** Name in the old manifest, by which views refer to it. */
  readonly oldName: string;
  /** Where it was. */
  readonly path: string;
  /** The source without its name. */
  readonly fields: Fields;
  readonly location: Location;
}

/** How sources are read. */
export interface SourceRules extends Omit<Surroundings, 'source'> {
  readonly globs: Globs;
  /** Whether `format` was believed. ToolHive's registry server reads one format only since v1.2.0, whatever a source says. */
  readonly declaredFormat: boolean;
}

/** Why a place has no counterpart, and what to do. */
const WITHOUT_COUNTERPART: Readonly<Record<string, readonly [message: string, remedy: string]>> = {
  managed: [
    'its entries are published through the API of the registry server, which is not offered here; the source is left out',
    'keep the entries as server.json files in Git or in a ConfigMap, and add that as a source',
  ],
  kubernetes: [
    'it lists the MCP servers that run in the cluster, which is no source here; the source is left out',
    'label them toolhive.stacklok.io/registry-name and toolhive.stacklok.io/registry-namespace: the registry lists them as deployed (docs/operations.md)',
  ],
};

/** Reads the sources of a list. Those without a counterpart are left out, with a note that accounts for all of them. */
export function sourcesOf(list: Field | undefined, rules: SourceRules): SourceDraft[] {
  const names = new Set<string>();
  return (list?.items() ?? []).flatMap((field) => {
    const draft = sourceOf(field, rules, names);
    if (draft !== undefined) names.add(draft.name);
    return draft === undefined ? [] : [draft];
  });
}

/** Reads one source; `taken` are the names of those before it. */
export function sourceOf(field: Field, rules: SourceRules, taken: ReadonlySet<string>): SourceDraft | undefined {
  if (!isObject(field.value)) {
    field.note('todo', 'is not a source and is left out', 'write a source: an object with a name and the place of its data');
    return undefined;
  }
  const oldName = textOf(field.get('name')) ?? '';
  const without = Object.keys(WITHOUT_COUNTERPART).find((key) => field.get(key) !== undefined || field.get('type')?.value === key);
  const [message, remedy] = WITHOUT_COUNTERPART[without ?? ''] ?? [];
  if (message !== undefined && remedy !== undefined) {
    field.note('todo', `${sourceLabel(oldName)}: ${message}`, remedy);
    return undefined;
  }
  const name = sourceName(oldName === '' ? 'source' : oldName, taken);
  const location = locationOf(field, { ...rules, source: name });
  if (location === undefined) {
    field.note(
      'todo',
      `${sourceLabel(oldName)} names no place that can be read, and is left out`,
      'name one: a ConfigMap, a repository, a URL or another registry',
    );
    return undefined;
  }
  const nameField = field.get('name');
  if (nameField !== undefined && name !== oldName) {
    nameField.note('changed', `is ${name} here: names of sources are DNS labels, each used once`, NOTHING_TO_DO);
  }
  const type = field.get('type');
  if (type?.value === location.type) type.take();
  else type?.note('changed', `is ${location.type} here`, NOTHING_TO_DO);
  return { name, oldName, path: field.path, fields: fieldsOf(field, location, rules), location };
}

/** The first place that a source names; ToolHive refuses a second one, and so does our schema. */
function locationOf(field: Field, around: Surroundings): Location | undefined {
  const type = field.get('type')?.value;
  // The earliest forms say which of the places is meant.
  const keys = Object.keys(LOCATIONS).sort((a, b) => Number(b === type) - Number(a === type));
  const [first, ...others] = keys.flatMap((key) => {
    const block = field.get(key);
    return block === undefined ? [] : [{ key, block }];
  });
  for (const { block } of others) {
    block.note('todo', `is left out: the source names ${first?.key} as well, and has one place`, 'make it a source of its own');
  }
  return first === undefined ? undefined : LOCATIONS[first.key]?.(first.block, around);
}

function fieldsOf(field: Field, location: Location, rules: SourceRules): Fields {
  const { type, block, auth, timeout } = location;
  claimsOf(field.get('claims'));
  return compact({
    type,
    [type]: block,
    format: formatOf(field.get('format'), rules),
    auth: field.get('auth')?.take() ?? auth,
    tls: field.get('tls')?.take(),
    timeout: timeoutOf(field.get('timeout')) ?? timeout,
    filter: filterOf(field.get('filter'), rules.globs),
    syncPolicy: syncPolicyOf(field.get('syncPolicy')),
  });
}

function formatOf(format: Field | undefined, { declaredFormat }: SourceRules): string | undefined {
  if (format === undefined) return undefined;
  if (declaredFormat || format.value !== 'toolhive') return textOf(format);
  format.note('changed', 'ToolHive ignores it by now; here the format is detected from the data', NOTHING_TO_DO);
  return undefined;
}

/** Who may see what a source or a view has: nobody is asked who they are here. */
export function claimsOf(claims: Field | undefined): void {
  claims?.note(
    'todo',
    `reads are anonymous here: everyone sees these entries, not only those with ${shortJson(claims.value)}`,
    'put what must stay separate into its own registry, behind a proxy that checks tokens or a NetworkPolicy for its Service',
  );
}

function shortJson(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
