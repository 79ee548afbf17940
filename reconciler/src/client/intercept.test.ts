import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Informer } from '../informer/informer.ts';
import { silentLogger } from '../logger.ts';
import { eventually } from '../testing/eventually.ts';
import { FakeApi } from '../testing/fake-api.ts';
import type { ApiClient } from './api-client.ts';
import { KubeClient } from './client.ts';
import type { ApiCall } from './intercept.ts';
import { intercept } from './intercept.ts';
import { CONFIG_MAPS } from './kinds.ts';

let api: FakeApi;
let client: KubeClient;

beforeEach(async () => {
  api = await FakeApi.start();
  client = new KubeClient({ access: api.access });
});

afterEach(async () => {
  await client.close();
  await api.down();
});

const ref = { namespace: 'default', name: 'a' };
const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: ref };
const about = { kind: CONFIG_MAPS, ...ref };

test.each<[string, (through: ApiClient) => Promise<unknown>, ApiCall]>([
  ['get', (through) => through.get(CONFIG_MAPS, ref), { verb: 'get', ...about }],
  ['list', (through) => through.list(CONFIG_MAPS, { namespace: 'n' }), { verb: 'list', kind: CONFIG_MAPS, namespace: 'n' }],
  ['create', (through) => through.create(CONFIG_MAPS, object), { verb: 'create', ...about }],
  ['apply', (through) => through.apply(CONFIG_MAPS, object, { fieldManager: 'me' }), { verb: 'apply', ...about }],
  [
    'apply of a status',
    (through) => through.apply(CONFIG_MAPS, object, { fieldManager: 'me', subresource: 'status' }),
    { verb: 'apply', ...about, subresource: 'status' },
  ],
  ['patch', (through) => through.patch(CONFIG_MAPS, ref, {}), { verb: 'patch', ...about }],
  ['delete', (through) => through.delete(CONFIG_MAPS, ref), { verb: 'delete', ...about }],
  ['request', (through) => through.request({ method: 'GET', path: '/version' }), { verb: 'request' }],
  ['requestText', (through) => through.requestText({ method: 'GET', path: '/readyz' }), { verb: 'request' }],
])('%s passes through with the same answer', async (_, call, expected) => {
  api.put('a');
  const seen: ApiCall[] = [];
  const through = intercept(client, (what, next) => {
    seen.push(what);
    return next();
  });
  expect(await call(through)).toEqual(await call(client));
  expect(seen).toEqual([expected]);
});

test('a call can be made to fail', async () => {
  const through = intercept(client, () => Promise.reject(new Error('not today')));
  await expect(through.get(CONFIG_MAPS, ref)).rejects.toThrow('not today');
  expect(api.seen).toEqual([]);
});

test('an informer recovers from watches that fail on their way, and goes on through the interceptor', async () => {
  let failures = 2;
  const verbs: string[] = [];
  const through = intercept(client, async ({ verb }, next) => {
    verbs.push(verb);
    // This server refuses the first watch, since it cannot begin one with all objects.
    if (verbs.length > 1 && verb === 'watch' && failures-- > 0) throw new Error('cut');
    return next();
  });
  const informer = new Informer({ client: through, kind: CONFIG_MAPS, minBackoffMs: 1, logger: silentLogger() });
  const stop = new AbortController();
  const running = informer.run(stop.signal);
  await eventually(() => expect(api.openWatches).toBe(1));
  api.put('a');
  await eventually(() => expect(informer.store.size).toBe(1));
  expect(verbs).toEqual(['watch', 'list', 'watch', 'watch', 'watch']);
  stop.abort(new Error('enough'));
  await running;
});
