import { expect, test } from '@jest/globals';
import type { KubeObject } from '@toolhive-registry/reconciler';
import { createNamesakes } from './namesakes.ts';
import type { RegistryObject } from './resource.ts';

function registry(group: 'dev' | 'io', creationTimestamp: string): RegistryObject {
  return {
    apiVersion: `toolhive.stacklok.${group}/v1alpha1`,
    kind: 'MCPRegistry',
    metadata: { namespace: 'team', name: 'a', uid: group, creationTimestamp },
  };
}

function ownedBy({ apiVersion, kind, metadata: { name, uid = '' } }: RegistryObject): KubeObject {
  const owner = { apiVersion, kind, name, uid, controller: true };
  return { apiVersion: 'v1', kind: 'Service', metadata: { namespace: 'team', name: 'a-api', ownerReferences: [owner] } };
}

const dev = registry('dev', '2026-01-01T00:00:01Z');
const io = registry('io', '2026-01-01T00:00:00Z');
const sameAge = registry('io', '2026-01-01T00:00:01Z');

test.each<[what: string, namesake: RegistryObject | undefined, objects: KubeObject[], holder: RegistryObject | undefined]>([
  ['there is no other', undefined, [], undefined],
  ['the other is older, and nothing is there', io, [], io],
  ['both are as old, and nothing is there', sameAge, [], undefined],
  ['the other is older, and an object is its own', io, [ownedBy(dev)], undefined],
  ["an object is the other's", sameAge, [ownedBy(sameAge)], sameAge],
  [
    "an object is somebody else's",
    sameAge,
    [ownedBy(registry('io', ''))].map((object) => ({ ...object, metadata: { ...object.metadata, ownerReferences: [] } })),
    undefined,
  ],
])('who has the name of a registry when %s', (_, namesake, objects, holder) => {
  expect(createNamesakes().holder(dev, namesake, objects)).toBe(holder);
});

test('the registry that is creating the objects keeps the name although the other is older, until it is gone', () => {
  const namesakes = createNamesakes();
  expect(namesakes.holder(dev, undefined, [])).toBeUndefined();
  expect(namesakes.holder(io, dev, [])).toBe(dev);
  expect(namesakes.holder(dev, io, [])).toBeUndefined();
  namesakes.forget({ namespace: 'team', name: 'a' });
  expect(namesakes.holder(io, dev, [])).toBeUndefined();
  expect(namesakes.holder(dev, io, [])).toBe(io);
});
