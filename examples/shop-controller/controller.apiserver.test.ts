import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApiServer } from '@toolhive-registry/testenv';
import type { ApiServer } from '@toolhive-registry/testenv';
import { load } from 'js-yaml';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { KubeClient, loadKubeConfig, silentLogger } from '@toolhive-registry/reconciler';
import { eventually } from '@toolhive-registry/reconciler/testing';
import { runShops } from './controller.ts';

let server: ApiServer;
const stop = new AbortController();

beforeAll(async () => {
  const crds = [fileURLToPath(new URL('crd.yaml', import.meta.url))];
  server = await startApiServer({ crds, auditLog: true });
}, 90_000);

afterAll(() => server?.stop());

const shop = (name: string): string => `/apis/example.com/v1/namespaces/default/shops/${name}`;
const map = (name: string): string => `/api/v1/namespaces/default/configmaps/${name}`;

async function body(path: string): Promise<{ data?: Record<string, string>; status?: { phase?: string } }> {
  return (await server.request('GET', path)).body as { data?: Record<string, string>; status?: { phase?: string } };
}

function createShop(name: string, size: number): Promise<unknown> {
  const object = { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name }, spec: { size } };
  return server.request('POST', '/apis/example.com/v1/namespaces/default/shops', object);
}

test('it reconciles, puts drift back, writes nothing in steady state, and survives a restart of the API server', async () => {
  for (let i = 0; i < 20; i++) await createShop(`shop-${i}`, i);
  await using client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: server.kubeconfigPath }), userAgent: 'shops' });
  const run = runShops(client, stop.signal, { healthAddress: '127.0.0.1:0', metricsAddress: '127.0.0.1:0', logger: silentLogger() });
  for (let i = 0; i < 20; i++) {
    await eventually(async () => expect((await body(map(`shop-${i}`))).data).toEqual({ size: String(i) }));
    await eventually(async () => expect((await body(shop(`shop-${i}`))).status).toEqual({ phase: 'Running' }));
  }
  // One write for each object and one for each status, though each of them woke the reconcile again.
  expect(await server.countWrites({ userAgent: 'shops', resource: 'configmaps' })).toBe(20);
  expect(await server.countWrites({ userAgent: 'shops', resource: 'shops', subresource: 'status' })).toBe(20);

  await server.request('PATCH', map('shop-7'), { data: { size: '99' } }, 'application/merge-patch+json');
  await eventually(async () => expect((await body(map('shop-7'))).data).toEqual({ size: '7' }));
  await server.request('DELETE', map('shop-8'));
  await eventually(async () => expect((await body(map('shop-8'))).data).toEqual({ size: '8' }));

  await server.restart();
  await createShop('late', 5);
  await eventually(async () => expect((await body(map('late'))).data).toEqual({ size: '5' }), 30_000);
  await eventually(async () => expect((await body(shop('late'))).status).toEqual({ phase: 'Running' }));
  expect(await server.countWrites({ userAgent: 'shops' })).toBe(44);

  stop.abort(new Error('enough'));
  await run;
}, 90_000);

test('the manifest beside it is one that it reconciles', async () => {
  const manifest: unknown = load(await readFile(new URL('shop.yaml', import.meta.url), 'utf8'));
  const answer = await server.request('POST', '/apis/example.com/v1/namespaces/default/shops?fieldValidation=Strict', manifest);
  expect(answer.status).toBe(201);
});

test('the README of the framework shows this very example', async () => {
  const read = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');
  const example = await read('controller.ts');
  expect(await read('../../reconciler/README.md')).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
});
