import { command } from '../../program/command.ts';
import { CLUSTER_FLAGS, GROUP_FLAG, PAGER_FLAG, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  by: {
    kind: 'text',
    placeholder: 'WHAT',
    help: 'what is compared: the latest version of each server (default), or every version by itself',
    choices: ['server', 'version'],
  },
  'exit-code': { kind: 'switch', help: 'exit with 1 when there are differences' },
  output: { kind: 'text', short: 'o', placeholder: 'FORMAT', help: 'form of the result', choices: ['text', 'markdown', 'json'] },
  ...PAGER_FLAG,
  ...GROUP_FLAG,
  ...CLUSTER_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Compares two catalogs. */
export const diff = command({
  name: 'diff',
  summary: 'compare two catalogs, with what a reviewer should look at first at the top',
  details:
    'Each is a file, a folder, "-" for standard input, the URL of a file (it ends with .json, .yaml or .yml), the base URL of a registry, or mcpregistry/NAME for a registry of the cluster.\n' +
    'Entries are compared by content, whatever the form of the catalogs: times and the order of fields do not count.',
  args: [
    { name: 'BEFORE', help: 'the catalog before the change', required: true, completed: 'file' },
    { name: 'AFTER', help: 'the catalog after the change', required: true, completed: 'file' },
  ],
  flags,
  examples: [
    { about: 'What a change does, as a comment for its pull request', line: 'diff main.json catalog.json -o markdown' },
    { about: 'What a file would change in what is served', line: 'diff http://127.0.0.1:8080 catalog.json' },
    { about: 'Two registries of the cluster', line: 'diff mcpregistry/production mcpregistry/staging --exit-code' },
  ],
  verdict: true,
  load: async () => (await import('./run.ts')).runDiff,
});
