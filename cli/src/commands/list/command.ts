import { command } from '../../program/command.ts';
import { GROUP_FLAG, PAGER_FLAG, LIST_FORMS, TARGET_FLAGS, outputFlag, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Fields by which servers are sorted. */
export const SORTS = ['name', 'updated', 'published', 'stars'] as const;

/** Its flags. */
export const flags = {
  search: { kind: 'text', short: 's', placeholder: 'WORDS', help: 'only servers that match some of these words, best match first' },
  tag: { kind: 'list', placeholder: 'TAG', help: 'only servers with this tag; several: any of them' },
  tier: { kind: 'list', placeholder: 'TIER', help: 'only servers of this tier, such as Official' },
  transport: {
    kind: 'list',
    placeholder: 'TRANSPORT',
    help: 'only servers of this transport',
    choices: ['stdio', 'sse', 'streamable-http'],
  },
  type: {
    kind: 'list',
    placeholder: 'TYPE',
    help: 'only servers with a package of this type, or remote ones',
    choices: ['oci', 'npm', 'pypi', 'nuget', 'cargo', 'mcpb', 'remote'],
  },
  sort: {
    kind: 'text',
    placeholder: 'FIELD',
    help: 'order of the servers; default: by name, or best match first with --search',
    choices: SORTS,
  },
  reverse: { kind: 'switch', help: 'reverse the order' },
  limit: { kind: 'number', short: 'l', placeholder: 'N', help: 'number of servers to list at most; default: all' },
  'all-namespaces': { kind: 'switch', short: 'A', help: 'registries of all namespaces' },
  'no-headers': { kind: 'switch', help: 'no header row in tables' },
  ...PAGER_FLAG,
  ...outputFlag(LIST_FORMS),
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Registries, or the servers of one. */
export const list = command({
  name: 'list',
  summary: 'list the registries of a cluster, or the servers of one registry',
  details:
    'With --search the best matches come first; a registry that cannot rank only searches in names.\n' +
    'On a terminal a long list is shown in the pager that PAGER names, or in less.',
  args: [{ name: 'REGISTRY', help: 'name of a registry; without it and without --url, registries are listed', completed: 'registry' }],
  flags,
  examples: [
    { about: 'The registries of the namespace, with their state', line: 'list' },
    { about: 'The servers of one', line: 'list quickstart' },
    { about: 'Servers for a purpose, best match first', line: 'list quickstart --search "query a database"' },
    { about: 'Names of all npm packages of a registry without a cluster', line: 'list --url http://127.0.0.1:8080 --type npm -o name' },
  ],
  load: async () => (await import('./run.ts')).runList,
});
