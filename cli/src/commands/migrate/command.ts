import { command } from '../../program/command.ts';
import { CLUSTER_FLAGS, GROUP_FLAG, QUIET_FLAG, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  filename: {
    kind: 'list',
    short: 'f',
    placeholder: 'FILE',
    help: 'manifests: a file, a folder, or "-" for standard input',
    completed: 'file',
  },
  recursive: { kind: 'switch', short: 'R', help: 'read folders recursively' },
  'all-namespaces': { kind: 'switch', short: 'A', help: "ToolHive's registries of all namespaces of the cluster" },
  strict: { kind: 'switch', help: 'exit with 1 when something remains to be done by hand' },
  ...QUIET_FLAG,
  ...GROUP_FLAG,
  ...CLUSTER_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** Converts ToolHive's registries to ours. */
export const migrate = command({
  name: 'migrate',
  summary: "convert ToolHive's MCPRegistries, of any version, to manifests of this project",
  details:
    'It only prints: whatever has no counterpart becomes a comment above the manifest, with what to do. docs/migrating-from-toolhive.md has each field.\n' +
    'Without --filename the MCPRegistries of the namespace are read from the cluster.',
  args: [],
  flags,
  examples: [
    { about: 'Manifests of a folder', line: 'migrate --filename manifests/ > registries.yaml' },
    { about: "All of a cluster that has ToolHive's operator", line: 'migrate --all-namespaces > registries.yaml' },
  ],
  verdict: true,
  load: async () => (await import('./run.ts')).runMigrate,
});
