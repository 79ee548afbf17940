import { expect, test } from '@jest/globals';
import { Failure, sentenceOf } from '../../program/failure.ts';
import { objectsOf } from './documents.ts';
import { serversAmong } from './servers.ts';

const SERVER = 'apiVersion: toolhive.stacklok.dev/v1beta1\nkind: MCPServer\n';

/** What the MCP servers of a text are called. */
function called(text: string): string[] {
  return serversAmong(objectsOf({ name: 'a.yaml', text })).map(({ kind, called: name }) => `${kind.kind} ${name}`);
}

test.each<[what: string, text: string, servers: string[]]>([
  ['nothing', '', []],
  ['comments and empty documents', '# none\n---\n---\n', []],
  ['several documents', `${SERVER}metadata: {name: a}\n---\n${SERVER}metadata: {name: b}\n`, ['MCPServer a', 'MCPServer b']],
  ['JSON', '{"apiVersion": "kagent.dev/v1alpha2", "kind": "RemoteMCPServer", "metadata": {"name": "a"}}', ['RemoteMCPServer a']],
  [
    'a List',
    'apiVersion: v1\nkind: List\nitems:\n- {apiVersion: mcp.x-k8s.io/v1alpha1, kind: MCPServer, metadata: {name: a}}\n- {apiVersion: v1, kind: Pod}\n',
    ['MCPServer a'],
  ],
  [
    "a kind's own list, whose items do not say what they are",
    'apiVersion: toolhive.stacklok.dev/v1beta1\nkind: MCPServerList\nitems: [{metadata: {name: a}}, {metadata: {name: b}}]\n',
    ['MCPServer a', 'MCPServer b'],
  ],
  [
    'a version that nobody knows yet',
    'apiVersion: toolhive.stacklok.dev/v9\nkind: MCPServer\nmetadata: {generateName: a-}\n',
    ['MCPServer a-'],
  ],
  ["other products' kinds of the same name", 'apiVersion: example.com/v1\nkind: MCPServer\nmetadata: {name: a}\n', []],
  ['templates in what is no MCP server', 'apiVersion: v1\nkind: ConfigMap\ndata: {a: "{{ .b }}"}\n', []],
])('%s', (_, text, servers) => {
  expect(called(text)).toEqual(servers);
});

test.each<[text: string, sentence: string]>([
  ['a: [', 'a.yaml is not valid YAML: '],
  [
    'image: {{ .Values.image }}',
    'a.yaml is a template: it contains {{ … }}, and is not valid YAML as it is; render it first, for example with helm template',
  ],
  ['{{- if .Values.on }}\nkind: MCPServer\n{{- end }}', 'a.yaml is a template: '],
  [
    `${SERVER}metadata: {name: a}\nspec: {image: "{{ .Values.image }}"}\n`,
    'MCPServer "a" of a.yaml is a template: it has {{ .Values.image }}; render it first',
  ],
  [
    `${SERVER}metadata: {name: a, namespace: "{{ .Release.Namespace }}"}\n`,
    'MCPServer "a" of a.yaml is a template: it has {{ .Release.Namespace }}',
  ],
  ['- a\n', 'a.yaml is not a Kubernetes object but a list; leave it out'],
  [`${SERVER}---\ntext\n`, 'document 2 of a.yaml is not a Kubernetes object but a text'],
  ['replicas: 3\n', 'a.yaml is not a Kubernetes object: it has no apiVersion and no kind; leave it out; charts have to be rendered first'],
  ['apiVersion: v1\nkind: List\nitems: [{kind: Pod}]\n', 'items[0] of a.yaml is not a Kubernetes object: it has no apiVersion;'],
  [`${SERVER}metadata: {name: a, name: b}\n`, 'a.yaml is not valid YAML: duplicated mapping key'],
])('%j is refused', (text, sentence) => {
  const said = (): string => {
    try {
      called(text);
      return '';
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      expect(error.exitCode).toBe(2);
      return sentenceOf(error);
    }
  };
  expect(said()).toContain(sentence);
});
