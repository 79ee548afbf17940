import { command } from '../../program/command.ts';
import {
  GROUP_FLAG,
  TEXT_FORMS,
  QUIET_FLAG,
  TARGET_FLAGS,
  WAIT_FLAGS,
  outputFlag,
  type FlagSpecs,
  type FlagValues,
} from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  source: { kind: 'list', placeholder: 'SOURCE', help: 'only this source; may be given several times' },
  ...WAIT_FLAGS,
  ...QUIET_FLAG,
  output: { ...outputFlag(TEXT_FORMS).output, needs: 'wait' },
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Syncs the sources of a registry now. */
export const sync = command({
  name: 'sync',
  summary: 'sync the sources of a registry now',
  details:
    'In a cluster it sets the annotations toolhive.stacklok.dev/sync-trigger and sync-source, which every replica follows; this needs permission to patch the MCPRegistry.\n' +
    'With --wait it exits with 0 when every source that was asked was read, otherwise with 1.',
  args: [{ name: 'REGISTRY', help: 'name of the registry', completed: 'registry' }],
  flags,
  examples: [
    { about: 'All sources, and wait for the result', line: 'sync quickstart --wait' },
    { about: 'One source alone', line: 'sync production --source team' },
    { about: 'A registry without a cluster', line: 'sync --url http://127.0.0.1:8080 --wait' },
  ],
  load: async () => (await import('./run.ts')).runSync,
});
