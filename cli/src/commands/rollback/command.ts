import { command } from '../../program/command.ts';
import { GROUP_FLAG, QUIET_FLAG, TARGET_FLAGS, WAIT_FLAGS, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  to: {
    kind: 'text',
    placeholder: 'HASH',
    help: 'snapshot to serve, or the first eight digits of its hash or more; history --snapshots lists them',
  },
  end: { kind: 'switch', help: 'serve the sources again' },
  ...WAIT_FLAGS,
  ...QUIET_FLAG,
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Serves an earlier catalog. */
export const rollback = command({
  name: 'rollback',
  summary: 'serve an earlier catalog of a registry, until the rollback is ended',
  details:
    'In a cluster it sets the annotation toolhive.stacklok.dev/rollback-to, which every replica follows. Current filters apply to the earlier catalog.',
  args: [{ name: 'REGISTRY', help: 'name of the registry', completed: 'registry' }],
  flags,
  examples: [
    { about: 'Serve the catalog from before the last change', line: 'rollback quickstart --to 9d2f6c1a --wait' },
    { about: 'Serve the sources again', line: 'rollback quickstart --end' },
  ],
  load: async () => (await import('./run.ts')).runRollback,
});
