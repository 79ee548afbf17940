import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { startApiServer } from '@toolhive-registry/testenv';
import type { ApiServer } from '@toolhive-registry/testenv';
import { fileURLToPath } from 'node:url';
import { loadKubeConfig } from '../client/access.ts';
import { KubeClient } from '../client/client.ts';
import { isNotFound } from '../client/errors.ts';
import { CONFIG_MAPS, SERVICE_ACCOUNTS } from '../client/kinds.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import { Manager } from '../manager/manager.ts';
import type { KubeObject } from '../objects.ts';
import { eventually } from '../testing/eventually.ts';
import type { ControllerBuilder } from './controller-builder.ts';
import type { DesiredObject, ReconcileRequest } from './request.ts';

const SHOPS: ResourceKind = { group: 'example.com', version: 'v1', plural: 'shops', kind: 'Shop', namespaced: true };
const namespace = 'default';
const FINALIZER = 'example.com/cleanup';

interface Shop extends KubeObject {
  spec: { size?: number; tags?: string[] };
}

let server: ApiServer;
let client: KubeClient;
let end: () => Promise<void> = () => Promise.resolve();

beforeAll(async () => {
  server = await startApiServer({ crds: [fileURLToPath(new URL('../testing/testdata/shops.yaml', import.meta.url))] });
  client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: server.kubeconfigPath }) });
}, 90_000);

afterEach(() => end());

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

/** Runs a controller of Shops until the test is over. */
function run(build: (builder: ControllerBuilder<Shop>) => unknown, logger: Logger = silentLogger()): void {
  const addresses = { healthAddress: '127.0.0.1:0', metricsAddress: '127.0.0.1:0' };
  const manager = new Manager({ client, fieldManager: 'shop-controller', logger, ...addresses });
  build(manager.controller<Shop>(SHOPS));
  const stop = new AbortController();
  const running = manager.run(stop.signal);
  end = async () => {
    stop.abort(new Error('the test is over'));
    await running;
  };
}

function createShop(name: string, spec: Shop['spec']): Promise<Shop> {
  return client.create<Shop>(SHOPS, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name, namespace }, spec });
}

async function exists(kind: ResourceKind, name: string): Promise<boolean> {
  return client.get(kind, { namespace, name }).then(
    () => true,
    (error: unknown) => {
      if (isNotFound(error)) return false;
      throw error;
    },
  );
}

const configMap = (name: string, data: object = {}): DesiredObject => ({ kind: CONFIG_MAPS, object: { metadata: { name }, data } });
/** A ConfigMap for each tag. */
const tagged = ({ object, apply }: ReconcileRequest<Shop>): Promise<unknown> =>
  apply((object.spec.tags ?? []).map((tag) => configMap(`${object.metadata.name}-${tag}`)));

test('what an object no longer wants is deleted; objects of others stay', async () => {
  run((builder) => builder.owns(CONFIG_MAPS).reconcile(async (request) => void (await tagged(request))));
  const shop = await createShop('prunes', { tags: ['a', 'b'] });
  await eventually(async () => expect(await exists(CONFIG_MAPS, 'prunes-b')).toBe(true));
  const { metadata } = await client.get(CONFIG_MAPS, { namespace, name: 'prunes-a' });
  expect(metadata.ownerReferences).toMatchObject([{ kind: 'Shop', name: 'prunes', uid: shop.metadata.uid, controller: true }]);
  const { ownerReferences = [] } = metadata;
  await client.create(CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'prunes-x', namespace, ownerReferences } });
  await client.patch(SHOPS, shop.metadata, { spec: { tags: ['a'] } });
  await eventually(async () => expect(await exists(CONFIG_MAPS, 'prunes-b')).toBe(false));
  expect([await exists(CONFIG_MAPS, 'prunes-a'), await exists(CONFIG_MAPS, 'prunes-x')]).toEqual([true, true]);
});

test('objects of other kinds are read from the stores, and their changes reconcile the objects they concern', async () => {
  run((builder) =>
    builder
      .owns(CONFIG_MAPS, { labelSelector: 'app=shop' })
      .watches<KubeObject>(SERVICE_ACCOUNTS, ({ metadata }) => [{ namespace, name: metadata.name }])
      .reconcile(async ({ object, get, status }) => {
        const account = get(SERVICE_ACCOUNTS, { namespace, name: object.metadata.name });
        await status({ phase: account === undefined ? 'Waiting' : 'Running' });
      }),
  );
  await createShop('waits', {});
  const phase = async (): Promise<unknown> =>
    (await client.get<Shop & { status?: { phase: string } }>(SHOPS, { namespace, name: 'waits' })).status?.phase;
  await eventually(async () => expect(await phase()).toBe('Waiting'));
  await client.create(SERVICE_ACCOUNTS, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'waits', namespace } });
  await eventually(async () => expect(await phase()).toBe('Running'));
});

test('a finalizer is added before the object is reconciled, and removed after the cleanup', async () => {
  const log: string[] = [];
  let ready = false;
  run((builder) =>
    builder
      .finalizes(FINALIZER, async ({ object }) => {
        log.push(`clean up ${object.metadata.name}`);
        return ready ? undefined : { requeueAfterMs: 1 };
      })
      .reconcile(async ({ object }) => void log.push(`${object.metadata.name} ${object.metadata.finalizers?.join(' ')}`)),
  );
  const shop = await createShop('cleans', {});
  await eventually(() => expect(log).toContain(`cleans ${FINALIZER}`));
  await client.delete(SHOPS, shop.metadata);
  await eventually(() => expect(log.filter((line) => line === 'clean up cleans').length).toBeGreaterThan(2));
  expect(await exists(SHOPS, 'cleans')).toBe(true);
  ready = true;
  await eventually(async () => expect(await exists(SHOPS, 'cleans')).toBe(false));
});

test('several failures of one apply are reported together, and the object is retried', async () => {
  const errors: string[] = [];
  const logger: Logger = { ...silentLogger(), error: (fields) => void errors.push(String((fields as { err: unknown }).err)) };
  const wrong = { 'not a key!': 'x' };
  run(
    (builder) =>
      builder.owns(CONFIG_MAPS).reconcile(async ({ object: { metadata }, apply }) => {
        if (metadata.name === 'fails') await apply([configMap('fails-1', wrong), configMap('fails-2', wrong), configMap('fails-3')]);
      }),
    logger,
  );
  await createShop('fails', {});
  await eventually(() => expect(errors.length).toBeGreaterThan(1));
  expect(errors[0]).toMatch(/2 objects could not be reconciled: ConfigMap default\/fails-1: .*; ConfigMap default\/fails-2: /s);
  expect(await exists(CONFIG_MAPS, 'fails-3')).toBe(true);
});

test.each<[string, (request: ReconcileRequest<Shop>) => Promise<unknown>, string]>([
  [
    'a second apply, which would delete what the first one made',
    async ({ apply }) => {
      await apply([]);
      await apply([]);
    },
    'apply was called twice',
  ],
  [
    'a kind that is not owned',
    async ({ apply }) => apply([{ ...configMap('x'), kind: SERVICE_ACCOUNTS }]),
    'serviceaccounts are desired but not watched',
  ],
  [
    'a look at a kind that is not followed',
    async ({ get }) => get(SERVICE_ACCOUNTS, { namespace, name: 'x' }),
    'serviceaccounts are not followed',
  ],
])('%s is an error', async (what, act, message) => {
  const errors: string[] = [];
  const logger: Logger = { ...silentLogger(), error: (fields) => void errors.push(String((fields as { err: unknown }).err)) };
  run((builder) => builder.owns(CONFIG_MAPS).reconcile(async (request) => void (await act(request))), logger);
  await createShop(`refused-${what.length}`, {});
  await eventually(() => expect(errors.join('\n')).toContain(message));
});

test('a manager that builds controllers needs a client and a field manager', () => {
  expect(() => new Manager({ logger: silentLogger() }).controller(SHOPS)).toThrow('needs a client and a fieldManager');
});

test('a controller that is added after the start is refused', async () => {
  let late: ControllerBuilder<Shop> | undefined;
  run((builder) => {
    builder.reconcile(() => Promise.resolve());
    late = builder;
  });
  expect(() => late?.reconcile(() => Promise.resolve())).toThrow('the manager is already running');
});
