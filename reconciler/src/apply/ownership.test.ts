import { expect, test } from '@jest/globals';
import type { KubeObject, ManagedFieldsEntry, OwnerReference } from '../objects.ts';
import { isOrphanOf } from './ownership.ts';

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
