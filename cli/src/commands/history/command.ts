import { command } from '../../program/command.ts';
import { GROUP_FLAG, TABLE_FORMS, TARGET_FLAGS, outputFlag, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  limit: {
    kind: 'number',
    most: 100,
    short: 'l',
    placeholder: 'N',
    help: 'number of syncs to show at most; default: all that are kept, up to 100',
  },
  snapshots: { kind: 'switch', help: 'the snapshots that a rollback can go back to, instead of the syncs' },
  ...outputFlag(TABLE_FORMS),
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** The last syncs of a registry. */
export const history = command({
  name: 'history',
  summary: 'show the last syncs of a registry, or the snapshots that it keeps',
  args: [{ name: 'REGISTRY', help: 'name of the registry', completed: 'registry' }],
  flags,
  examples: [
    { about: 'The last ten syncs', line: 'history quickstart --limit 10' },
    { about: 'What a rollback can go back to', line: 'history quickstart --snapshots' },
  ],
  load: async () => (await import('./run.ts')).runHistory,
});
