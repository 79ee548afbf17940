import { command } from '../../program/command.ts';
import { GROUP_FLAG, TEXT_FORMS, TARGET_FLAGS, outputFlag, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** What can be asked about. */
export const KINDS = ['image', 'url', 'package', 'server'] as const;

/** Its flags. */
export const flags = {
  as: { kind: 'text', placeholder: 'KIND', help: 'what the subject is, if its form does not show it', choices: KINDS },
  ...outputFlag(TEXT_FORMS),
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Whether a registry admits something. */
export const explain = command({
  name: 'explain',
  summary: 'report whether a catalog has an image, URL, package or server, and by which entry or rule',
  details:
    'A subject with :// is a URL; npm:NAME, pypi:NAME and the like are packages; a name that the catalog has is a server; anything else is an image. --as overrides this.\n' +
    'It exits with 0 when the catalog has it, otherwise with 1. With --url, omit REGISTRY.',
  args: [
    { name: 'REGISTRY', help: 'name of the registry', completed: 'registry' },
    { name: 'SUBJECT', help: 'what to look for' },
  ],
  flags,
  examples: [
    { about: 'Why an image is refused', line: 'explain production ghcr.io/example/fetch:1.2' },
    { about: 'Whether a package may be run', line: 'explain production npm:@modelcontextprotocol/server-github' },
    { about: 'Without a cluster', line: 'explain --url http://127.0.0.1:8080 io.github.stacklok/fetch' },
  ],
  verdict: true,
  load: async () => (await import('./run.ts')).runExplain,
});
