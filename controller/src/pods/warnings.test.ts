import { expect, test } from '@jest/globals';
import { silentLogger, type RawRequest } from '@toolhive-registry/reconciler';
import type { PodObject } from './pod.ts';
import { createPodWarnings, type PodWarnings } from './warnings.ts';

const KEY = { namespace: 'team', name: 'a' };
const START = Date.parse('2026-01-01T00:00:00Z');
const never = new AbortController().signal;

function pod(name: string, isReady = false): PodObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'team', uid: name, creationTimestamp: '2026-01-01T00:00:00Z' },
    status: { phase: 'Running', conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
  };
}

interface Bench {
  readonly warnings: PodWarnings;
  /** UIDs of the pods whose Events were fetched, in order. */
  readonly asked: string[];
  events: object[] | Error;
  /** Milliseconds since the pods were created. */
  age: number;
}

function setup(events: object[] | Error = []): Bench {
  const asked: string[] = [];
  const bench: Bench = {
    asked,
    events,
    age: 0,
    warnings: createPodWarnings(
      {
        request: async ({ path }: RawRequest) => {
          asked.push(/involvedObject\.uid%3D([a-z0-9]+)/.exec(path)?.[1] ?? path);
          if (bench.events instanceof Error) throw bench.events;
          return { items: bench.events };
        },
      },
      () => START + bench.age,
      silentLogger(),
    ),
  };
  return bench;
}

const event = (type: string, reason: string, at: string, fields: object = {}): object => ({
  type,
  reason,
  message: `${reason}.`,
  lastTimestamp: at,
  ...fields,
});

test('Events of a pod that is not ready are fetched after five seconds, and then ever less often', async () => {
  const bench = setup();
  const waits: (number | undefined)[] = [];
  for (const age of [0, 4_999, 5_000, 6_000, 10_000, 20_000, 40_000, 80_000, 140_000]) {
    bench.age = age;
    waits.push((await bench.warnings.look(KEY, [pod('one')], never)).againMs);
  }
  expect(waits).toEqual([5_000, 1, 5_000, 4_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
  expect(bench.asked).toHaveLength(6);
});

test.each<[what: string, events: object[] | Error, expected: object | undefined]>([
  ['nothing was said', [], undefined],
  ['a warning', [event('Warning', 'FailedMount', '2026-01-01T00:00:03Z')], { reason: 'FailedMount', message: 'FailedMount.' }],
  [
    'the last of several, whichever API wrote it',
    [
      event('Warning', 'Unhealthy', '', { lastTimestamp: null, eventTime: '2026-01-01T00:00:04.500000Z' }),
      event('Warning', 'FailedMount', '2026-01-01T00:00:04Z'),
      event('Warning', 'BackOff', '', { lastTimestamp: null, series: { lastObservedTime: '2026-01-01T00:00:01Z' } }),
    ],
    { reason: 'Unhealthy', message: 'Unhealthy.' },
  ],
  [
    'a warning that something later shows to be over',
    [event('Warning', 'FailedScheduling', '2026-01-01T00:00:01Z'), event('Normal', 'Scheduled', '2026-01-01T00:00:02Z')],
    undefined,
  ],
  ['the Events may not be read', new Error('forbidden'), undefined],
])('the warning about a pod: %s', async (_, events, expected) => {
  const bench = setup(events);
  bench.age = 5_000;
  const { warnings } = await bench.warnings.look(KEY, [pod('one')], never);
  expect(warnings.get('one')).toEqual(expected);
});

test('Events of ready pods are not fetched, and those of at most three others', async () => {
  const bench = setup();
  bench.age = 5_000;
  expect(await bench.warnings.look(KEY, [pod('one', true)], never)).toEqual({ warnings: new Map() });
  await bench.warnings.look(
    KEY,
    ['one', 'two', 'three', 'four'].map((name) => pod(name)),
    never,
  );
  expect(bench.asked).toEqual(['one', 'two', 'three']);
});

test('the warning about a pod is forgotten with the pod', async () => {
  const bench = setup([event('Warning', 'FailedMount', '2026-01-01T00:00:03Z')]);
  bench.age = 5_000;
  await bench.warnings.look(KEY, [pod('one')], never);
  bench.events = [];
  const { warnings } = await bench.warnings.look(KEY, [pod('two')], never);
  expect([...warnings]).toEqual([]);
});
