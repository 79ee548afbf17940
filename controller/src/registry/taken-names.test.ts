import { expect, test } from '@jest/globals';
import { formatIssue } from '@toolhive-registry/api';
import type { KubeObject, OwnerReference } from '@toolhive-registry/reconciler';
import { validRegistry } from './render/testing.ts';
import { ownConfigMaps, takenNames } from './taken-names.ts';

const byController = { 'app.kubernetes.io/managed-by': 'toolhive-registry-controller' };
const registryB: OwnerReference = {
  apiVersion: 'toolhive.stacklok.dev/v1alpha1',
  kind: 'MCPRegistry',
  name: 'b',
  uid: 'uid-of-b',
  controller: true,
};

function object(name: string, metadata: Partial<KubeObject['metadata']> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Any', metadata: { name, namespace: 'team', ...metadata } };
}

/** The problems of `team/a` next to these ConfigMaps and registries. */
function judge(spec: object, configMaps: readonly KubeObject[], registries: readonly string[]): string[] {
  const storeOf = (objects: readonly KubeObject[]) => ({
    get: ({ namespace, name }: { namespace: string; name: string }) =>
      objects.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name),
  });
  const neighbors = { configMaps: storeOf(configMaps), registries: storeOf(registries.map((name) => object(name))) };
  return takenNames(validRegistry(spec).manifest, 'team', neighbors).map(formatIssue);
}

const made = object('b-config', { labels: byController, ownerReferences: [registryB] });
const REFUSED =
  'spec.source.configmap.name: must not name a ConfigMap of MCPRegistry b, which is deleted with that registry; give your ConfigMap another name (got "b-config")';

test.each<[string, KubeObject[], string[], string[]]>([
  ['the ConfigMap that the controller made for b', [made], ['b'], [REFUSED]],
  ['the same one when b is gone', [made], [], [REFUSED]],
  ['one that b will get', [], ['b'], [REFUSED]],
  ['one that nobody will get', [], [], []],
  ["a user's own", [object('b-config')], [], []],
  ["a user's own that was there before b", [object('b-config')], ['b'], []],
  ["a user's own with our label", [object('b-config', { labels: byController })], [], []],
  ['one that another program made for b', [object('b-config', { ownerReferences: [registryB] })], [], []],
  [
    'one of another kind of owner',
    [object('b-config', { labels: byController, ownerReferences: [{ ...registryB, kind: 'Other' }] })],
    [],
    [],
  ],
])('a source named b-config: %s', (_, configMaps, registries, expected) => {
  expect(judge({ source: { configmap: { name: 'b-config' } } }, configMaps, registries)).toEqual(expected);
});

test('every reference of every source is checked', () => {
  const url = { type: 'url', url: 'https://example.com' };
  const spec = {
    source: undefined,
    sources: [
      { name: 'one', configmap: { name: 'data' } },
      { name: 'two', ...url, tls: { caConfigMapRef: { name: 'b-deployed' } } },
      { name: 'three', configmap: { name: 'b-config' } },
    ],
  };
  expect(judge(spec, [object('data')], ['b']).map((line) => line.split(':')[0])).toEqual([
    'spec.sources[1].tls.caConfigMapRef.name',
    'spec.sources[2].configmap.name',
  ]);
});

test('the ConfigMaps of a registry', () => {
  expect(ownConfigMaps('b')).toEqual(['b-config', 'b-deployed']);
});
