import { command } from '../../program/command.ts';
import { CLUSTER_FLAGS, CREATE_FLAGS, GROUP_FLAG, QUIET_FLAG, WAIT_FLAGS, type FlagSpecs, type FlagValues } from '../../program/flag.ts';
import { SOURCE_FLAGS } from '../../manifest/source-flags.ts';
import { SPEC_FLAGS } from '../../manifest/spec-flags.ts';

/** Fields that can be taken away. */
export const UNSETTABLE = ['displayName', 'syncPolicy', 'filter', 'validation', 'replicas', 'enforceServers'] as const;

/** Its flags. */
export const flags = {
  ...SOURCE_FLAGS,
  source: { kind: 'text', placeholder: 'NAME', help: 'the source to change, or the name of a new one; default: the only one' },
  'remove-source': { kind: 'list', placeholder: 'NAME', help: 'remove this source' },
  ...SPEC_FLAGS,
  unset: { kind: 'list', placeholder: 'FIELD', help: 'remove this field of the spec', choices: UNSETTABLE },
  ...CREATE_FLAGS,
  ...WAIT_FLAGS,
  ...QUIET_FLAG,
  ...GROUP_FLAG,
  ...CLUSTER_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Changes a registry. */
export const set = command({
  name: 'set',
  summary: 'change fields or sources of a registry',
  details:
    'Lists of patterns and tags are replaced as a whole. Fields that are not given stay as they are. With -o the changed manifest is printed instead.',
  args: [{ name: 'NAME', help: 'name of the registry', required: true, completed: 'registry' }],
  flags,
  examples: [
    { about: 'Read the sources every hour', line: 'set team --interval 1h' },
    {
      about: 'A second source after the first',
      line: 'set team --source community --from registry --at https://registry.modelcontextprotocol.io',
    },
    { about: 'A new version of the catalog file', line: 'set team --from-file catalog.json --wait' },
    { about: 'See what forbidding servers outside the catalog would refuse', line: 'set team --enforcement audit' },
  ],
  load: async () => (await import('./run.ts')).runSet,
});
