import { command } from '../../program/command.ts';
import { GROUP_FLAG, TEXT_FORMS, TARGET_FLAGS, outputFlag, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  watch: { kind: 'switch', short: 'w', help: 'keep watching, and show each change until interrupted' },
  ...outputFlag(TEXT_FORMS),
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** The state of a registry. */
export const status = command({
  name: 'status',
  summary: 'show the state of a registry and its sources',
  details:
    'It exits with 0 when the registry serves a catalog and every source was read, and in a cluster when it is Ready as its manifest is now, with no rollout under way or stuck; otherwise with 1: a check for scripts. --watch exits with 130 when it is interrupted.',
  args: [{ name: 'REGISTRY', help: 'name of the registry', completed: 'registry' }],
  flags,
  examples: [
    { about: 'How a registry is', line: 'status quickstart' },
    { about: 'Follow it', line: 'status quickstart --watch' },
    { about: 'One fact for a script', line: "status --url http://127.0.0.1:8080 -o jsonpath='{.status.serverCount}'" },
  ],
  verdict: true,
  load: async () => (await import('./run.ts')).runStatus,
});
