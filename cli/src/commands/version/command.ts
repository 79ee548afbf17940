import { command } from '../../program/command.ts';
import { GROUP_FLAG, TEXT_FORMS, TARGET_FLAGS, outputFlag, type FlagSpecs } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  client: { kind: 'switch', help: 'print the client version only' },
  ...outputFlag(TEXT_FORMS),
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** The versions of this program and of what it talks to. */
export const version = command({
  name: 'version',
  summary: 'print the version of this program, and of a registry',
  args: [{ name: 'REGISTRY', help: 'also ask this registry', completed: 'registry' }],
  flags,
  examples: [
    { about: 'This program alone', line: 'version --client' },
    { about: 'A registry without a cluster too', line: 'version --url http://127.0.0.1:8080' },
  ],
  load: async () => (await import('./run.ts')).runVersion,
});
