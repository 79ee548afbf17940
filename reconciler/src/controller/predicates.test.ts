import { expect, test } from '@jest/globals';
import type { InformerEvent } from '../informer/events.ts';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import {
  and,
  annotationsChanged,
  deletionStarted,
  finalizersChanged,
  generationChanged,
  labelsChanged,
  not,
  ofType,
  or,
} from './predicates.ts';

function object(metadata: Partial<ObjectMeta> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Shop', metadata: { name: 'a', generation: 1, ...metadata } };
}

function update(metadata: Partial<ObjectMeta>, before: Partial<ObjectMeta> = {}): InformerEvent<KubeObject> {
  return { type: 'update', old: object(before), object: object(metadata) };
}

const changes = {
  generationChanged: { generation: 2 },
  labelsChanged: { labels: { a: '1' } },
  annotationsChanged: { annotations: { a: '1' } },
  finalizersChanged: { finalizers: ['x'] },
  deletionStarted: { deletionTimestamp: '2026-01-01T00:00:00Z' },
};
const predicates = { generationChanged, labelsChanged, annotationsChanged, finalizersChanged, deletionStarted };
const names = Object.keys(predicates) as (keyof typeof predicates)[];

test.each(names)('%s passes only its own change, and objects that are added or deleted', (name) => {
  for (const other of names) expect(predicates[name](update(changes[other]))).toBe(other === name);
  expect(predicates[name](update(changes[name], changes[name]))).toBe(false);
  for (const type of ['add', 'delete'] as const) expect(predicates[name]({ type, object: object() })).toBe(true);
});

test('the order of labels is no change', () => {
  expect(labelsChanged(update({ labels: { a: '1', b: '2' } }, { labels: { b: '2', a: '1' } }))).toBe(false);
});

test('a kind without generation passes with every change', () => {
  const bare = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } };
  expect(generationChanged({ type: 'update', old: bare, object: bare })).toBe(true);
});

test.each([
  [false, false],
  [false, true],
  [true, false],
  [true, true],
])('of %s and %s', (one, other) => {
  const event = update({});
  expect(
    and(
      () => one,
      () => other,
    )(event),
  ).toBe(one && other);
  expect(
    or(
      () => one,
      () => other,
    )(event),
  ).toBe(one || other);
  expect(not(() => one)(event)).toBe(!one);
});

test('events pass by their type', () => {
  const passes = ofType('add', 'delete');
  expect([{ type: 'add' as const, object: object() }, update({}), { type: 'delete' as const, object: object() }].map(passes)).toEqual([
    true,
    false,
    true,
  ]);
});
