import { command } from '../../program/command.ts';
import { CLUSTER_FLAGS, GROUP_FLAG, QUIET_FLAG, WAIT_FLAGS, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  'keep-catalog': { kind: 'switch', help: 'keep the ConfigMap that add made from a file' },
  'dry-run': { kind: 'switch', help: 'validate on the API server without changing anything' },
  ...WAIT_FLAGS,
  ...QUIET_FLAG,
  ...GROUP_FLAG,
  ...CLUSTER_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Deletes a registry. */
export const remove = command({
  name: 'remove',
  summary: 'delete a registry and everything that was made for it',
  details: 'ConfigMaps that it reads stay, except the one that add made from a file. "export" keeps a copy.',
  args: [{ name: 'NAME', help: 'name of the registry', required: true, completed: 'registry' }],
  flags,
  examples: [{ about: 'Delete it, and wait until it is gone', line: 'remove team --wait' }],
  load: async () => (await import('./run.ts')).runRemove,
});
