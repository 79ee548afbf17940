import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually } from '../testing/eventually.ts';
import { FakeApi } from '../testing/fake-api.ts';
import type { ClusterAccess } from './access.ts';
import { KubeClient } from './client.ts';
import { isConflict, isForbidden, isGone, isNotFound, KubeApiError, KubeConnectionError, KubeDecodeError } from './errors.ts';
import { CONFIG_MAPS } from './kinds.ts';

let api: FakeApi;
let client: KubeClient;
const ref = { namespace: 'default', name: 'a' };

beforeEach(async () => {
  api = await FakeApi.start({ tls: true });
  client = new KubeClient({ access: api.access, random: () => 0.5 });
  api.put('a');
});

afterEach(async () => {
  await client.close();
  await api.down();
});

test('3,000 requests one after another use at most two TLS connections', async () => {
  const fast = new KubeClient({ access: api.access, qps: 1e6, burst: 1e6 });
  for (let i = 0; i < 3_000; i++) await fast.get(CONFIG_MAPS, ref);
  expect(api.connections).toBeLessThanOrEqual(2);
  expect(api.seen).toHaveLength(3_000);
  await fast.close();
});

test('a certificate that the CA did not sign is refused, unless the kubeconfig allows it', async () => {
  const access = (verify: boolean): ClusterAccess => ({ ...api.access, credentials: () => Promise.resolve({ headers: {}, verify }) });
  const strict = new KubeClient({ access: access(true) });
  await expect(strict.get(CONFIG_MAPS, ref, { retry: false })).rejects.toThrow(/self-signed/);
  await strict.close();
  const trusting = new KubeClient({ access: access(false) });
  expect((await trusting.get(CONFIG_MAPS, ref)).metadata.name).toBe('a');
  await trusting.close();
});

test('sends what it is given: method, content type, manager, unknown fields', async () => {
  const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: ref, futureField: { deep: [1] } };
  await client.apply(CONFIG_MAPS, object, { fieldManager: 'me', subresource: 'status', dryRun: true });
  const seen = api.seen.at(-1);
  expect(seen).toMatchObject({ method: 'PATCH', path: '/api/v1/namespaces/default/configmaps/a/status' });
  expect(seen?.headers['content-type']).toBe('application/apply-patch+yaml');
  expect(Object.fromEntries(seen?.query ?? [])).toEqual({ fieldManager: 'me', force: 'true', dryRun: 'All' });
  expect(JSON.parse(seen?.body ?? '')).toEqual(object);

  await client.delete(CONFIG_MAPS, ref, { uid: '1' });
  expect(JSON.parse(api.seen.at(-1)?.body ?? '')).toMatchObject({ propagationPolicy: 'Background', preconditions: { uid: '1' } });
  expect(JSON.parse(api.seen.at(-1)?.body ?? '')).not.toHaveProperty('dryRun');
  await client.delete(CONFIG_MAPS, ref, { dryRun: true });
  expect(JSON.parse(api.seen.at(-1)?.body ?? '')).toMatchObject({ kind: 'DeleteOptions', dryRun: ['All'] });
  await client.patch(CONFIG_MAPS, ref, { data: { x: null } }, { fieldManager: 'me' });
  expect(api.seen.at(-1)?.headers['content-type']).toBe('application/merge-patch+json');
  expect(api.seen.at(-1)?.body).toBe('{"data":{"x":null}}');
});

test.each([
  { status: 404, reason: 'NotFound', is: isNotFound },
  { status: 409, reason: 'Conflict', is: isConflict },
  { status: 403, reason: 'Forbidden', is: isForbidden },
  { status: 410, reason: 'Expired', is: isGone },
])('an answer $status becomes an error that says so', async ({ status, reason, is }) => {
  api.fail('other', { status, reason, message: 'configmaps "a" cannot be had' });
  const error = await client.get(CONFIG_MAPS, ref).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(KubeApiError);
  expect(error).toMatchObject({ status, reason });
  expect(String(error)).toContain('GET /api/v1/namespaces/default/configmaps/a: configmaps "a" cannot be had');
  expect([isNotFound, isConflict, isForbidden, isGone].filter((test) => test(error))).toEqual([is]);
});

test('an error body that is not a Status is quoted', async () => {
  api.fail('other', { status: 404, body: '404 page not found\n' });
  await expect(client.get(CONFIG_MAPS, ref)).rejects.toThrow('404 page not found');
  api.fail('other', { status: 200, body: '<html>' });
  await expect(client.get(CONFIG_MAPS, ref)).rejects.toBeInstanceOf(KubeDecodeError);
});

const requests = {
  GET: () => client.get(CONFIG_MAPS, ref),
  PATCH: () => client.patch(CONFIG_MAPS, ref, {}),
} as const;

test.each([
  { method: 'GET', fault: { status: 503 }, repeated: true },
  { method: 'GET', fault: 'reset', repeated: true },
  { method: 'GET', fault: { status: 404 }, repeated: false },
  { method: 'PATCH', fault: { status: 429, headers: { 'retry-after': '0' } }, repeated: true },
  { method: 'PATCH', fault: { status: 503 }, repeated: false },
  { method: 'PATCH', fault: 'reset', repeated: false },
] as const)('$method after $fault: repeated $repeated', async ({ method, fault, repeated }) => {
  api.fail('other', fault, 1);
  const failed = await requests[method]().then(
    () => false,
    () => true,
  );
  expect(failed).toBe(!repeated);
  expect(api.seen).toHaveLength(repeated ? 2 : 1);
});

test('retries are bounded, and a Retry-After is honored', async () => {
  api.fail('other', { status: 500 }, 100);
  await expect(client.get(CONFIG_MAPS, ref)).rejects.toMatchObject({ status: 500 });
  expect(api.seen).toHaveLength(4);
  api.heal();
  api.fail('other', { status: 429, headers: { 'retry-after': '1' } }, 1);
  const began = performance.now();
  await client.get(CONFIG_MAPS, ref);
  expect(performance.now() - began).toBeGreaterThanOrEqual(1_000);
  api.fail('other', { status: 429, headers: { 'retry-after': '3600' } }, 1);
  await expect(client.get(CONFIG_MAPS, ref)).rejects.toMatchObject({ status: 429, retryAfterSeconds: 3_600 });
});

test('an unreachable server causes an error that names it, with the reason as its cause', async () => {
  await api.down();
  const error = await client.patch(CONFIG_MAPS, ref, {}).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(KubeConnectionError);
  expect(error).toMatchObject({ neverSent: true, cause: { code: 'ECONNREFUSED' } });
  expect(String(error)).toContain(client.server);
});

test('a request that is not answered ends at its timeout, or when it is aborted', async () => {
  api.fail('other', 'hang', 2);
  await expect(client.get(CONFIG_MAPS, ref, { timeoutMs: 50, retry: false })).rejects.toThrow('no complete answer within 50 ms');
  const stop = new AbortController();
  const hanging = client.get(CONFIG_MAPS, ref, { signal: stop.signal });
  await eventually(() => expect(api.seen).toHaveLength(2));
  stop.abort(new Error('enough'));
  await expect(hanging).rejects.toThrow('enough');
});

test.each<[what: string, fault: Parameters<FakeApi['fail']>[1], options: { readonly timeoutMs: number; readonly totalTimeoutMs: number }]>([
  ['is not answered', 'hang', { timeoutMs: 50, totalTimeoutMs: 50 }],
  ['fails, and would be repeated too late', { status: 500 }, { timeoutMs: 30_000, totalTimeoutMs: 1 }],
])('a request that %s ends with its total timeout', async (_, fault, options) => {
  api.fail('other', fault, 100);
  await using limited = new KubeClient({ access: api.access, random: () => 0.5, ...options });
  await expect(limited.get(CONFIG_MAPS, ref)).rejects.toThrow(KubeConnectionError);
  expect(api.seen.length).toBeLessThanOrEqual(1);
});

test('leaving a watch early closes its stream', async () => {
  for await (const event of client.watch(CONFIG_MAPS, { resourceVersion: '0' })) {
    expect(event).toMatchObject({ type: 'ADDED', object: { kind: 'ConfigMap', metadata: { name: 'a' } } });
    break;
  }
  await eventually(() => expect(api.openWatches).toBe(0));
});

test('credentials are read once a minute, and at once after a 401', async () => {
  let now = 0;
  let reads = 0;
  const access: ClusterAccess = {
    ...api.access,
    credentials: async () => ({ ...(await api.access.credentials()), headers: { authorization: `Bearer token-${++reads}` } }),
  };
  const clock = { monotonic: () => 0, now: () => now, after: () => () => undefined };
  const rotating = new KubeClient({ access, clock });
  const sent = (): unknown[] => api.seen.map(({ headers }) => headers.authorization);
  await rotating.get(CONFIG_MAPS, ref);
  now = 59_000;
  await rotating.get(CONFIG_MAPS, ref);
  now = 61_000;
  await rotating.get(CONFIG_MAPS, ref);
  expect(sent()).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  api.fail('other', { status: 401, reason: 'Unauthorized' }, 1);
  await rotating.get(CONFIG_MAPS, ref);
  expect(sent().slice(3)).toEqual(['Bearer token-2', 'Bearer token-3']);
  await rotating.close();
});

test('each answer is counted with code and method', async () => {
  const seen: string[] = [];
  const counting = new KubeClient({ access: api.access, observe: ({ method, code }) => void seen.push(`${method} ${code}`) });
  api.fail('other', { status: 503 });
  await counting.get(CONFIG_MAPS, ref);
  await api.down();
  await counting.patch(CONFIG_MAPS, ref, {}, { retry: false }).catch(() => undefined);
  expect(seen).toEqual(['GET 503', 'GET 200', 'PATCH <error>']);
  await counting.close();
});
