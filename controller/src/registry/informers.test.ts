import { expect, test } from '@jest/globals';
import type { KubeObject, OwnerReference } from '@toolhive-registry/reconciler';
import { registryOfPod } from './informers.ts';

const labels = {
  app: 'mcp-registry-api',
  'toolhive.stacklok.io/registry-name': 'a',
  'app.kubernetes.io/managed-by': 'toolhive-registry-controller',
};
const owner: OwnerReference = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'a-api-7d4b9c', uid: '1', controller: true };

test.each<[string, Partial<KubeObject['metadata']>, string[]]>([
  ["a pod of the registry's Deployment", {}, ['a']],
  ['one with further labels', { labels: { ...labels, team: 'x' } }, ['a']],
  ['one that others own as well', { ownerReferences: [{ ...owner, kind: 'Other', controller: false }, owner] }, ['a']],
  ['one that names no registry', { labels: { ...labels, 'toolhive.stacklok.io/registry-name': '' } }, []],
  ['one without labels', { labels: {} }, []],
  ['one that is managed by another', { labels: { ...labels, 'app.kubernetes.io/managed-by': 'Helm' } }, []],
  ['one that nobody owns', { ownerReferences: [] }, []],
  ['one that its owner does not control', { ownerReferences: [{ ...owner, controller: false }] }, []],
  ['one of a StatefulSet', { ownerReferences: [{ ...owner, kind: 'StatefulSet' }] }, []],
  ['one of another ReplicaSet', { ownerReferences: [{ ...owner, name: 'web-7d4b9c' }] }, []],
  ["one of another registry's ReplicaSet", { ownerReferences: [{ ...owner, name: 'a-b-api-7d4b9c' }] }, []],
  ['one of another kind of ReplicaSet', { ownerReferences: [{ ...owner, apiVersion: 'example.com/v1' }] }, []],
])('the owner of a pod: %s', (_, metadata, expected) => {
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'p', namespace: 'team', labels, ownerReferences: [owner], ...metadata } };
  expect(registryOfPod(pod)).toEqual(expected);
});
