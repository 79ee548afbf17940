import { command } from '../../program/command.ts';
import { CLUSTER_FLAGS, CREATE_FLAGS, GROUP_FLAG, QUIET_FLAG, WAIT_FLAGS, type FlagSpecs, type FlagValues } from '../../program/flag.ts';
import { SOURCE_FLAGS } from '../../manifest/source-flags.ts';
import { SPEC_FLAGS } from '../../manifest/spec-flags.ts';

/** Its flags. */
export const flags = {
  ...SOURCE_FLAGS,
  source: {
    kind: 'text',
    placeholder: 'NAME',
    help: 'name of the source, for a registry that will have several; default: one source without a name',
  },
  ...SPEC_FLAGS,
  ...CREATE_FLAGS,
  ...WAIT_FLAGS,
  ...QUIET_FLAG,
  ...GROUP_FLAG,
  ...CLUSTER_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Creates a registry. */
export const add = command({
  name: 'add',
  summary: 'create a registry from a ConfigMap, a repository, a URL, another registry or a file',
  details:
    'Everything is checked before anything is created: the flags, the catalog file, and the manifest by the API server.\n' +
    'With -o the manifest is printed instead, which needs no cluster: for Git, or for "serve" without a cluster.',
  args: [{ name: 'NAME', help: 'name of the registry', required: true }],
  flags,
  examples: [
    { about: 'A catalog of your own, from a file', line: 'add team --from-file catalog.json --wait' },
    {
      about: 'A repository, read every half hour',
      line: 'add team --from git --at https://github.com/example/catalog --path registry.json --interval 30m',
    },
    {
      about: 'The official registry, GitHub only',
      line: "add community --from registry --at https://registry.modelcontextprotocol.io --include-name 'io.github.*/*'",
    },
    { about: 'A manifest for Git', line: 'add team --from configmap --at team-servers -o yaml' },
  ],
  load: async () => (await import('./run.ts')).runAdd,
});
