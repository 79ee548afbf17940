import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { assetsDir, startApiServer, waitFor } from './index.ts';

const configMaps = '/api/v1/namespaces/default/configmaps';
const deployments = '/apis/apps/v1/namespaces/default/deployments';

test('a server starts, answers, counts writes, survives a restart and leaves nothing behind', async () => {
  const server = await startApiServer({ auditLog: true });
  try {
    const created = await server.request('POST', configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    expect(created.status).toBe(201);
    const twice = await server.request('POST', configMaps, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a' } });
    expect(twice.status).toBe(409);
    expect(await server.countWrites({ resource: 'configmaps', namespace: 'default', user: 'admin' })).toBe(1);
    expect(await server.countWrites({ resource: 'configmaps', namespace: 'default', user: 'admin', includeFailed: true })).toBe(2);
    expect(await server.countWrites({ resource: 'configmaps', verb: 'patch', user: 'admin' })).toBe(0);

    await server.pause();
    await expect(server.request('GET', configMaps)).rejects.toThrow(/ECONNREFUSED/u);
    await server.restart();
    expect((await server.request('GET', `${configMaps}/a`)).status).toBe(200);
  } finally {
    await server.stop();
  }
  await server.stop();
  expect(existsSync(dirname(server.kubeconfigPath))).toBe(false);
  await expect(server.request('GET', '/readyz')).rejects.toThrow(/ECONNREFUSED/u);
}, 90_000);

test('tokens of ServiceAccounts can be had, and without an audit log the counts say why there are none', async () => {
  const server = await startApiServer();
  try {
    const accounts = '/api/v1/namespaces/default/serviceaccounts';
    await server.request('POST', accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'probe' } });
    const answer = await server.request('POST', `${accounts}/probe/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    });
    const { token } = (answer.body as { status: { token: string } }).status;
    expect(existsSync(await server.writeKubeconfig('probe', token))).toBe(true);
    await expect(server.countWrites()).rejects.toThrow('auditLog: true');
  } finally {
    await server.stop();
  }
}, 90_000);

test('with controllers Deployments get pods, and garbage goes; without etcd the server says that it is not ready', async () => {
  const server = await startApiServer({ controllers: true });
  try {
    const labels = { app: 'a' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'a', image: 'example.com/a:1' }] } };
    await server.request('POST', deployments, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'a' },
      spec: { replicas: 2, selector: { matchLabels: labels }, template },
    });
    const pods = async (): Promise<number> =>
      ((await server.request('GET', '/api/v1/namespaces/default/pods')).body as { items: unknown[] }).items.length;
    await waitFor(async () => (await pods()) === 2, { message: 'two pods', deadlineMs: 60_000 });

    await server.pauseEtcd();
    await waitFor(async () => (await server.request('GET', '/readyz')).status === 500, { message: 'readyz to fail', deadlineMs: 60_000 });
    await server.resumeEtcd();
    expect(await pods()).toBe(2);

    await server.request('DELETE', `${deployments}/a`);
    await waitFor(async () => (await pods()) === 0, { message: 'the pods to go', deadlineMs: 60_000 });
  } finally {
    await server.stop();
  }
}, 240_000);

test('programs and files go when the process that started them is killed', async () => {
  const code = `import { startApiServer } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)}; console.log((await startApiServer()).kubeconfigPath);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const path = line.toString('utf8').trim();
  expect(existsSync(path)).toBe(true);
  child.kill('SIGKILL');
  await waitFor(() => !existsSync(dirname(path)), { message: 'the files to be removed' });
}, 90_000);

test('a program that cannot run is an error with its name', async () => {
  await expect(startApiServer({ assets: '/nonexistent' })).rejects.toThrow(/etcd ended .*ENOENT/u);
});

test('without the programs assetsDir says so', () => {
  expect(assetsDir({ KUBEBUILDER_ASSETS: '/nonexistent', CLUSTER_HOME: '/nonexistent' })).toBeUndefined();
});

test('waitFor names what it waited for', async () => {
  let looks = 0;
  const third = await waitFor(() => (looks += 1) >= 3 && 'done', { message: 'three looks', intervalMs: 1 });
  expect(third).toBe('done');
  await expect(waitFor(() => false, { message: 'a miracle', deadlineMs: 5, intervalMs: 1 })).rejects.toThrow('a miracle');
});
