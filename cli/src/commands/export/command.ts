import { command } from '../../program/command.ts';
import { GROUP_FLAG, QUIET_FLAG, TARGET_FLAGS, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  'output-file': {
    kind: 'text',
    short: 'f',
    placeholder: 'FILE',
    help: 'where to write the archive, - for standard output; default: REGISTRY.tar.gz',
    completed: 'file',
  },
  ...QUIET_FLAG,
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Saves a registry. */
export const exportCommand = command({
  name: 'export',
  summary: 'save a registry in one archive: manifest, catalog, last good data, history, status and report',
  details: 'The manifest has the MCPRegistry and the ConfigMaps that it reads; Secrets are never read. "restore" brings it back.',
  args: [{ name: 'REGISTRY', help: 'name of the registry', completed: 'registry' }],
  flags,
  examples: [
    { about: 'A registry of the cluster', line: 'export production --output-file production.tar.gz' },
    { about: 'One without a cluster', line: 'export --url http://127.0.0.1:8080 --output-file laptop.tar.gz' },
  ],
  load: async () => (await import('./run.ts')).runExport,
});
