import { expect, test } from '@jest/globals';
import type { KubeObject, ManagedFieldsEntry, OwnerReference } from '../objects.ts';
import { isLeftoverOf, isOrphanOf, NotOurs } from './ownership.ts';

const labels = { app: 'a', by: 'me' };
const applied: ManagedFieldsEntry = { manager: 'me', operation: 'Apply', fieldsV1: { 'f:data': {} } };
const reference: OwnerReference = { apiVersion: 'v1', kind: 'Owner', name: 'o', uid: '1' };

test.each<[string, Partial<KubeObject['metadata']>, boolean]>([
  ['one that we applied, with our labels, without an owner', {}, true],
  ['one with further labels', { labels: { ...labels, more: '1' } }, true],
  ['one that others have written to as well', { managedFields: [{ manager: 'you', operation: 'Update' }, applied] }, true],
  ['one that somebody owns without controlling it', { ownerReferences: [reference] }, true],
  ['one that somebody controls', { ownerReferences: [reference, { ...reference, uid: '2', controller: true }] }, false],
  ['one of which we only applied the status', { managedFields: [{ ...applied, subresource: 'status' }] }, false],
  ['one that we updated, but did not apply', { managedFields: [{ ...applied, operation: 'Update' }] }, false],
  ['one that another applied', { managedFields: [{ ...applied, manager: 'you' }] }, false],
  ['one without a record', { managedFields: [] }, false],
  ['one of another owner', { labels: { ...labels, app: 'b' } }, false],
  ['one that lacks a label', { labels: { app: 'a' } }, false],
])('%s is an orphan of ours: %s', (_, metadata, expected) => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c', labels, managedFields: [applied], ...metadata } };
  expect(isOrphanOf(object, 'me', labels)).toBe(expected);
});

const owner = { apiVersion: 'example.com/v1', kind: 'Owner', metadata: { name: 'o', uid: 'new' } };
const former: OwnerReference = { apiVersion: 'example.com/v1', kind: 'Owner', name: 'o', uid: 'old', controller: true };
const child = (...ownerReferences: OwnerReference[]): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'c', namespace: 'team', ownerReferences },
});

test.each<[string, OwnerReference[], boolean]>([
  ['an object of an earlier owner of the name', [former], true],
  ['one that was made through another version of the API', [{ ...former, apiVersion: 'example.com/v1beta1' }], true],
  ["the owner's own", [{ ...former, uid: 'new' }], false],
  ['one of another owner', [{ ...former, name: 'p' }], false],
  ['one of another kind of owner', [{ ...former, kind: 'Other' }], false],
  ['one of an owner of another group', [{ ...former, apiVersion: 'example.org/v1' }], false],
  ['one that the earlier owner did not control', [{ ...former, controller: false }], false],
  ['one without owner', [], false],
])('%s is a leftover: %s', (_, references, expected) => {
  expect(isLeftoverOf(child(...references), owner)).toBe(expected);
});

test.each<[string, OwnerReference[], string]>([
  ['nobody', [], 'is not controlled by anything, not by Owner o'],
  ['another', [{ ...former, name: 'p' }], 'is controlled by Owner p, not by Owner o'],
  ['an earlier owner of the name', [former], 'is controlled by Owner o with uid old, not by Owner o with uid new'],
])('the refusal of an object says who controls it: %s', (_, references, whose) => {
  expect(new NotOurs(child(...references), owner).message).toBe(`ConfigMap team/c exists and ${whose}`);
});
