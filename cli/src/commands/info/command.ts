import { CLIENTS } from '@toolhive-registry/catalog/clients/names';
import { command } from '../../program/command.ts';
import { GROUP_FLAG, PAGER_FLAG, TARGET_FLAGS, outputFlag, type FlagSpecs, type FlagValues } from '../../program/flag.ts';

/** Forms of the result; that of a server may be its name. */
const INFO_FORMS = ['table', 'json', 'yaml', 'name', 'jsonpath=TEMPLATE'] as const;

/** Its flags. */
export const flags = {
  version: { kind: 'text', placeholder: 'VERSION', help: 'this version of the server; default: the latest' },
  versions: { kind: 'switch', help: 'the versions of the server, each with its changes', excludes: ['version', 'client'] },
  client: { kind: 'text', placeholder: 'CLIENT', help: 'configuration of this client for the server, ready to paste', choices: CLIENTS },
  set: { kind: 'list', placeholder: 'KEY=VALUE', help: 'with --client: value of a variable, argument or header', needs: 'client' },
  target: { kind: 'text', placeholder: 'ID', help: 'with --client: package or remote to use; default: the best one', needs: 'client' },
  output: { ...outputFlag(INFO_FORMS).output, help: 'form of the result; name for a server only' },
  ...PAGER_FLAG,
  ...GROUP_FLAG,
  ...TARGET_FLAGS,
} as const satisfies FlagSpecs;

/** Their values. */
export type Flags = FlagValues<typeof flags>;

/** All about a registry, or a server of one. */
export const info = command({
  name: 'info',
  summary: 'show everything about a registry, or about one of its servers',
  details:
    'Name a server by its full name, or by the part after the slash if no other server has the same. With --url, give the server alone.',
  args: [{ name: 'REGISTRY[/SERVER]', help: 'name of the registry and, after a slash, the name of a server', completed: 'server' }],
  flags,
  examples: [
    { about: 'A registry', line: 'info quickstart' },
    { about: 'A server of it', line: 'info quickstart/io.github.stacklok/fetch' },
    { about: 'What its versions changed', line: 'info quickstart/fetch --versions' },
    { about: 'How to add it to Visual Studio Code', line: 'info quickstart/fetch --client vscode' },
    { about: 'A server of a registry without a cluster, by its short name', line: 'info --url http://127.0.0.1:8080 fetch' },
  ],
  load: async () => (await import('./run.ts')).runInfo,
});
