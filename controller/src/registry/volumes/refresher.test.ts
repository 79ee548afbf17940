import { describe, expect, test } from '@jest/globals';
import { formatKey, type ObjectKey } from '@toolhive-registry/reconciler';
import { validRegistry } from '../render/testing.ts';
import { certificateVersions, contentHash, isCurrent, keyHashes, type ContentHashes } from './content.ts';
import { createVolumeRefresher, type MountedPod } from './refresher.ts';

const OLD = { 'spec.yaml': 'old' };
const NEW = { 'spec.yaml': 'new' };
const hash = contentHash(NEW);

function pod(name: string, reported?: ContentHashes): MountedPod {
  return { uid: `uid-${name}`, name, ...(reported === undefined ? {} : { reported }) };
}

describe('a pod', () => {
  test.each<[string, MountedPod]>([
    ['that reports what it should have', pod('a', NEW)],
    ['that reports more than that', pod('a', { ...NEW, 'other/registry.json': 'x' })],
    ['that is new and has not reported, since it started with what is there', pod('a')],
  ])('%s is left alone', (_, seen) => {
    expect(createVolumeRefresher().plan(NEW, [seen], 0)).toEqual({ touches: [] });
  });

  test('that is behind is annotated at once, then with growing pauses up to a minute, with a new value each time, at most eight times', () => {
    const refresher = createVolumeRefresher();
    const seen: [at: number, value: string][] = [];
    let now = 0;
    for (const touch of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const { touches: planned, againMs = 0 } = refresher.plan(NEW, [pod('a', OLD)], now);
      for (const { pod: name, value } of planned) seen.push([now, `${name} ${value}`]);
      // Asked too early, it only says how much time is left.
      const early = refresher.plan(NEW, [pod('a', OLD)], now + againMs - 1);
      expect(early).toEqual(touch < 8 ? { touches: [], againMs: 1 } : { touches: [] });
      now += againMs;
    }
    expect(seen.map(([at]) => at / 1_000)).toEqual([0, 1, 3, 7, 15, 31, 63, 123]);
    expect(seen.slice(0, 3).map(([, value]) => value)).toEqual([`a ${hash}`, `a ${hash}-1`, `a ${hash}-2`]);
    expect(refresher.plan(NEW, [pod('a', OLD)], now + 3_600_000)).toEqual({ touches: [] });
  });

  test('that does not report is annotated three times after a change', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(OLD, [pod('a')], 0);
    const touches = [0, 60_000, 120_000, 180_000, 240_000].map((now) => refresher.plan(NEW, [pod('a')], now).touches.length);
    expect(touches).toEqual([1, 1, 1, 0, 0]);
  });

  test('is annotated at once after every change, whatever pause was due', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(NEW, [pod('a', OLD)], 0);
    const newer = { 'spec.yaml': 'newer' };
    expect(refresher.plan(newer, [pod('a', OLD)], 1).touches).toEqual([{ pod: 'a', value: contentHash(newer) }]);
  });

  test('that caught up is left alone', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(NEW, [pod('a', OLD)], 0);
    expect(refresher.plan(NEW, [pod('a', NEW)], 1_000)).toEqual({ touches: [] });
  });

  test('of the same name but another uid is another pod', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(OLD, [pod('a')], 0);
    expect(refresher.plan(NEW, [{ uid: 'uid-later', name: 'a' }], 1)).toEqual({ touches: [] });
  });
});

describe('content that pods do not report', () => {
  const [one, two] = [{ '/secrets/git/ca.crt': '1' }, { '/secrets/git/ca.crt': '2' }];
  const touched = (version: object): { pod: string; value: string } => ({ pod: 'a', value: contentHash({ ...NEW, ...version }) });

  test.each<[string, Readonly<Record<string, string>>, Readonly<Record<string, string>>]>([
    ['changed', one, two],
    ['appeared', {}, one],
    ['went', one, {}],
  ])('gets a pod annotated once when it %s', (_, before, after) => {
    const refresher = createVolumeRefresher();
    expect(refresher.plan(NEW, [pod('a', NEW)], 0, { unreported: before })).toEqual({ touches: [] });
    expect(refresher.plan(NEW, [pod('a', NEW)], 1, { unreported: after }).touches).toEqual([touched(after)]);
    for (const later of [2, 1_001, 60_000, 3_600_000]) {
      expect(refresher.plan(NEW, [pod('a', NEW)], later, { unreported: after })).toEqual({ touches: [] });
    }
  });

  test('gets a pod annotated for every version, with a different value', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(NEW, [pod('a', NEW)], 0, { unreported: one });
    expect(refresher.plan(NEW, [pod('a', NEW)], 1, { unreported: two }).touches).toEqual([touched(two)]);
    expect(refresher.plan(NEW, [pod('a', NEW)], 2, { unreported: one }).touches).toEqual([touched(one)]);
  });

  test('does not stop the annotations of a pod whose report is behind', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(NEW, [pod('a', NEW)], 0, { unreported: one });
    expect(refresher.plan(NEW, [pod('a', OLD)], 1, { unreported: two })).toEqual({ touches: [touched(two)], againMs: 1_000 });
    expect(refresher.plan(NEW, [pod('a', OLD)], 1_001, { unreported: two }).touches).toEqual([
      { pod: 'a', value: `${touched(two).value}-1` },
    ]);
  });

  test('is what a new pod starts with', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(NEW, [pod('a', NEW)], 0, { unreported: one });
    const { touches } = refresher.plan(NEW, [pod('a', NEW), pod('b', NEW)], 1, { unreported: two });
    expect(touches).toEqual([touched(two)]);
  });
});

test('of two pods only the one that is behind is annotated', () => {
  const { touches, againMs } = createVolumeRefresher().plan(NEW, [pod('a', NEW), pod('b', OLD)], 0);
  expect(touches).toEqual([{ pod: 'b', value: hash }]);
  expect(againMs).toBe(1_000);
});

describe('hashes', () => {
  const meta = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' } };

  test('match the bytes in a volume, for text and binary data', () => {
    const sha256OfA = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
    expect([...keyHashes({ ...meta, data: { text: 'a' }, binaryData: { bytes: 'YQ==' } })]).toEqual([
      ['text', sha256OfA],
      ['bytes', sha256OfA],
    ]);
    expect([...keyHashes(meta)]).toEqual([]);
  });

  test('are not computed for certificates: the version of their ConfigMap is enough', () => {
    const sources = [
      { name: 'one', type: 'url', url: 'https://example.com/a.json', tls: { caConfigMapRef: { name: 'ca' } } },
      { name: 'two', type: 'url', url: 'https://example.com/b.json', tls: { caConfigMapRef: { name: 'ca', key: 'other.crt' } } },
      { name: 'three', type: 'url', url: 'https://example.com/c.json', tls: { caConfigMapRef: { name: 'missing' } } },
      { name: 'four', type: 'url', url: 'https://example.com/d.json', tls: { caSecretRef: { name: 'ca' } } },
      { name: 'five', configmap: { name: 'ca' } },
    ];
    const live = { ...meta, metadata: { name: 'ca', namespace: 'team', resourceVersion: '7' } };
    const store = { get: (key: ObjectKey) => (formatKey(key) === 'team/ca' ? live : undefined) };
    expect(certificateVersions(validRegistry({ source: undefined, sources }), store)).toEqual({
      '/secrets/one/ca.crt': '7',
      '/secrets/two/ca.crt': '7',
    });
  });

  test('over all files do not depend on their order', () => {
    expect(contentHash({ a: '1', b: '2' })).toBe(contentHash({ b: '2', a: '1' }));
    expect(contentHash({ a: '1', b: '2' })).not.toBe(contentHash({ a: '2', b: '1' }));
  });

  test.each<[string, ContentHashes, ContentHashes, boolean]>([
    ['the same', NEW, NEW, true],
    ['another', NEW, OLD, false],
    ['none', NEW, {}, false],
    ['one of two', { a: '1', b: '2' }, { a: '1' }, false],
  ])('a pod that reports %s', (_, expected, reported, current) => {
    expect(isCurrent(expected, reported)).toBe(current);
  });
});

describe('a standby process', () => {
  const standby = { patienceMs: 1_000 };
  const marked = (touched: string): MountedPod => ({ ...pod('a'), touched });

  test('annotates a pod when nobody else has done so for a moment, and continues if that was not enough', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(OLD, [pod('a')], 0, standby);
    expect(refresher.plan(NEW, [pod('a')], 100, standby)).toEqual({ touches: [], againMs: 1_000 });
    expect(refresher.plan(NEW, [pod('a')], 1_100, standby)).toEqual({ touches: [{ pod: 'a', value: hash }], againMs: 1_000 });
    expect(refresher.plan(NEW, [marked(hash)], 2_100, standby).touches).toEqual([{ pod: 'a', value: `${hash}-1` }]);
  });

  test.each([hash, `${hash}-1`])('leaves it alone when somebody else has annotated it: %s', (value) => {
    const refresher = createVolumeRefresher();
    refresher.plan(OLD, [pod('a')], 0, standby);
    refresher.plan(NEW, [pod('a')], 100, standby);
    expect(refresher.plan(NEW, [marked(value)], 1_100, standby)).toEqual({ touches: [] });
    expect(refresher.plan(NEW, [marked(value)], 3_600_000, standby)).toEqual({ touches: [] });
  });

  test('annotates it for later changes', () => {
    const refresher = createVolumeRefresher();
    refresher.plan(OLD, [pod('a')], 0, standby);
    refresher.plan(NEW, [marked(hash)], 100, standby);
    const newer = { 'spec.yaml': 'newer' };
    refresher.plan(newer, [marked(hash)], 200, standby);
    expect(refresher.plan(newer, [marked(hash)], 1_200, standby).touches).toEqual([{ pod: 'a', value: contentHash(newer) }]);
  });
});

test('a process that just started does not write the existing value, which would change nothing', () => {
  const seen = { ...pod('a', OLD), touched: hash };
  expect(createVolumeRefresher().plan(NEW, [seen], 0).touches).toEqual([{ pod: 'a', value: `${hash}-1` }]);
});
