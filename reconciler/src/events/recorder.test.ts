import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KubeClient } from '../client/client.ts';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { ManualClock } from '../testing/manual-clock.ts';
import { microTime } from './micro-time.ts';
import { EventRecorder } from './recorder.ts';

let api: FakeApi;
let client: KubeClient;
let clock: ManualClock;
let warnings: string[];
let recorder: EventRecorder;

const object: KubeObject = { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'a', namespace: 'n', uid: 'u1' } };
const failed = { type: 'Warning', reason: 'SyncFailed', note: 'no answer' } as const;

beforeEach(async () => {
  api = await FakeApi.start();
  client = new KubeClient({ access: api.access });
  clock = new ManualClock(Date.UTC(2026, 0, 2, 3, 4, 5, 6));
  warnings = [];
  const logger: Logger = { ...silentLogger(), warn: (_fields, message) => void warnings.push(message) };
  let ids = 0;
  recorder = new EventRecorder({ client, controller: 'example.com/shops', instance: 'pod-1', clock, logger, newId: () => `id${++ids}` });
});

afterEach(async () => {
  await recorder.close(1_000);
  await client.close();
  await api.down();
});

function sent(): { method: string; path: string; body: Record<string, unknown> }[] {
  return api.seen.map(({ method, path, body }) => ({ method, path, body: JSON.parse(body) as Record<string, unknown> }));
}

test.each([
  [0, '1970-01-01T00:00:00.000000Z'],
  [1_767_323_045_006, '2026-01-02T03:04:05.006000Z'],
  [1.25, '1970-01-01T00:00:00.001250Z'],
])('%d ms is %s', (ms, text) => {
  expect(microTime(ms)).toBe(text);
});

test('writes one event with everything the API requires', async () => {
  recorder.event(object, { ...failed, action: 'Sync', related: { ...object, metadata: { name: 'b' } } });
  await recorder.flush();
  expect(sent()).toEqual([
    {
      method: 'POST',
      path: '/apis/events.k8s.io/v1/namespaces/n/events',
      body: {
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name: 'a.id1', namespace: 'n' },
        eventTime: '2026-01-02T03:04:05.006000Z',
        reportingController: 'example.com/shops',
        reportingInstance: 'pod-1',
        type: 'Warning',
        reason: 'SyncFailed',
        action: 'Sync',
        note: 'no answer',
        regarding: { apiVersion: 'example.com/v1', kind: 'Shop', name: 'a', namespace: 'n', uid: 'u1' },
        related: { apiVersion: 'example.com/v1', kind: 'Shop', name: 'b' },
      },
    },
  ]);
});

test('repetitions become a count, written now and then; later ones a new event', async () => {
  for (let i = 0; i < 50; i++) recorder.event(object, failed);
  await recorder.flush();
  expect(sent().map(({ method }) => method)).toEqual(['POST']);
  clock.advance(10_000);
  await recorder.flush();
  expect(sent().at(-1)).toEqual({
    method: 'PATCH',
    path: '/apis/events.k8s.io/v1/namespaces/n/events/a.id1',
    body: { series: { count: 50, lastObservedTime: '2026-01-02T03:04:05.006000Z' } },
  });
  recorder.event(object, { ...failed, note: 'something else' });
  recorder.event({ ...object, metadata: { ...object.metadata, uid: 'u2' } }, failed);
  clock.advance(360_000);
  recorder.event(object, failed);
  await recorder.flush();
  expect(sent().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'POST', 'POST', 'POST']);
});

test('a count whose event has expired creates a new one', async () => {
  recorder.event(object, failed);
  await recorder.flush();
  recorder.event(object, failed);
  api.fail('other', { status: 404, reason: 'NotFound' });
  clock.advance(10_000);
  await recorder.flush();
  expect(sent().map(({ method }) => method)).toEqual(['POST', 'PATCH', 'POST']);
});

test('a flood about one object is limited without affecting another', async () => {
  for (let i = 0; i < 100; i++) recorder.event(object, { ...failed, note: `no ${i}` });
  recorder.event({ ...object, metadata: { name: 'b', namespace: 'n', uid: 'u2' } }, failed);
  await recorder.flush();
  expect([sent().length, recorder.dropped]).toEqual([26, 75]);
  clock.advance(60_000);
  recorder.event(object, { ...failed, note: 'one more' });
  await recorder.flush();
  expect(sent()).toHaveLength(27);
});

test('an event that cannot be recorded is only logged', async () => {
  api.fail('other', { status: 403, reason: 'Forbidden' });
  recorder.event(object, failed);
  await recorder.flush();
  expect(warnings).toEqual(['an event could not be recorded']);
  recorder.event(object, { ...failed, note: 'next' });
  await recorder.flush();
  expect(sent()).toHaveLength(2);
});

test('long notes are truncated between characters', async () => {
  recorder.event(object, { ...failed, note: 'ü'.repeat(2_000) });
  await recorder.flush();
  const note = String(sent()[0]?.body['note']);
  expect(Buffer.byteLength(note)).toBeLessThanOrEqual(1_024);
  expect(note).toMatch(/^ü{510}…$/);
});

test('closing writes pending counts, and waits for a limited time', async () => {
  recorder.event(object, failed);
  recorder.event(object, failed);
  await recorder.close(1_000);
  expect(sent().map(({ method }) => method)).toEqual(['POST', 'PATCH']);
  expect(clock.pending).toBe(0);

  const slow = new EventRecorder({ client, controller: 'c', instance: 'i', clock, logger: silentLogger() });
  api.fail('other', 'hang');
  slow.event(object, failed);
  await eventually(() => expect(api.seen).toHaveLength(3));
  const closed = slow.close(1_000);
  clock.advance(1_000);
  await closed;
});

describe('a recorded occurrence', () => {
  const once = { ...failed, occurrence: 'from-v1' };

  test('is written when the call resolves', async () => {
    await recorder.record(object, once);
    expect(sent()).toHaveLength(1);
  });

  test('has the same name in the next process, and is recorded once', async () => {
    await recorder.record(object, once);
    const next = new EventRecorder({ client, controller: 'example.com/shops', instance: 'pod-2', clock, logger: silentLogger() });
    api.fail('other', { status: 409, reason: 'AlreadyExists' });
    await next.record(object, once);
    await next.record(object, { ...once, occurrence: 'from-v2', note: 'something else' });
    await next.close(1_000);
    const names = sent().map(({ body }) => (body['metadata'] as { name: string }).name);
    expect(names).toHaveLength(3);
    expect(names[0]).toMatch(/^a\.[0-9a-f]{16}$/);
    expect(names[1]).toBe(names[0]);
    expect(names[2]).not.toBe(names[0]);
  });

  test('is not counted twice when the work is done again, but is when it happens again', async () => {
    await recorder.record(object, once);
    await recorder.record(object, once);
    clock.advance(10_000);
    await recorder.flush();
    expect(sent()).toHaveLength(1);
    await recorder.record(object, { ...once, occurrence: 'from-v2' });
    clock.advance(10_000);
    await recorder.flush();
    expect(sent().at(-1)).toMatchObject({ method: 'PATCH', body: { series: { count: 2 } } });
  });

  test('that comes back after another one has happened again, and is counted', async () => {
    for (const occurrence of ['x', 'y', 'x']) await recorder.record(object, { ...failed, note: occurrence, occurrence });
    clock.advance(10_000);
    await recorder.flush();
    expect(sent().at(-1)).toMatchObject({ method: 'PATCH', body: { series: { count: 2 } } });
  });

  test('is counted at once when it happens again, and later when that is too often', async () => {
    await recorder.record(object, once);
    await recorder.record(object, { ...once, occurrence: 'from-v2' });
    expect(sent().map(({ method, body }) => [method, body['series']])).toEqual([
      ['POST', undefined],
      ['PATCH', { count: 2, lastObservedTime: '2026-01-02T03:04:05.006000Z' }],
    ]);
    for (let version = 3; version < 50; version++) await recorder.record(object, { ...once, occurrence: `from-v${version}` });
    expect(sent()).toHaveLength(26);
    // New ones are still recorded.
    await recorder.record(object, { ...once, note: 'something else', occurrence: 'from-v50' });
    expect(sent().at(-1)?.method).toBe('POST');
    clock.advance(10_000);
    await recorder.flush();
    expect(sent().at(-1)?.body['series']).toMatchObject({ count: 49 });
  });

  test('is counted once when the answer to writing the count was lost', async () => {
    await recorder.record(object, once);
    api.fail('other', { status: 504 });
    await expect(recorder.record(object, { ...once, occurrence: 'from-v2' })).rejects.toThrow('504');
    await recorder.record(object, { ...once, occurrence: 'from-v2' });
    expect(sent().map(({ method, body }) => [method, (body['series'] as { count: number } | undefined)?.count])).toEqual([
      ['POST', undefined],
      ['PATCH', 2],
      ['PATCH', 2],
    ]);
  });

  test.each([
    ['while nobody answers', { status: 503 }],
    ['for a conflict that is none of names', { status: 409, reason: 'Conflict' }],
  ])('rejects %s, and can be recorded again', async (_, fault) => {
    api.fail('other', fault);
    await expect(recorder.record(object, once)).rejects.toThrow(String(fault.status));
    await recorder.record(object, once);
    expect(sent().map(({ method }) => method)).toEqual(['POST', 'POST']);
  });

  test('resolves when it is refused', async () => {
    api.fail('other', { status: 403, reason: 'Forbidden' });
    await recorder.record(object, once);
    expect(warnings).toEqual(['an event could not be recorded']);
  });
});
