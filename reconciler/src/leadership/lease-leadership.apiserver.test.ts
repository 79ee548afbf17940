import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startApiServer } from '@toolhive-registry/testenv';
import type { ApiServer } from '@toolhive-registry/testenv';
import { loadKubeConfig } from '../client/access.ts';
import type { ApiClient } from '../client/api-client.ts';
import { KubeClient } from '../client/client.ts';
import { intercept } from '../client/intercept.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { Clock } from '../clock.ts';
import { systemClock } from '../clock.ts';
import { silentLogger } from '../logger.ts';
import type { Logger } from '../logger.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeApi } from '../testing/fake-api.ts';
import { guardWrites } from './guard.ts';
import type { Lease } from './lease.ts';
import { LEASES } from './lease.ts';
import type { LeaseLeadershipOptions } from './lease-leadership.ts';
import { LeaseLeadership } from './lease-leadership.ts';

let server: ApiServer;
let client: KubeClient;
let tests = 0;
let name: string;
const started: LeaseLeadership[] = [];
const stop = new AbortController();

beforeAll(async () => {
  server = await startApiServer();
  client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: server.kubeconfigPath }) });
}, 90_000);

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

beforeEach(() => {
  // A separate Lease for each test.
  name = `lease-${(tests += 1)}`;
});

afterEach(async () => {
  for (const leadership of started.splice(0)) await leadership.release();
});

/** As in a cluster, for a busy machine, except for the retry period. To let time pass a test moves the clock. */
function candidate(identity: string, options: Partial<LeaseLeadershipOptions> = {}): LeaseLeadership {
  const leadership = new LeaseLeadership({
    client,
    leases: [{ namespace: 'default', name }],
    identity,
    retryPeriodMs: 100,
    logger: silentLogger(),
    ...options,
  });
  started.push(leadership);
  return leadership;
}

/** Starts trying; the result is read from the leadership. */
function tryFor(leadership: LeaseLeadership): void {
  leadership.acquire(stop.signal).catch(() => undefined);
}

function lease(of = name, namespace = 'default'): Promise<Lease> {
  return client.get<Lease>(LEASES, { namespace, name: of });
}

test('the first one leads and renews; the second one waits, and takes over at once when the Lease is released', async () => {
  const [first, second] = [candidate('first'), candidate('second')];
  await first.acquire(stop.signal);
  tryFor(second);
  const { spec } = await lease();
  expect(spec).toMatchObject({ holderIdentity: 'first', leaseDurationSeconds: 15, leaseTransitions: 0 });
  await eventually(async () => expect((await lease()).spec?.renewTime).not.toBe(spec?.renewTime));
  expect((await lease()).spec?.acquireTime).toBe(spec?.acquireTime);
  expect([first.leads('any'), second.leads('any')]).toEqual([true, false]);

  await first.release();
  expect(first.leads('any')).toBe(false);
  await eventually(() => expect(second.leads('any')).toBe(true));
  expect((await lease()).spec).toMatchObject({ holderIdentity: 'second', leaseTransitions: 1 });
});

test("a dead leader is replaced when its Lease has expired by the waiting process's clock", async () => {
  // The dead one's clock was an hour ahead: what it wrote must not matter.
  const ahead = new Date(Date.now() + 3_600_000).toISOString().replace('Z', '000Z');
  await client.create<Lease>(LEASES, {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name, namespace: 'default' },
    spec: { holderIdentity: 'dead', leaseDurationSeconds: 3_600, acquireTime: ahead, renewTime: ahead, leaseTransitions: 7 },
  });
  let passed = 0;
  const clock: Clock = { ...systemClock(), monotonic: () => performance.now() + passed };
  let looks = 0;
  const counting = intercept(client, (call, next) => {
    looks += call.verb === 'get' ? 1 : 0;
    return next();
  });
  const second = candidate('second', { clock, client: counting });
  tryFor(second);
  await eventually(() => expect(second.holders).toEqual(['dead']));
  passed = 1_000;
  const seen = looks;
  await eventually(() => expect(looks).toBeGreaterThan(seen + 2));
  expect(second.leads('any')).toBe(false);
  passed = 3_600_000;
  await eventually(() => expect(second.leads('any')).toBe(true));
  expect((await lease()).spec).toMatchObject({ holderIdentity: 'second', leaseTransitions: 8 });
});

test('a leader that cannot renew stops before the Lease expires, says why, and leads again when it can', async () => {
  let isCut = false;
  const cut = intercept(client, (call, next) => (isCut && call.kind === LEASES ? Promise.reject(new Error('the cable is out')) : next()));
  const warnings: string[] = [];
  const logger: Logger = {
    ...silentLogger(),
    warn: (fields, message) => void warnings.push(`${message}: ${(fields as { err: Error }).err.message}`),
  };
  let passed = 0;
  const clock: Clock = { ...systemClock(), monotonic: () => performance.now() + passed };
  const leadership = candidate('first', { client: cut, clock, logger });
  const changes: string[] = [];
  leadership.onChange((change) => void changes.push(change));
  await leadership.acquire(stop.signal);
  isCut = true;
  await eventually(() => expect(warnings).toHaveLength(1));
  passed = 10_000;
  await eventually(() => expect(changes).toEqual(['gained', 'lost']));
  expect(leadership.leads('any')).toBe(false);
  expect(() => leadership.check()).toThrow('the cable is out');
  expect(warnings).toEqual([
    'failed to acquire or renew the lease; retrying: the cable is out',
    `the lease was lost; standing by: Lease default/${name} was lost: it could not be renewed in time`,
  ]);
  expect((await lease()).spec?.holderIdentity).toBe('first');
  isCut = false;
  await eventually(() => expect(changes).toEqual(['gained', 'lost', 'gained']));
  expect(leadership.leads('any')).toBe(true);
});

test('a process that was paused past its deadline writes nothing, even before it notices, and is notified when it leads again', async () => {
  let passed = 0;
  const clock: Clock = { ...systemClock(), monotonic: () => performance.now() + passed };
  const leadership = candidate('first', { clock, retryPeriodMs: 3_000 });
  await leadership.acquire(stop.signal);
  const changes: string[] = [];
  leadership.onChange((change) => void changes.push(change));
  const guarded = guardWrites(client, leadership);
  const create = (called: string): Promise<unknown> =>
    guarded.create(CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `${name}-${called}`, namespace: 'default' } });
  await create('one');
  passed = 60_000;
  await expect(create('two')).rejects.toThrow(`create configmaps default/${name}-two: not sent: this process does not hold the lease`);
  await expect(guarded.get(CONFIG_MAPS, { namespace: 'default', name: `${name}-two` })).rejects.toMatchObject({ status: 404 });
  await eventually(() => expect(changes).toEqual(['lost', 'gained']));
  await create('two');
});

test('a Lease that somebody else takes is lost', async () => {
  const leadership = candidate('first');
  const changes: string[] = [];
  await leadership.acquire(stop.signal);
  leadership.onChange((change) => void changes.push(change));
  await client.patch(LEASES, { namespace: 'default', name }, { spec: { holderIdentity: 'thief' } });
  await eventually(() => expect(changes).toEqual(['lost']));
  expect(leadership.holders).toEqual(['thief']);
});

test('a deleted Lease is recreated', async () => {
  const first = candidate('first');
  const changes: string[] = [];
  await first.acquire(stop.signal);
  first.onChange((change) => void changes.push(change));
  await client.delete(LEASES, { namespace: 'default', name });
  await eventually(async () => expect((await lease()).spec?.holderIdentity).toBe('first'));
  expect([changes, first.leads('any')]).toEqual([[], true]);
});

test('of many concurrent candidates exactly one leads', async () => {
  const all = Array.from({ length: 10 }, (_, index) => candidate(`candidate-${index}`));
  for (const one of all) tryFor(one);
  await eventually(() => expect(all.filter((one) => one.leads('any'))).toHaveLength(1));
  await eventually(() => expect(all.every(({ holders }) => holders[0] !== '')).toBe(true));
  expect(all.filter((one) => one.leads('any'))).toHaveLength(1);
});

test('with a Lease for each namespace, each is led by its holder', async () => {
  for (const namespace of ['one', 'two', 'three'])
    await client.create(
      { ...CONFIG_MAPS, plural: 'namespaces', kind: 'Namespace', namespaced: false },
      {
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name: namespace },
      },
    );
  const leases = (...namespaces: string[]): Pick<LeaseLeadershipOptions, 'leases'> => ({
    leases: namespaces.map((namespace) => ({ namespace, name, forNamespace: namespace })),
  });
  const where = (leadership: LeaseLeadership): string[] => ['one', 'two', 'three'].filter((namespace) => leadership.leads(namespace));
  const first = candidate('first', leases('one', 'two'));
  await first.acquire(stop.signal);
  await eventually(() => expect(where(first)).toEqual(['one', 'two']));
  const second = candidate('second', leases('two', 'three'));
  let gained = 0;
  second.onChange(() => (gained += 1));
  await second.acquire(stop.signal);
  expect([where(first), where(second), gained]).toEqual([['one', 'two'], ['three'], 1]);
  await first.release();
  await eventually(() => expect(where(second)).toEqual(['two', 'three']));
  expect(gained).toBe(2);
});

describe('reporting', () => {
  function recording(lines: string[]): Logger {
    const note =
      (level: string) =>
      (fields: object, message: string): void =>
        void lines.push(`${level} ${message} ${(fields as { holder?: string }).holder ?? ''}`.trimEnd());
    return { debug: note('debug'), info: note('info'), warn: note('warn'), error: note('error') };
  }

  test('a holder of another installation causes a warning, one of our own does not', async () => {
    const ours = { annotations: { 'example.com/installation': 'here/shops' } };
    await candidate('first', ours).acquire(stop.signal);
    const [own, foreign]: [string[], string[]] = [[], []];
    tryFor(candidate('second', { ...ours, logger: recording(own) }));
    tryFor(candidate('third', { annotations: { 'example.com/installation': 'there/shops' }, logger: recording(foreign) }));
    await eventually(() => expect(own).toEqual(['info another process holds the lease; standing by first']));
    await eventually(() => expect(foreign).toEqual(['warn another installation holds the lease; this one stands by first']));
    expect((await lease()).metadata.annotations).toEqual(ours.annotations);
  });

  test('a process that may not read the Lease is not ready, and logs it once', async () => {
    const lines: string[] = [];
    const refusing: ApiClient = intercept(client, () => Promise.reject(new Error('leases is forbidden')));
    let attempts = 0;
    const counting = intercept(refusing, (_call, next) => {
      attempts += 1;
      return next();
    });
    const leadership = candidate('first', { client: counting, logger: recording(lines) });
    expect(() => leadership.check()).not.toThrow();
    tryFor(leadership);
    await eventually(() => expect(attempts).toBeGreaterThan(3));
    expect(() => leadership.check()).toThrow('leases is forbidden');
    expect(lines).toEqual(['warn failed to acquire or renew the lease; retrying']);
  });

  test('metrics follow', async () => {
    const seen: string[] = [];
    const leadership = candidate('first', { observe: (which, is) => void seen.push(`${which} ${is}`) });
    await leadership.acquire(stop.signal);
    await leadership.release();
    expect(seen).toEqual([`default/${name} false`, `default/${name} true`, `default/${name} false`]);
  });
});

test.each([
  [{ renewDeadlineMs: 15_000 }, 'leaseDurationMs'],
  [{ retryPeriodMs: 10_000 }, 'renewDeadlineMs'],
  [
    {
      leases: [
        { namespace: 'a', name: 'b' },
        { namespace: 'a', name: 'b', forNamespace: 'c' },
      ],
    },
    'named twice',
  ],
  [{ leases: [] }, 'at least one Lease'],
])('times and Leases that cannot work are refused: %j', (options, message) => {
  expect(() => candidate('x', options)).toThrow(message);
});

test('a renewal answered too late counts as a loss and a gain: skipped work is reconciled', async () => {
  let passed = 0;
  const clock: Clock = { ...systemClock(), monotonic: () => performance.now() + passed };
  let isSlow = false;
  const slow = intercept(client, async (call, next) => {
    const answer = await next();
    // The answer takes longer than the time for renewing.
    if (isSlow && call.verb === 'patch') passed += 10_000;
    isSlow &&= call.verb !== 'patch';
    return answer;
  });
  const leadership = candidate('first', { client: slow, clock });
  await leadership.acquire(stop.signal);
  const changes: string[] = [];
  leadership.onChange((change) => void changes.push(change));
  isSlow = true;
  await eventually(() => expect(changes.slice(0, 2)).toEqual(['lost', 'gained']));
  await eventually(() => expect(leadership.leads('any')).toBe(true));
});

test('a write waiting for its retry is not sent once the Lease is lost', async () => {
  let isLeading = true;
  const leadership = Object.assign(candidate('first'), { leads: () => isLeading });
  const api = await FakeApi.start();
  try {
    await using faulty = new KubeClient({ access: api.access });
    api.fail('other', { status: 429 });
    const write = guardWrites(faulty, leadership).patch(CONFIG_MAPS, { namespace: 'default', name: 'a' }, {});
    await eventually(() => expect(api.seen).toHaveLength(1));
    isLeading = false;
    await expect(write).rejects.toThrow('this process does not hold the lease');
    expect(api.seen).toHaveLength(1);
  } finally {
    await api.down();
  }
});

test('with Leases for namespaces nobody leads for cluster-wide objects', async () => {
  const leadership = candidate('first', { leases: [{ namespace: 'default', name, forNamespace: 'default' }] });
  await leadership.acquire(stop.signal);
  expect([leadership.leads('default'), leadership.leads('')]).toEqual([true, false]);
});

test('a listener that throws harms nobody', async () => {
  const errors: string[] = [];
  const leadership = candidate('first', {
    observe: (_lease, isLeading) => {
      if (isLeading) throw new Error('no');
    },
    logger: { ...silentLogger(), error: (_fields, message) => void errors.push(message) },
  });
  await leadership.acquire(stop.signal);
  await eventually(() => expect(errors).toEqual(['a listener failed']));
  expect(leadership.leads('any')).toBe(true);
});
