import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SyncCounters } from '@toolhive-registry/api';
import { KubeClient, silentLogger } from '@toolhive-registry/reconciler';
import { waitFor } from '@toolhive-registry/testenv';
import { createFactsPoller, type FactsPoller, type PolledPod } from './poller.ts';
import { directStatus, proxiedStatus, type AskStatus } from './status-client.ts';
import { fakeRegistry, type FakeRegistry, type Fault } from './fake-registry.ts';

const REGISTRY = { namespace: 'team', name: 'a' };
const FACTS_STAY = 2;
const FACTS_GO = 3;

/** A pause of the poller that lasts until the test, or stopping the poller, ends it. */
interface Pause {
  readonly ms: number;
  end(): void;
}

interface Setup {
  readonly poller: FactsPoller;
  /** Names of the registries that changed, in order. */
  readonly changes: string[];
  /** Lengths of all pauses so far. */
  readonly pauses: number[];
  /** Ongoing pauses; empty unless `holdPauses`. */
  readonly held: Set<Pause>;
}

let registry: FakeRegistry;
let cleanups: (() => unknown)[];

beforeEach(async () => {
  cleanups = [];
  registry = await startRegistry();
});

afterEach(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

async function startRegistry(): Promise<FakeRegistry> {
  const started = await fakeRegistry();
  cleanups.push(() => started.stop());
  return started;
}

function setup(ask: AskStatus = directStatus(), holdPauses = false, now = () => performance.now()): Setup {
  const pauses: number[] = [];
  const changes: string[] = [];
  const held = new Set<Pause>();
  const sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    pauses.push(ms);
    await new Promise<void>((resolve, reject) => {
      const pause = {
        ms,
        end: (): void => {
          held.delete(pause);
          resolve();
        },
      };
      signal.addEventListener('abort', () => {
        held.delete(pause);
        reject(signal.reason);
      });
      if (holdPauses) held.add(pause);
      else setImmediate(resolve);
    });
  };
  const poller = createFactsPoller({
    ask,
    onChange: ({ name }) => void changes.push(name),
    sleep,
    random: () => 0,
    now,
    logger: silentLogger(),
  });
  cleanups.push(() => poller.close());
  return { poller, changes, pauses, held };
}

/** Through an API server that passes everything on to the registry. */
function proxied(): AskStatus {
  const access = { server: registry.url, namespace: 'default', credentials: () => Promise.resolve({ headers: {}, verify: true }) };
  const client = new KubeClient({ access });
  cleanups.push(() => client.close());
  return proxiedStatus(client, () => new Promise((resolve) => setImmediate(resolve)));
}

function pod(name: string, of: FakeRegistry = registry): PolledPod {
  return { uid: `uid-${name}`, namespace: 'team', name, ip: of.ip, ready: true };
}

/** Pods and numbers of servers, as far as they are known. */
function known(poller: FactsPoller, key = REGISTRY): string[] {
  return poller.facts(key).map((facts) => `${facts.pod}: ${facts.document.serverCount}`);
}

function untilKnown(poller: FactsPoller, wanted: string[], key = REGISTRY): Promise<unknown> {
  return waitFor(() => JSON.stringify(known(poller, key)) === JSON.stringify(wanted), { message: `facts ${wanted.join(', ')}` });
}

/** Until the registry holds a request that waits for a change. */
function untilItWaits(of: FakeRegistry, questions: number): Promise<unknown> {
  return waitFor(() => of.questions.length === questions && of.open === 1, { message: `question ${questions} to wait` });
}

describe.each<[string, () => AskStatus]>([
  ['directly', directStatus],
  ['through the API server', proxied],
])('asked %s', (_, transport) => {
  test('a pod reports its facts, and each change of them', async () => {
    const { poller, changes } = setup(transport());
    poller.follow(REGISTRY, [pod('one')]);
    await untilKnown(poller, ['one: 3']);
    registry.report({ serverCount: 4 });
    await untilKnown(poller, ['one: 4']);
    registry.report({ serverCount: 5 });
    await untilKnown(poller, ['one: 5']);
    expect(changes).toEqual(['a', 'a', 'a']);
    expect(poller.facts(REGISTRY)[0]?.uid).toBe('uid-one');
  });

  test.each<Fault>(['garbage', 'another form', 'status 500', 'status 404', 'an empty answer', 'a closed connection', 'a broken answer'])(
    '%s is borne twice; the third time what was known is unknown until there is an answer',
    async (fault) => {
      const { poller, changes } = setup(transport());
      poller.follow(REGISTRY, [pod('one')]);
      await untilKnown(poller, ['one: 3']);
      registry.fail(fault, FACTS_STAY);
      registry.report({ serverCount: 4 });
      await untilKnown(poller, ['one: 4']);
      expect(changes).toEqual(['a', 'a']);
      registry.fail(fault, FACTS_GO);
      await waitFor(() => changes.length === 4, { message: 'the facts to go and to come back' });
      expect(known(poller)).toEqual(['one: 4']);
    },
  );
});

describe('asked directly', () => {
  test('the first request does not wait, the next one waits for a change since the answer', async () => {
    const { poller } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    registry.report({ serverCount: 4 });
    await untilItWaits(registry, 3);
    expect(registry.questions).toEqual([
      { path: '/registry/status', wait: null, ifNoneMatch: undefined },
      { path: '/registry/status', wait: '60s', ifNoneMatch: '"v1"' },
      { path: '/registry/status', wait: '60s', ifNoneMatch: '"v2"' },
    ]);
    expect(known(poller)).toEqual(['one: 4']);
  });

  test('an answer without news is no change, and the request is repeated', async () => {
    const { poller, changes } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    registry.nothingNew();
    await untilItWaits(registry, 3);
    expect(registry.questions[2]).toEqual(registry.questions[1]);
    expect(changes).toEqual(['a']);
    expect(known(poller)).toEqual(['one: 3']);
  });

  test.each<[string, () => void, readonly number[]]>([
    ['never waits', () => registry.neverWait(), [100, 1_000, 1_000, 1_000]],
    ['names no tag', () => registry.withoutTag(), [100, 1_000, 1_000, 1_000]],
  ])('a server that %s is asked once a second, and repetitions are no change', async (_, misbehave, expected) => {
    misbehave();
    const { poller, held, changes } = setup(directStatus(), true);
    poller.follow(REGISTRY, [pod('one')]);
    for (const [index, ms] of expected.entries()) {
      const [pause] = await waitFor(() => held.size > 0 && [...held], { message: `the pause after question ${index + 1}` });
      expect(registry.questions).toHaveLength(index + 1);
      expect(pause?.ms).toBe(ms);
      pause?.end();
    }
    expect(changes).toEqual(['a']);
  });

  test('a few changes in quick succession are fetched at once', async () => {
    const { poller, held, changes } = setup(directStatus(), true);
    poller.follow(REGISTRY, [pod('one')]);
    for (const [index, ms] of [100, 100, 100, 1_000, 1_000].entries()) {
      const [pause] = await waitFor(() => held.size > 0 && [...held], { message: `the pause after question ${index + 1}` });
      expect(pause?.ms).toBe(ms);
      registry.report({ serverCount: 10 + index });
      pause?.end();
    }
    expect(changes).toEqual(['a', 'a', 'a', 'a', 'a']);
  });

  test('an answer that waited is followed by the next request at once', async () => {
    const times = [0, 0, 10, 1_010];
    const { poller, pauses } = setup(directStatus(), false, () => times.shift() ?? 2_000);
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    registry.nothingNew();
    await untilItWaits(registry, 3);
    expect(pauses).toEqual([100, 100]);
  });

  test("a pod's whole status is requested once a minute, since changed counters do not end a wait", async () => {
    const counters = (success: number): SyncCounters => ({
      startTime: '2026-01-01T00:00:00Z',
      sources: [{ name: 'team', success, failure: 0, errors: {} }],
      syncDurationSeconds: { count: success, sum: 1 },
    });
    let now = 0;
    registry.count(counters(1));
    const { poller, changes } = setup(directStatus(), false, () => now);
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    registry.count(counters(2));
    now = 59_999;
    registry.nothingNew();
    await untilItWaits(registry, 3);
    expect(poller.facts(REGISTRY)[0]?.document.counters?.sources[0]?.success).toBe(1);
    now = 61_000;
    registry.nothingNew();
    await untilItWaits(registry, 5);
    expect(poller.facts(REGISTRY)[0]?.document.counters?.sources[0]?.success).toBe(2);
    expect(registry.questions.map(({ ifNoneMatch }) => ifNoneMatch)).toEqual([undefined, '"v1"', '"v1"', undefined, '"v1"']);
    expect(changes).toEqual(['a']);
  });

  test('a pod that reports its counters at the end of a wait need not be asked for them', async () => {
    const counters = { startTime: '2026-01-01T00:00:00Z', sources: [], syncDurationSeconds: { count: 2, sum: 1 } };
    let now = 0;
    const { poller, changes } = setup(directStatus(), false, () => now);
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    registry.count(counters);
    now = 60_000;
    registry.tellCounters();
    await untilItWaits(registry, 3);
    expect(poller.facts(REGISTRY)[0]?.document.counters).toEqual(counters);
    expect(registry.questions.map(({ ifNoneMatch }) => ifNoneMatch)).toEqual([undefined, '"v1"', '"v1"']);
    expect(changes).toEqual(['a']);
  });

  test('once the facts are unknown, the next request asks for all of them again', async () => {
    const { poller } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    registry.fail('status 500', FACTS_GO);
    // The one that waited, two that failed, one for everything, one that waits.
    await untilItWaits(registry, 6);
    expect(registry.questions.map(({ ifNoneMatch }) => ifNoneMatch)).toEqual([undefined, '"v1"', '"v1"', '"v1"', undefined, '"v1"']);
    expect(known(poller)).toEqual(['one: 3']);
  });

  test('pauses grow with each failure, and start over after a success', async () => {
    const { poller, pauses } = setup();
    registry.fail('status 500', 9);
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 11);
    registry.fail('status 500', 1);
    await untilItWaits(registry, 12);
    expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000, 100, 500]);
  });

  test.each<Fault>(['silence', 'half an answer'])('%s is a failure after the timeout', async (fault) => {
    const { poller, changes } = setup(directStatus({ connectMs: 1_000, waitSeconds: 1, slackMs: 200 }));
    poller.follow(REGISTRY, [pod('one')]);
    await untilKnown(poller, ['one: 3']);
    registry.fail(fault, FACTS_GO);
    await waitFor(() => changes.length === 3, { message: 'the facts to go and to come back', deadlineMs: 15_000 });
    expect(known(poller)).toEqual(['one: 3']);
  });

  test('an endless answer is a failure', async () => {
    registry.fail('an endless answer', 1);
    const { poller, pauses } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    await untilKnown(poller, ['one: 3']);
    expect(pauses[0]).toBe(500);
  });

  test('a pod that does not listen is a failure', async () => {
    const { poller, changes, pauses } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    await registry.stop();
    await waitFor(() => changes.length === 2, { message: 'the facts to go' });
    expect(known(poller)).toEqual([]);
    expect(pauses.slice(1, 3)).toEqual([500, 1_000]);
  });
});

describe('following', () => {
  test("each pod is asked, and each registry gets only its own pods' changes", async () => {
    const other = await startRegistry();
    other.report({ serverCount: 7 });
    const { poller } = setup();
    const third = await startRegistry();
    third.report({ serverCount: 8, registry: { namespace: 'team', name: 'b' } });
    poller.follow(REGISTRY, [pod('one'), pod('two', other)]);
    poller.follow({ namespace: 'team', name: 'b' }, [pod('three', third)]);
    await waitFor(() => known(poller).length === 2, { message: 'both pods' });
    expect(known(poller).sort()).toEqual(['one: 3', 'two: 7']);
    await untilKnown(poller, ['three: 8'], { namespace: 'team', name: 'b' });
    expect(known(poller, { namespace: 'other', name: 'a' })).toEqual([]);
  });

  test("an answer for another registry at a pod's address is ignored", async () => {
    registry.report({ registry: { namespace: 'team', name: 'b' } });
    const { poller, pauses } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    expect(poller.isUndecided(REGISTRY)).toBe(true);
    await waitFor(() => pauses.length > 2, { message: 'three questions' });
    expect(known(poller)).toEqual([]);
    expect(poller.isUndecided(REGISTRY)).toBe(false);
  });

  test('a pod that is already followed is not asked again', async () => {
    const { poller } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    poller.follow(REGISTRY, [pod('one')]);
    registry.nothingNew();
    await untilItWaits(registry, 3);
  });

  test('a pod that could not answer while it started is asked at once when it becomes ready', async () => {
    registry.fail('status 500', 1);
    const { poller, held } = setup(directStatus(), true);
    poller.follow(REGISTRY, [{ ...pod('one'), ready: false }]);
    await waitFor(() => held.size === 1, { message: 'the pause after the failure' });
    poller.follow(REGISTRY, [pod('one')]);
    await untilKnown(poller, ['one: 3']);
  });

  test('a pod that reported before it was ready is not asked again', async () => {
    const { poller } = setup();
    poller.follow(REGISTRY, [{ ...pod('one'), ready: false }]);
    await untilItWaits(registry, 2);
    poller.follow(REGISTRY, [pod('one')]);
    registry.nothingNew();
    await untilItWaits(registry, 3);
  });

  test.each<[string, (of: FakeRegistry) => PolledPod[], string[]]>([
    ['is gone', () => [], []],
    ['has another address', (of) => [pod('one', of)], ['one: 7']],
    ['was replaced by another of its name', (of) => [{ ...pod('one', of), uid: 'uid-new' }], ['one: 7']],
  ])('a pod that %s is no longer asked', async (_, next, expected) => {
    const other = await startRegistry();
    other.report({ serverCount: 7 });
    const { poller } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    poller.follow(REGISTRY, next(other));
    expect(known(poller)).toEqual([]);
    await waitFor(() => registry.open === 0, { message: 'the open question to end' });
    await untilKnown(poller, expected);
    expect(registry.questions).toHaveLength(2);
  });

  test('closing aborts open requests', async () => {
    const { poller } = setup();
    poller.follow(REGISTRY, [pod('one')]);
    await untilItWaits(registry, 2);
    poller.close();
    await waitFor(() => registry.open === 0, { message: 'the open question to end' });
    expect(known(poller)).toEqual([]);
    expect(registry.questions).toHaveLength(2);
  });

  test('closing ends pauses, and no request follows', async () => {
    registry.fail('status 500', 100);
    const { poller, held } = setup(directStatus(), true);
    poller.follow(REGISTRY, [pod('one')]);
    await waitFor(() => held.size === 1, { message: 'the pause after the failure' });
    poller.close();
    expect(held.size).toBe(0);
    await new Promise((resolve) => setImmediate(resolve));
    expect(registry.questions).toHaveLength(1);
  });
});
