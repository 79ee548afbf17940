import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { ApiCall } from '../client/intercept.ts';
import { intercept } from '../client/intercept.ts';
import { KubeApiError, KubeConnectionError } from '../client/errors.ts';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import { eventually } from '../testing/eventually.ts';
import type { FakeApi, InitialEventsSupport } from '../testing/fake-api.ts';
import type { InformerOptions } from './informer.ts';
import type { Running } from './test-bench.ts';
import { InformerBench, keys } from './test-bench.ts';

const FORBIDDEN = new KubeApiError({ status: 403, reason: 'Forbidden', message: 'no permission', request: 'GET /configmaps' });

let bench: InformerBench;
let api: FakeApi;
/** Failures, by `VERB namespace`. */
let faults: Map<string, Error>;
/** Attempts that failed. */
let refusals: number;
/** `LEVEL message`, for levels above debug. */
let lines: string[];

beforeEach(() => open());

afterEach(() => bench.close());

async function open(initialEvents?: InitialEventsSupport): Promise<void> {
  bench = await InformerBench.open(initialEvents === undefined ? {} : { initialEvents });
  ({ api } = bench);
  faults = new Map();
  refusals = 0;
  lines = [];
}

/** Watches the namespaces `one` and `two`, and records changes of access. */
function start(options: Partial<InformerOptions<KubeObject>> = {}): Running & { readonly changes: string[] } {
  const client = intercept(bench.client, async ({ verb, namespace }: ApiCall, next) => {
    const error = faults.get(`${verb} ${namespace}`);
    if (error === undefined) return next();
    refusals += 1;
    throw error;
  });
  const note =
    (level: string) =>
    (_fields: object, message: string): void =>
      void lines.push(`${level} ${message}`);
  const logger: Logger = { ...silentLogger(), info: note('info'), warn: note('warn'), error: note('error') };
  const running = bench.start({ client, namespaces: ['one', 'two'], logger, ...options });
  const changes: string[] = [];
  running.informer.onAccessChange(
    (namespace) => void changes.push(`${namespace} ${running.informer.accessError(namespace) === undefined ? 'allowed' : 'refused'}`),
  );
  return { ...running, changes };
}

function refuse(verbs: readonly string[]): void {
  for (const verb of verbs) faults.set(`${verb} one`, FORBIDDEN);
}

const permissions: readonly { name: string; refused: readonly string[]; support: InitialEventsSupport }[] = [
  { name: 'neither listed nor watched', refused: ['list', 'watch'], support: 'refused' },
  { name: 'not listed, by a server that begins watches with all objects', refused: ['watch'], support: 'sent' },
];

test.each(permissions)('a namespace that may be $name does not affect the others', async ({ refused, support }) => {
  await bench.close();
  await open(support);
  api.put('a', { namespace: 'one' });
  api.put('b', { namespace: 'two' });
  refuse(refused);
  const { informer, changes } = start();
  await informer.waitForSync(bench.stop.signal);
  await eventually(() => expect(keys(informer)).toEqual(['two/b']));
  expect(informer.accessError('one')).toBe(FORBIDDEN);
  expect([informer.accessError('two'), informer.lastError, informer.behindSince]).toEqual([undefined, undefined, undefined]);
  await eventually(() => expect(refusals).toBeGreaterThan(5));
  expect(changes).toEqual(['one refused']);
  faults.clear();
  await bench.inStep(informer);
  await eventually(() => expect(changes).toEqual(['one refused', 'one allowed']));
  expect(informer.accessError('one')).toBeUndefined();
  expect(lines).toEqual([
    'warn a namespace is forbidden; the others are followed, and it is tried again',
    'info a namespace is no longer forbidden',
  ]);
});

test('a revoked permission leaves what was known', async () => {
  api.put('a', { namespace: 'one' });
  const { informer, log, changes } = start();
  await eventually(() => expect(api.openWatches).toBe(2));
  refuse(['list', 'watch']);
  api.closeWatches();
  await eventually(() => expect(changes).toEqual(['one refused']));
  expect([informer.hasSynced, keys(informer), log]).toEqual([true, ['one/a'], ['add a']]);
  api.remove('a', { namespace: 'one' });
  faults.clear();
  await eventually(() => expect(log).toEqual(['add a', 'delete a']));
  await eventually(() => expect(changes).toEqual(['one refused', 'one allowed']));
});

test('a list alone ends no refusal: a namespace that may not be watched stays forbidden', async () => {
  api.put('a', { namespace: 'one' });
  // From a server that does not begin watches with all objects; one that does is never asked for a list.
  api.fail('watch', { status: 403, reason: 'Forbidden' }, 1_000_000);
  const { informer, changes } = start({ namespaces: ['one'] });
  await eventually(() => expect(informer.stats.lists).toBeGreaterThan(4));
  expect([changes, keys(informer)]).toEqual([['one refused'], ['one/a']]);
  expect(informer.accessError('one')).toBeInstanceOf(KubeApiError);
});

test('an outage in between ends no refusal', async () => {
  refuse(['list', 'watch']);
  const { informer, changes } = start();
  await informer.waitForSync(bench.stop.signal);
  const outage = new KubeConnectionError('nobody answers');
  faults.set('list one', outage).set('watch one', outage);
  await eventually(() => expect(informer.lastError).toBe(outage));
  expect(informer.accessError('one')).toBe(FORBIDDEN);
  refuse(['list', 'watch']);
  await eventually(() => expect([informer.lastError, informer.behindSince]).toEqual([undefined, undefined]));
  expect(changes).toEqual(['one refused']);
});

test('without cluster-wide permission nothing is synced', async () => {
  faults.set('list undefined', FORBIDDEN).set('watch undefined', FORBIDDEN);
  const { informer, changes } = start({ namespaces: [] });
  await eventually(() => expect(refusals).toBeGreaterThan(5));
  expect([informer.hasSynced, informer.lastError, informer.accessError(''), changes]).toEqual([false, FORBIDDEN, undefined, []]);
});

test('for a dispensable kind nothing waits for cluster-wide permission', async () => {
  faults.set('list undefined', FORBIDDEN).set('watch undefined', FORBIDDEN);
  const { informer, changes } = start({ namespaces: [], tolerateForbidden: true });
  await eventually(() => expect(informer.hasSynced).toBe(true));
  expect([informer.lastError, informer.accessError(''), informer.accessError('one'), changes]).toEqual([
    undefined,
    FORBIDDEN,
    FORBIDDEN,
    [' refused'],
  ]);
  faults.clear();
  await eventually(() => expect(changes).toEqual([' refused', ' allowed']));
  expect(lines).toEqual([
    'warn the kind is forbidden; everything else works, and it is tried again',
    'info the kind is no longer forbidden',
  ]);
});

test('a gate that is refused proves nothing about a namespace', async () => {
  const { informer, changes } = start({ optional: true, gate: () => Promise.reject(FORBIDDEN) });
  await eventually(() => expect(informer.stats.errors).toBeGreaterThan(4));
  expect([informer.hasSynced, informer.lastError, changes]).toEqual([false, FORBIDDEN, []]);
});

test('a listener that throws harms nobody, and a removed one hears nothing', async () => {
  refuse(['list', 'watch']);
  const { informer, changes } = start();
  const heard: string[] = [];
  informer.onAccessChange((namespace) => void heard.push(namespace))();
  informer.onAccessChange(() => {
    throw new Error('thrown');
  });
  informer.onAccessChange((namespace) => void heard.push(`after ${namespace}`));
  await eventually(() => expect(heard).toEqual(['after one']));
  expect(changes).toEqual(['one refused']);
  expect(lines).toContain('error a listener failed');
});
