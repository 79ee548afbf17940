import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startApiServer } from '@toolhive-registry/testenv';
import type { ApiServer } from '@toolhive-registry/testenv';
import { readFile } from 'node:fs/promises';
import { loadKubeConfig } from '../client/access.ts';
import { KubeClient } from '../client/client.ts';
import { isGone, isResourceVersionTooLarge } from '../client/errors.ts';
import { CONFIG_MAPS, CUSTOM_RESOURCE_DEFINITIONS, EVENTS, NAMESPACES } from '../client/kinds.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { EventRecorder } from '../events/recorder.ts';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import { eventually } from '../testing/eventually.ts';
import type { InformerOptions } from './informer.ts';
import { Informer } from './informer.ts';

const SHOPS: ResourceKind = { group: 'example.com', version: 'v1', plural: 'shops', kind: 'Shop', namespaced: true };

let server: ApiServer;
let client: KubeClient;
let stop: AbortController;
let running: Promise<void>[];
let namespace: string;
let tests = 0;

beforeAll(async () => {
  server = await startApiServer();
  client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: server.kubeconfigPath }) });
}, 90_000);

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

beforeEach(async () => {
  stop = new AbortController();
  running = [];
  namespace = `test-${++tests}`;
  await client.create(NAMESPACES, { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
});

afterEach(async () => {
  stop.abort(new Error('the test is over'));
  await Promise.all(running);
});

function start(options: Partial<InformerOptions<KubeObject>> = {}): { informer: Informer; log: string[] } {
  const informer = new Informer<KubeObject>({
    client,
    kind: CONFIG_MAPS,
    namespaces: [namespace],
    minBackoffMs: 50,
    logger: silentLogger(),
    ...options,
  });
  const log: string[] = [];
  informer.onEvent((event) => void log.push(`${event.type} ${event.object.metadata.name}`));
  running.push(informer.run(stop.signal));
  return { informer, log };
}

function configMap(name: string, data: Record<string, string> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data } as KubeObject;
}

test('a list of several pages is complete', async () => {
  const names = Array.from({ length: 1_050 }, (_, i) => `map-${String(i).padStart(4, '0')}`);
  for (let from = 0; from < names.length; from += 50) {
    await Promise.all(names.slice(from, from + 50).map((name) => client.create(CONFIG_MAPS, configMap(name))));
  }
  const { items, resourceVersion } = await client.list(CONFIG_MAPS, { namespace });
  expect(items.map(({ metadata }) => metadata.name)).toEqual(names);
  expect(Number(resourceVersion)).toBeGreaterThan(0);
  const { items: metadata } = await client.list(CONFIG_MAPS, { namespace, metadataOnly: true });
  expect(metadata).toHaveLength(1_050);
  expect(metadata[0]).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'map-0000' } });
  expect(metadata[0]).not.toHaveProperty('data');
}, 60_000);

test('follows adds, changes, deletes and a recreation', async () => {
  await client.create(CONFIG_MAPS, configMap('a'));
  const { informer, log } = start();
  await informer.waitForSync(stop.signal);
  const first = informer.store.get({ namespace, name: 'a' })?.metadata.uid;
  await client.patch(CONFIG_MAPS, { namespace, name: 'a' }, { data: { x: 'ü' } });
  await client.delete(CONFIG_MAPS, { namespace, name: 'a' });
  await client.create(CONFIG_MAPS, configMap('a'));
  await eventually(() => expect(log).toEqual(['add a', 'update a', 'delete a', 'add a']));
  expect(informer.store.get({ namespace, name: 'a' })?.metadata.uid).not.toBe(first);
});

test('survives an API server that stops and restarts without losing data', async () => {
  await client.create(CONFIG_MAPS, configMap('before'));
  const { informer, log } = start({ maxBackoffMs: 500 });
  await informer.waitForSync(stop.signal);
  await server.pause();
  await eventually(() => expect(informer.lastError).toBeDefined());
  expect(informer.store.size).toBe(1);
  await server.restart();
  await client.create(CONFIG_MAPS, configMap('after'));
  await eventually(() => expect(log).toEqual(['add before', 'add after']), 30_000);
  await eventually(() => expect(informer.lastError).toBeUndefined(), 30_000);
}, 60_000);

test('knows the answers of a real server to versions that are too old and too new', async () => {
  const watchFrom = async (resourceVersion: string): Promise<unknown> => {
    try {
      for await (const event of client.watch(CONFIG_MAPS, { resourceVersion, namespace, timeoutSeconds: 1, timeoutMs: 20_000 }))
        return event;
      return 'ended';
    } catch (error) {
      return error;
    }
  };
  expect(isGone(await watchFrom('1'))).toBe(true);
  const future = await client.list(CONFIG_MAPS, { namespace }).then(({ resourceVersion }) => String(Number(resourceVersion) + 1_000_000));
  const list = client.request({
    method: 'GET',
    path: `/api/v1/namespaces/${namespace}/configmaps`,
    query: { resourceVersion: future, resourceVersionMatch: 'NotOlderThan' },
    retry: false,
  });
  expect(isResourceVersionTooLarge(await list.catch((error: unknown) => error))).toBe(true);
}, 40_000);

test('an optional kind whose CRD is installed late and removed again', async () => {
  const { informer, log } = start({ kind: SHOPS, optional: true, optionalRetryMs: 100 });
  await informer.waitForSync(stop.signal);
  expect(informer.present).toBe(false);
  const crd = await readFile(new URL('../testing/testdata/shops.yaml', import.meta.url), 'utf8');
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/shops.example.com';
  await server.request('PATCH', `${path}?fieldManager=test`, crd, 'application/apply-patch+yaml');
  await eventually(() => expect(informer.present).toBe(true));
  await client.create(SHOPS, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 's', namespace } });
  await eventually(() => expect(log).toEqual(['add s']));
  await client.delete(CUSTOM_RESOURCE_DEFINITIONS, { name: 'shops.example.com' });
  await eventually(() => expect(log).toEqual(['add s', 'delete s']), 30_000);
  await eventually(() => expect(informer.present).toBe(false), 30_000);
}, 60_000);

test('the server takes events, and counts of them', async () => {
  const warnings: unknown[] = [];
  const logger: Logger = { ...silentLogger(), warn: (fields) => void warnings.push(fields) };
  const object = await client.create(CONFIG_MAPS, configMap('a'));
  const recorder = new EventRecorder({ client, controller: 'example.com/test', instance: 'here', logger });
  for (let i = 0; i < 3; i++) recorder.event(object, { type: 'Normal', reason: 'Tried', note: 'as one does' });
  recorder.event(await client.get(NAMESPACES, { name: namespace }), {
    type: 'Warning',
    reason: 'Seen',
    note: 'x'.repeat(3_000),
    action: 'Look',
  });
  await recorder.close(5_000);
  expect(warnings).toEqual([]);
  const { items } = await client.list(EVENTS, { namespace });
  expect(items).toHaveLength(1);
  expect(items[0]).toMatchObject({
    reason: 'Tried',
    series: { count: 3 },
    regarding: { kind: 'ConfigMap', name: 'a', uid: object.metadata.uid },
  });
  const { items: others } = await client.list(EVENTS, { namespace: 'default', fieldSelector: 'reason=Seen' });
  expect(others).toHaveLength(1);
});

test('a delete with the UID of a former object does nothing', async () => {
  const { metadata } = await client.create(CONFIG_MAPS, configMap('a'));
  await client.delete(CONFIG_MAPS, { namespace, name: 'a' }, { uid: metadata.uid ?? '' });
  await client.create(CONFIG_MAPS, configMap('a'));
  await expect(client.delete(CONFIG_MAPS, { namespace, name: 'a' }, { uid: metadata.uid ?? '' })).rejects.toMatchObject({ status: 409 });
  expect((await client.get(CONFIG_MAPS, { namespace, name: 'a' })).metadata.name).toBe('a');
});
