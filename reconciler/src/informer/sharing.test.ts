import { expect, test } from '@jest/globals';
import type { KubeObject, ManagedFieldsEntry } from '../objects.ts';
import { Sharing } from './sharing.ts';

function entry(fieldsV1?: Record<string, unknown>): ManagedFieldsEntry {
  const entryOf = { manager: 'me', operation: 'Apply', apiVersion: 'example.com/v1', time: '2026-01-01T00:00:00Z' } as const;
  return fieldsV1 === undefined ? entryOf : { ...entryOf, fieldsV1 };
}

function shop(name: string, managedFields?: ManagedFieldsEntry[]): KubeObject {
  const metadata = { name, namespace: 'n', uid: `uid-${name}`, resourceVersion: name };
  return { apiVersion: 'example.com/v1', kind: 'Shop', metadata: managedFields === undefined ? metadata : { ...metadata, managedFields } };
}

function fieldsOf(object: KubeObject): Record<string, unknown> {
  return object.metadata.managedFields?.[0]?.fieldsV1 ?? {};
}

const spec = { 'f:open': {}, 'f:hours': { 'v:9': {}, 'v:17': {} }, 'f:rooms': { 'k:{"name":"a"}': { '.': {}, 'f:size': {} } } };

test.each<[string, ManagedFieldsEntry[] | undefined]>([
  ['without managed fields', undefined],
  ['that nobody manages', []],
  ['whose manager owns nothing', [entry()]],
  ['with fields', [entry({ 'f:spec': spec, 'f:metadata': { 'f:labels': {} } }), entry({ 'f:status': {} })]],
])('an object %s is what it was', (_, managedFields) => {
  const sharing = new Sharing();
  sharing.object(shop('other', [entry({ 'f:spec': spec })]));
  const object = shop('one', managedFields);
  expect(sharing.object(structuredClone(object))).toEqual(object);
});

test('equal parts are one, and others are not', () => {
  const sharing = new Sharing();
  const [one, two] = ['one', 'two'].map((name) =>
    fieldsOf(sharing.object(structuredClone(shop(name, [entry({ 'f:spec': spec, 'f:metadata': { [`k:${name}`]: {} } })])))),
  );
  expect(one?.['f:spec']).toBe(two?.['f:spec']);
  expect(one?.['f:metadata']).not.toEqual(two?.['f:metadata']);
});

test('what is seen again and again stays shared, however much else comes in between', () => {
  const sharing = new Sharing();
  const first = fieldsOf(sharing.object(shop('one', [entry({ 'f:spec': spec })])));
  for (let i = 0; i < 5_000; i++)
    sharing.object(structuredClone(shop(String(i), [entry({ 'f:spec': spec, 'f:metadata': { [`f:${i}`]: {} } })])));
  const last = fieldsOf(sharing.object(structuredClone(shop('two', [entry({ 'f:spec': spec })]))));
  expect(last['f:spec']).toBe(first['f:spec']);
});
