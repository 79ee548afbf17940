import { command } from '../../program/command.ts';
import {
  CLUSTER_FLAGS,
  GROUP_FLAG,
  QUIET_FLAG,
  TARGET_FLAGS,
  TEXT_FORMS,
  outputFlag,
  type FlagSpecs,
  type FlagValues,
} from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  filename: {
    kind: 'list',
    short: 'f',
    placeholder: 'FILE|DIR',
    help: 'manifests, as YAML or JSON; - is standard input; may be given several times',
    completed: 'file',
  },
  recursive: { kind: 'switch', short: 'R', help: 'read folders recursively' },
  registry: {
    kind: 'list',
    placeholder: 'NAME',
    help: "have this registry judge, in place of those of an object's namespace; may be given several times",
    completed: 'registry',
  },
  url: {
    kind: 'list',
    placeholder: 'URL',
    help: 'have the registry at this address judge, at its internal port: no cluster is asked; may be given several times',
  },
  'as-enforced': { kind: 'switch', help: 'where no registry enforces anything, judge as if all of them did' },
  ...QUIET_FLAG,
  ...outputFlag(TEXT_FORMS),
  ...GROUP_FLAG,
  via: TARGET_FLAGS.via,
  ...CLUSTER_FLAGS,
  namespace: { ...CLUSTER_FLAGS.namespace, help: "namespace of objects that name none; default: the context's, or default" },
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** What the admission policies would make of manifests. */
export const enforceCheck = command({
  name: 'enforce check',
  summary: 'report which MCP servers in manifests would be refused at admission, and why',
  details:
    'Each MCP server is judged by the registries of its namespace that have enforceServers set, as the API server would when it is applied.\n' +
    'It exits with 0 when nothing would be refused, with 1 when something would, or when a registry that decides cannot be asked, and with 2 when manifests cannot be read.',
  args: [{ name: 'FILE', help: 'the same as -f FILE', several: true, completed: 'file' }],
  flags,
  examples: [
    { about: 'Before manifests are applied', line: 'enforce check -f deploy/' },
    { about: 'What a chart makes', line: 'enforce check -f - --namespace production' },
    { about: 'In a pipeline that has no cluster', line: 'enforce check -f servers.yaml --url http://127.0.0.1:8080' },
    { about: 'What would happen if the registry team enforced', line: 'enforce check -f servers.yaml --registry team --as-enforced' },
  ],
  verdict: true,
  load: async () => (await import('./run.ts')).runEnforceCheck,
});
