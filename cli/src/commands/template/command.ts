import { command } from '../../program/command.ts';
import { GROUP_FLAG, NAMESPACE_FORM, TARGET_FLAGS, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Its flags. */
export const flags = {
  kind: {
    kind: 'text',
    placeholder: 'KIND',
    help: "whose kind: ToolHive's operator (default), or that of SIG Apps, mcp.x-k8s.io",
    choices: ['toolhive', 'sig-apps'],
  },
  version: { kind: 'text', placeholder: 'VERSION', help: 'this version of the server; default: the latest' },
  name: { kind: 'text', placeholder: 'NAME', help: "name of the object; default: from the server's name" },
  into: {
    kind: 'text',
    placeholder: 'NAMESPACE',
    form: NAMESPACE_FORM,
    help: "namespace of the object; default: the context's when it is applied",
  },
  set: { kind: 'list', placeholder: 'KEY=VALUE', help: 'value of a variable, argument or header of the server' },
  target: { kind: 'text', placeholder: 'ID', help: 'package or remote to use; default: an image, else a remote' },
  output: { kind: 'text', short: 'o', placeholder: 'FORMAT', help: 'form of the manifest; default: yaml', forms: ['yaml', 'json'] },
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** The manifest that runs a server. */
export const template = command({
  name: 'template',
  summary: 'print the manifest that runs a server of a catalog in the cluster',
  details:
    'The objects have the labels by which the registry lists them as deployed. Preparations, such as Secrets, are printed on standard error.\n' +
    'With --url, give the server alone.',
  args: [
    {
      name: 'REGISTRY/SERVER',
      help: 'name of the registry and, after a slash, the name of the server',
      required: true,
      completed: 'server',
    },
  ],
  flags,
  examples: [
    { about: 'Run a server from the catalog', line: 'template quickstart/fetch | kubectl apply -f -' },
    {
      about: 'For the operator of SIG Apps, with a value',
      line: 'template quickstart/apollo-mcp-server --kind sig-apps --set APOLLO_GRAPH_REF=graph@current',
    },
  ],
  load: async () => (await import('./run.ts')).runTemplate,
});
