import { expect, test } from '@jest/globals';
import { factsOf, statusDocument } from '../../pods/testing.ts';
import type { RegistryStatusDocument, SourceStatus } from '@toolhive-registry/api';
import { createDoubts } from './doubts.ts';

const KEY = { namespace: 'team', name: 'a' };
const source = (hash: string): SourceStatus => ({ name: 'default', type: 'configmap', state: 'ok', serverCount: 3, warnings: [], hash });
const pod = (hash: string, fields: Partial<RegistryStatusDocument> = {}): RegistryStatusDocument =>
  statusDocument({ sources: [source(hash)], snapshotHash: `snapshot-of-${hash}`, ...fields });

const apart = 'pods serve different catalogs: one 3 servers (snapshot snapshot-of-); two 4 servers (snapshot other)';

test.each<[what: string, documents: RegistryStatusDocument[], ready: string[], doubt: object]>([
  ['serve the same', [pod('1'), pod('1')], ['one', 'two'], {}],
  ['serve the same by snapshots of their own', [pod('1'), pod('1', { snapshotHash: 'other' })], ['one', 'two'], {}],
  ['have other data', [pod('1'), pod('2', { snapshotHash: 'other', serverCount: 4 })], ['one', 'two'], { difference: apart }],
  [
    'have another manifest',
    [pod('1'), pod('1', { files: { 'spec.yaml': 'x' }, snapshotHash: 'other', serverCount: 4 })],
    ['one', 'two'],
    { difference: apart },
  ],
  [
    'are rolled back in part',
    [pod('1'), pod('1', { rolledBackTo: 'x', snapshotHash: 'other', serverCount: 4 })],
    ['one', 'two'],
    { difference: apart },
  ],
  ['have nothing to serve in part', [pod('1'), pod('2', { ready: false })], ['one', 'two'], {}],
  ['are silent in part', [pod('1')], ['one', 'two', 'three'], { silence: 'pods two, three do not report' }],
  ['are all silent, which is reported elsewhere', [], ['one', 'two'], {}],
  ['are not all ready', [pod('1')], ['one'], {}],
])('pods that %s: reported after ten seconds, and not before', (_, documents, ready, expected) => {
  let now = 1_000;
  const doubts = createDoubts(() => now);
  const look = (): ReturnType<typeof doubts.look> => doubts.look(KEY, factsOf(...documents), ready);
  const isDoubt = Object.keys(expected).length > 0;
  expect(look()).toEqual({ doubt: {}, againMs: isDoubt ? 10_000 : undefined });
  now += 9_999;
  expect(look()).toEqual({ doubt: {}, againMs: isDoubt ? 1 : undefined });
  now += 1;
  expect(look()).toEqual({ doubt: expected, againMs: undefined });
});

test('a difference that is over starts from zero', () => {
  let now = 0;
  const doubts = createDoubts(() => now);
  const [same, other] = [factsOf(pod('1'), pod('1')), factsOf(pod('1'), pod('2'))];
  doubts.look(KEY, other, []);
  now = 9_000;
  doubts.look(KEY, same, []);
  now = 10_000;
  expect(doubts.look(KEY, other, [])).toEqual({ doubt: {}, againMs: 10_000 });
  doubts.forget(KEY);
  now = 20_000;
  expect(doubts.look(KEY, other, [])).toEqual({ doubt: {}, againMs: 10_000 });
});
