import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startApiServer } from '@toolhive-registry/testenv';
import type { ApiServer } from '@toolhive-registry/testenv';
import { fileURLToPath } from 'node:url';
import { loadKubeConfig } from '../client/access.ts';
import { KubeClient } from '../client/client.ts';
import { CONFIG_MAPS, DEPLOYMENTS, SERVICES } from '../client/kinds.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { Applier } from './applier.ts';
import { needsApply } from './needs-apply.ts';
import { NotOurs, ownedBy } from './ownership.ts';

const SHOPS: ResourceKind = { group: 'example.com', version: 'v1', plural: 'shops', kind: 'Shop', namespaced: true };
const namespace = 'default';

let server: ApiServer;
let client: KubeClient;
let applier: Applier;
/** Kinds that were written since the test began. */
let writes: string[];

beforeAll(async () => {
  server = await startApiServer({ crds: [fileURLToPath(new URL('../testing/testdata/shops.yaml', import.meta.url))] });
  client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: server.kubeconfigPath }) });
}, 90_000);

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

beforeEach(() => {
  writes = [];
  applier = newApplier();
});

function newApplier(): Applier {
  return new Applier(client, 'me', {
    observe: (kind, decision) => void writes.push(`${kind.kind} ${decision.needed ? decision.reason : ''}`),
  });
}

type Json = KubeObject & { spec: Record<string, unknown>; data?: Record<string, string>; status?: Record<string, unknown> };

function get(kind: ResourceKind, name: string): Promise<Json> {
  return client.get<Json>(kind, { namespace, name });
}

/** Applies the desired object to the server's current one, as a reconcile with a fresh store does. Returns whether it wrote. */
async function reconcile(kind: ResourceKind, desired: KubeObject): Promise<boolean> {
  const live = await get(kind, desired.metadata.name).catch(() => undefined);
  return (await applier.applyIfNeeded(kind, desired as Json, live)).written;
}

function deployment(name: string, resources: object = {}, more: object = {}): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace, labels: { app: name }, annotations: { 'example.com/note': 'x' } },
    spec: {
      selector: { matchLabels: { app: name } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0, maxSurge: '25%' } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          volumes: [
            { name: 'data', emptyDir: {} },
            { name: 'config', projected: { sources: [{ configMap: { name: 'c', optional: true } }] } },
          ],
          containers: [
            {
              name: 'main',
              image: 'main:1',
              args: ['--a', '--b'],
              ports: [{ name: 'http', containerPort: 8080 }],
              env: [
                { name: 'B', value: '1' },
                { name: 'A', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } },
              ],
              readinessProbe: { httpGet: { path: '/readiness', port: 'http' } },
              volumeMounts: [{ name: 'data', mountPath: '/data' }],
              resources,
              ...more,
            },
          ],
        },
      },
    },
  } as KubeObject;
}

test('no write in steady state, for everything that the server defaults', async () => {
  const wanted: [ResourceKind, KubeObject][] = [
    [DEPLOYMENTS, deployment('steady', { requests: { cpu: '100m', memory: '128Mi' } })],
    [CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'steady', namespace }, data: { a: '1', b: '' } } as KubeObject],
    [
      SERVICES,
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 'steady', namespace },
        spec: {
          selector: { app: 'steady' },
          ports: [
            { name: 'http', port: 8080, targetPort: 'http' },
            { name: 'internal', port: 8081, protocol: 'TCP', targetPort: 8081 },
          ],
        },
      } as KubeObject,
    ],
    [
      SHOPS,
      {
        apiVersion: 'example.com/v1',
        kind: 'Shop',
        metadata: { name: 'steady', namespace },
        spec: { size: 1, tags: ['b', 'a'] },
      } as KubeObject,
    ],
  ];
  for (const [kind, object] of wanted) expect([kind.kind, await reconcile(kind, object)]).toEqual([kind.kind, true]);
  for (let pass = 0; pass < 3; pass++) {
    // The memory must not hide a wrong decision: the decision itself has to be right.
    for (const [kind, object] of wanted) expect(needsApply(object, await get(kind, object.metadata.name), 'me')).toEqual({ needed: false });
  }
  applier = newApplier();
  for (const [kind, object] of wanted) expect([kind.kind, await reconcile(kind, object)]).toEqual([kind.kind, false]);
});

test('drift is undone, and what others own is left alone', async () => {
  const wanted = deployment('drift');
  await reconcile(DEPLOYMENTS, wanted);
  const ref = { namespace, name: 'drift' };
  await client.patch(DEPLOYMENTS, ref, { spec: { replicas: 5 }, metadata: { labels: { theirs: 'y' } } }, { fieldManager: 'autoscaler' });
  expect(await reconcile(DEPLOYMENTS, wanted)).toBe(false);
  await client.patch(DEPLOYMENTS, ref, { metadata: { labels: { app: 'changed' } } }, { fieldManager: 'someone' });
  expect(await reconcile(DEPLOYMENTS, wanted)).toBe(true);
  await client
    .patch(DEPLOYMENTS, ref, { spec: { template: { spec: { volumes: null } } } }, { fieldManager: 'someone' })
    .catch(() => undefined);
  await client.patch(DEPLOYMENTS, ref, { metadata: { annotations: null } }, { fieldManager: 'someone' });
  expect(await reconcile(DEPLOYMENTS, wanted)).toBe(true);
  expect(await reconcile(DEPLOYMENTS, wanted)).toBe(false);
  const live = await get(DEPLOYMENTS, 'drift');
  expect(live.metadata.labels).toEqual({ app: 'drift', theirs: 'y' });
  expect(live.metadata.annotations).toEqual({ 'example.com/note': 'x' });
  expect(live.spec['replicas']).toBe(5);
});

test('a field that is no longer wanted is removed', async () => {
  const object = (data: Record<string, string>): KubeObject =>
    ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'less', namespace }, data }) as KubeObject;
  await reconcile(CONFIG_MAPS, object({ a: '1', b: '2' }));
  await client.patch(CONFIG_MAPS, { namespace, name: 'less' }, { data: { c: '3' } }, { fieldManager: 'other' });
  expect(await reconcile(CONFIG_MAPS, object({ a: '1' }))).toBe(true);
  expect((await get(CONFIG_MAPS, 'less')).data).toEqual({ a: '1', c: '3' });
  expect(await reconcile(CONFIG_MAPS, object({ a: '1' }))).toBe(false);

  await reconcile(DEPLOYMENTS, deployment('less', {}, { lifecycle: { preStop: { sleep: { seconds: 5 } } } }));
  expect(await reconcile(DEPLOYMENTS, deployment('less'))).toBe(true);
  expect(JSON.stringify((await get(DEPLOYMENTS, 'less')).spec)).not.toContain('preStop');
});

test('an item that is no longer wanted is removed, also when somebody had changed its key', async () => {
  const port = (number: number): object => ({ name: `p${number}`, port: number, protocol: 'TCP', targetPort: number });
  const service = (...ports: number[]): KubeObject & { spec: object } => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'items', namespace },
    spec: { selector: { app: 'items' }, ports: ports.map(port) },
  });
  const portsOf = async (): Promise<unknown> => (await get(SERVICES, 'items')).spec['ports'];
  await reconcile(SERVICES, service(1, 2));
  // Both lists together would contain two ports of the same name, which is refused.
  await client.patch(SERVICES, { namespace, name: 'items' }, { spec: { ports: [port(1), { ...port(2), port: 3 }] } });
  await reconcile(SERVICES, service(1, 2));
  expect(await portsOf()).toEqual([port(1), port(2)]);
  await reconcile(SERVICES, service(1));
  expect(await portsOf()).toEqual([port(1)]);
  expect(await reconcile(SERVICES, service(1))).toBe(false);
});

test('values that the server rewrites cause no endless loop, and their drift is undone', async () => {
  const wanted = deployment('quantities', { requests: { cpu: '1000m', memory: '1024Mi' }, limits: { memory: '2048Mi' } });
  expect(await reconcile(DEPLOYMENTS, wanted)).toBe(true);
  const before = await get(DEPLOYMENTS, 'quantities');
  expect(JSON.stringify(before.spec)).toContain('"memory":"1Gi"');
  expect(needsApply(wanted, before, 'me')).toMatchObject({ needed: true, reason: 'differs' });
  for (let pass = 0; pass < 3; pass++) expect(await reconcile(DEPLOYMENTS, wanted)).toBe(false);

  // Somebody else's change of another field does not restart the loop.
  await client.patch(DEPLOYMENTS, { namespace, name: 'quantities' }, { spec: { replicas: 2 } }, { fieldManager: 'autoscaler' });
  expect(await reconcile(DEPLOYMENTS, wanted)).toBe(false);

  // A restarted controller remembers nothing: one apply without effect, then none.
  applier = newApplier();
  const version = (await get(DEPLOYMENTS, 'quantities')).metadata.resourceVersion;
  expect([await reconcile(DEPLOYMENTS, wanted), await reconcile(DEPLOYMENTS, wanted)]).toEqual([true, false]);
  expect((await get(DEPLOYMENTS, 'quantities')).metadata.resourceVersion).toBe(version);

  const change = {
    spec: { template: { spec: { containers: [{ name: 'main', image: 'main:1', resources: { requests: { memory: '5Gi' } } }] } } },
  };
  await client.request({
    method: 'PATCH',
    path: `/apis/apps/v1/namespaces/${namespace}/deployments/quantities`,
    contentType: 'application/strategic-merge-patch+json',
    body: { ...change, spec: { template: { spec: { containers: [{ name: 'main', resources: { limits: { memory: '5Gi' } } }] } } } },
    query: { fieldManager: 'someone' },
  });
  expect(await reconcile(DEPLOYMENTS, wanted)).toBe(true);
  expect(JSON.stringify((await get(DEPLOYMENTS, 'quantities')).spec)).toContain('"limits":{"memory":"2Gi"}');
  expect(await reconcile(DEPLOYMENTS, wanted)).toBe(false);
});

test('a store that lags behind causes no second apply', async () => {
  const wanted = deployment('behind');
  await reconcile(DEPLOYMENTS, wanted);
  const old = await get(DEPLOYMENTS, 'behind');
  const changed = deployment('behind', {}, { image: 'main:2' });
  expect((await applier.applyIfNeeded(DEPLOYMENTS, changed as Json, old)).written).toBe(true);
  expect((await applier.applyIfNeeded(DEPLOYMENTS, changed as Json, old)).written).toBe(false);
  expect(await reconcile(DEPLOYMENTS, changed)).toBe(false);
});

test('unknown fields arrive: whole in a CRD that preserves them, including lists', async () => {
  const podTemplate = { spec: { containers: [{ name: 'x', someFutureField: { deep: [1, { two: 2 }] } }], newList: ['b', 'a'] } };
  const wanted = {
    apiVersion: 'example.com/v1',
    kind: 'Shop',
    metadata: { name: 'unknown', namespace },
    spec: { podTemplate },
  } as KubeObject;
  expect(await reconcile(SHOPS, wanted)).toBe(true);
  expect((await get(SHOPS, 'unknown')).spec).toEqual({ open: true, podTemplate });
  expect(await reconcile(SHOPS, wanted)).toBe(false);
});

test('the status is written when it differs, and only then', async () => {
  await reconcile(SHOPS, {
    apiVersion: 'example.com/v1',
    kind: 'Shop',
    metadata: { name: 'status', namespace },
    spec: { size: 1 },
  } as KubeObject);
  const status = (ready: string): object => ({ phase: 'Running', conditions: [{ type: 'Ready', status: ready }] });
  const write = async (wanted: object): Promise<boolean> => (await applier.applyStatus(SHOPS, await get(SHOPS, 'status'), wanted)).written;
  expect([await write(status('False')), await write(status('False'))]).toEqual([true, false]);
  expect([await write(status('True')), await write(status('True'))]).toEqual([true, false]);
  const other = {
    apiVersion: 'example.com/v1',
    kind: 'Shop',
    metadata: { name: 'status', namespace },
    status: { conditions: [{ type: 'Theirs', status: 'True' }] },
  };
  await client.apply(SHOPS, other, { fieldManager: 'other', subresource: 'status' });
  expect(await write(status('True'))).toBe(false);
  expect(await write({ phase: 'Pending' })).toBe(true);
  const live = await get(SHOPS, 'status');
  expect(live.status).toEqual({ phase: 'Pending', conditions: [{ type: 'Theirs', status: 'True' }] });
  expect(live.spec).toEqual({ size: 1, open: true });
});

/** A new object is not in the API server's cache at once; until it is, nobody can have seen it. */
async function visible(name: string, isSeen: (object: KubeObject) => boolean = () => true): Promise<void> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const found = await client.get(CONFIG_MAPS, { name, namespace }, { cached: true }).catch(() => undefined);
    if (found !== undefined && isSeen(found)) return;
    if (Date.now() > deadline) throw new Error(`ConfigMap ${name} is not visible within 10 s`);
  }
}

test("somebody else's object is refused, even if our store does not know it yet", async () => {
  const owner = await client.create(SHOPS, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'owner', namespace } });
  await client.create(CONFIG_MAPS, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'foreign', namespace },
    data: { theirs: '1' },
  });
  await visible('foreign');
  const wanted = (name: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, ownerReferences: [ownedBy(owner)] },
  });
  await expect(applier.applyIfNeeded(CONFIG_MAPS, wanted('foreign'), undefined, { owner })).rejects.toBeInstanceOf(NotOurs);
  await expect(applier.applyIfNeeded(CONFIG_MAPS, wanted('foreign'), undefined, { owner })).rejects.toThrow(
    'ConfigMap default/foreign exists and is not controlled by anything, not by Shop owner',
  );
  expect(writes).toEqual([]);
  const first = await applier.applyIfNeeded(CONFIG_MAPS, wanted('own'), undefined, { owner });
  expect(first.written).toBe(true);
  expect((await applier.applyIfNeeded(CONFIG_MAPS, wanted('own'), first.object, { owner })).written).toBe(false);
});

test("on request an orphan of ours is given back to its owner, but not somebody else's object with the same labels", async () => {
  const owner = await client.create(SHOPS, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'parent', namespace } });
  const adopt = { app: 'parent' };
  const wanted = (name: string): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, labels: adopt, ownerReferences: [ownedBy(owner)] },
  });
  await applier.applyIfNeeded(CONFIG_MAPS, wanted('orphan'), undefined, { owner });
  await visible('orphan');
  await client.patch(CONFIG_MAPS, { namespace, name: 'orphan' }, { metadata: { ownerReferences: null } }, { fieldManager: 'someone' });
  await visible('orphan', ({ metadata }) => metadata.ownerReferences === undefined);
  await expect(applier.applyIfNeeded(CONFIG_MAPS, wanted('orphan'), undefined, { owner })).rejects.toBeInstanceOf(NotOurs);
  const { object, written } = await applier.applyIfNeeded(CONFIG_MAPS, wanted('orphan'), undefined, { owner, adopt });
  expect([written, object.metadata.ownerReferences]).toEqual([true, [ownedBy(owner)]]);

  await client.create(CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stranger', namespace, labels: adopt } });
  await visible('stranger');
  await expect(applier.applyIfNeeded(CONFIG_MAPS, wanted('stranger'), undefined, { owner, adopt })).rejects.toBeInstanceOf(NotOurs);
});

test('a former intent is applied again, although a store that lags behind still shows it', async () => {
  const created = await client.create(SHOPS, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'behind', namespace } });
  const { object: stale } = await applier.applyStatus(SHOPS, created, { phase: 'open' });
  await applier.applyStatus(SHOPS, stale, { phase: 'closed' });
  const again = await applier.applyStatus(SHOPS, stale, { phase: 'open' });
  expect([again.written, (await get(SHOPS, 'behind')).status]).toEqual([true, { phase: 'open' }]);
  expect((await applier.applyStatus(SHOPS, stale, { phase: 'open' })).written).toBe(false);

  const map = (value: string): Json =>
    ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'behind', namespace }, data: { a: value } }) as unknown as Json;
  const { object: first } = await applier.applyIfNeeded(CONFIG_MAPS, map('1'), undefined);
  await applier.applyIfNeeded(CONFIG_MAPS, map('2'), first);
  await applier.applyIfNeeded(CONFIG_MAPS, map('1'), first);
  expect((await get(CONFIG_MAPS, 'behind')).data).toEqual({ a: '1' });
});

test('on request, what an earlier owner of the name left behind is taken over, unless it is being deleted or not ours', async () => {
  const shop = (): Promise<KubeObject> =>
    client.create(SHOPS, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'heir', namespace } });
  const wanted = (name: string, owner: KubeObject): KubeObject => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace, ownerReferences: [ownedBy(owner)] },
  });
  const former = await shop();
  for (const name of ['left', 'going']) await applier.applyIfNeeded(CONFIG_MAPS, wanted(name, former), undefined, { owner: former });
  await client.create(CONFIG_MAPS, wanted('theirs', former));
  await client.patch(CONFIG_MAPS, { namespace, name: 'going' }, { metadata: { finalizers: ['example.com/hold'] } });
  await client.delete(CONFIG_MAPS, { namespace, name: 'going' });
  await visible('left');
  await visible('theirs');
  await visible('going', ({ metadata }) => metadata.deletionTimestamp !== undefined);
  await client.delete(SHOPS, { namespace, name: 'heir' });
  const owner = await shop();

  await expect(applier.applyIfNeeded(CONFIG_MAPS, wanted('left', owner), undefined, { owner })).rejects.toBeInstanceOf(NotOurs);
  const { object, written } = await applier.applyIfNeeded(CONFIG_MAPS, wanted('left', owner), undefined, { owner, inherit: true });
  expect([written, object.metadata.ownerReferences]).toEqual([true, [ownedBy(owner)]]);
  for (const name of ['going', 'theirs'])
    await expect(applier.applyIfNeeded(CONFIG_MAPS, wanted(name, owner), undefined, { owner, inherit: true })).rejects.toBeInstanceOf(
      NotOurs,
    );
  await client.patch(CONFIG_MAPS, { namespace, name: 'going' }, { metadata: { finalizers: null } });
});

test('only what is ours is deleted, and only if it is still the object that we know', async () => {
  const owner = await client.create(SHOPS, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'deleter', namespace } });
  const options = { owner, adopt: { app: 'deleter' } };
  const ours = async (name: string): Promise<KubeObject> => {
    const metadata = { name, namespace, labels: options.adopt, ownerReferences: [ownedBy(owner)] };
    return (await applier.applyIfNeeded(CONFIG_MAPS, { apiVersion: 'v1', kind: 'ConfigMap', metadata }, undefined, { owner })).object;
  };
  const stranger: KubeObject = await client.create(CONFIG_MAPS, {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'deleted', namespace },
  });
  expect(await applier.deleteIfOurs(CONFIG_MAPS, undefined, options)).toBe(false);
  expect(await applier.deleteIfOurs(CONFIG_MAPS, stranger, options)).toBe(false);
  expect((await get(CONFIG_MAPS, 'deleted')).metadata.uid).toBe(stranger.metadata.uid);
  await client.delete(CONFIG_MAPS, { namespace, name: 'deleted' });

  const first = await ours('deleted');
  expect(await applier.deleteIfOurs(CONFIG_MAPS, { ...first, metadata: { ...first.metadata, uid: 'another' } }, options)).toBe(false);
  expect(await applier.deleteIfOurs(CONFIG_MAPS, first, options)).toBe(true);
  await expect(get(CONFIG_MAPS, 'deleted')).rejects.toMatchObject({ status: 404 });
  expect(await applier.deleteIfOurs(CONFIG_MAPS, first, options)).toBe(false);

  await ours('orphan-2');
  const orphan = await client.patch(CONFIG_MAPS, { namespace, name: 'orphan-2' }, { metadata: { ownerReferences: null } });
  expect(await applier.deleteIfOurs(CONFIG_MAPS, orphan, { owner })).toBe(false);
  expect(await applier.deleteIfOurs(CONFIG_MAPS, orphan, options)).toBe(true);
});

test('an object that was deleted and recreated by somebody else meanwhile is not taken over', async () => {
  const object = (data: Record<string, string>): Json =>
    ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'recreated', namespace }, data }) as unknown as Json;
  const { object: live } = await applier.applyIfNeeded(CONFIG_MAPS, object({ a: '1' }), undefined);
  await client.delete(CONFIG_MAPS, { namespace, name: 'recreated' });
  await expect(applier.applyIfNeeded(CONFIG_MAPS, object({ a: '2' }), live)).rejects.toMatchObject({ status: 409 });
  await client.create(CONFIG_MAPS, object({ theirs: '1' }));
  // The server's answer to another UID: not valid.
  await expect(applier.applyIfNeeded(CONFIG_MAPS, object({ a: '2' }), live)).rejects.toMatchObject({ status: 422 });
  expect((await get(CONFIG_MAPS, 'recreated')).data).toEqual({ theirs: '1' });
});
