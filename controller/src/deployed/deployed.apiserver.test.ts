import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { deployedServersSchema, labels, type DeployedServer } from '@toolhive-registry/api';
import { waitFor } from '@toolhive-registry/testenv';
import { SERVER_KIND_CRDS } from '../enforcement/testing.ts';
import {
  catalogConfigMap,
  crdFile,
  registryObject,
  startCluster,
  startController,
  type Cluster,
  type RunningController,
} from '../testing.ts';

let cluster: Cluster;
let controller: RunningController;

beforeAll(async () => {
  cluster = await startCluster([crdFile('toolhive.stacklok.dev'), crdFile('toolhive.stacklok.io'), ...SERVER_KIND_CRDS]);
  controller = await startController(cluster);
}, 60_000);

afterAll(async () => {
  await controller?.stop();
  await cluster?.api.stop();
}, 60_000);

function of(registry: string, namespace: string, more: Record<string, string> = {}): Record<string, string> {
  return { [labels.registryName]: registry, [labels.registryNamespace]: namespace, ...more };
}

function server(name: string, own: Record<string, string>, spec: object = { image: 'mcp/time:1' }): object {
  return { apiVersion: 'toolhive.stacklok.dev/v1beta1', kind: 'MCPServer', metadata: { name, labels: own }, spec };
}

async function namespaceWith(...registries: string[]): Promise<string> {
  const namespace = await cluster.namespace();
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  for (const name of registries) await cluster.create('mcpregistries', namespace, registryObject(name));
  return namespace;
}

/** Waits until exactly these servers are listed for a registry. */
async function listed(namespace: string, registry: string, names: string[]): Promise<DeployedServer[]> {
  const { data } = await cluster.until('configmaps', namespace, `${registry}-deployed`, (object) => {
    const { servers } = JSON.parse(object['data']['servers.json']) as { servers: { name: string }[] };
    return JSON.stringify(servers.map(({ name }) => name)) === JSON.stringify(names);
  });
  return deployedServersSchema.parse(JSON.parse(data['servers.json'])).servers;
}

test('servers of every kind belong to the registry that their labels name, by its name and namespace', async () => {
  const [here, there] = [await namespaceWith('a', 'b'), await namespaceWith('a')];
  await cluster.create(
    'mcpservers.toolhive',
    here,
    server('one', of('a', here, { [labels.serverName]: 'time', [labels.tier]: 'Official' })),
  );
  await cluster.create('mcpservers.toolhive', here, server('elsewhere', of('a', there)));
  await cluster.create('mcpservers.toolhive', here, server('nameless', { [labels.registryName]: 'a' }));
  await cluster.create('mcpservers.toolhive', here, server('others', of('b', here)));
  await cluster.create('mcpservers.kagent', here, {
    apiVersion: 'kagent.dev/v1alpha1',
    kind: 'MCPServer',
    metadata: { name: 'two', labels: of('a', here) },
    spec: { transportType: 'stdio', deployment: { cmd: 'npx', args: ['-y', '@a/server@1'] } },
  });
  await cluster.create('remotemcpservers.kagent', there, {
    apiVersion: 'kagent.dev/v1alpha2',
    kind: 'RemoteMCPServer',
    metadata: { name: 'three', labels: of('a', here) },
    spec: { description: 'x', url: 'https://example.com/mcp' },
  });
  await cluster.patch(
    'mcpservers.toolhive',
    here,
    'one',
    { status: { phase: 'Running', url: 'http://mcp-one-proxy.x.svc:8080' } },
    'status',
  );
  await cluster.patch(
    'mcpservers.kagent',
    here,
    'two',
    { status: { conditions: [{ type: 'Ready', status: 'False', reason: 'Starting' }] } },
    'status',
  );
  await cluster.patch(
    'remotemcpservers.kagent',
    there,
    'three',
    { status: { conditions: [{ type: 'Accepted', status: 'True' }] } },
    'status',
  );
  await cluster.until('configmaps', here, 'a-deployed', (object) => {
    const text: string = object['data']['servers.json'];
    return text.split('"Running"').length === 3 && text.includes('Starting');
  });
  const servers = await listed(here, 'a', ['one', 'two', 'three']);
  const common = { kind: 'MCPServer', namespace: here };
  expect(servers).toEqual([
    {
      ...common,
      name: 'one',
      group: 'toolhive.stacklok.dev',
      server_name: 'time',
      status: 'Running',
      ready: true,
      image: 'mcp/time:1',
      transport: 'stdio',
      endpoint_url: 'http://mcp-one-proxy.x.svc:8080',
      tier: 'Official',
    },
    { ...common, name: 'two', group: 'kagent.dev', status: 'Starting', ready: false, package: 'npm @a/server', transport: 'stdio' },
    {
      name: 'three',
      namespace: there,
      kind: 'RemoteMCPServer',
      group: 'kagent.dev',
      status: 'Running',
      ready: true,
      url: 'https://example.com/mcp',
      transport: 'STREAMABLE_HTTP',
    },
  ]);
  await listed(there, 'a', ['elsewhere']);
  await listed(here, 'b', ['others']);

  await cluster.patch('mcpservers.toolhive', here, 'one', { metadata: { labels: { [labels.registryName]: 'b' } } });
  await listed(here, 'a', ['two', 'three']);
  await listed(here, 'b', ['one', 'others']);
  await cluster.delete('mcpservers.kagent', here, 'two');
  await cluster.delete('remotemcpservers.kagent', there, 'three');
  await listed(here, 'a', []);
}, 60_000);

test('a registry without deployed servers has no list; one of 2,000 servers is rewritten only when its content changes', async () => {
  const namespace = await namespaceWith('a');
  await cluster.until('configmaps', namespace, 'a-config', () => true);
  expect(await cluster.get('configmaps', namespace, 'a-deployed')).toBeUndefined();
  const names = Array.from({ length: 2_000 }, (_, index) => `server-${String(index).padStart(4, '0')}`);
  for (let at = 0; at < names.length; at += 100)
    await Promise.all(
      names.slice(at, at + 100).map((name) => cluster.create('mcpservers.toolhive', namespace, server(name, of('a', namespace)))),
    );
  await listed(namespace, 'a', names);
  const { metadata } = await cluster.until('configmaps', namespace, 'a-deployed', () => true);
  const lists = { resource: 'configmaps', namespace, name: 'a-deployed' };
  // A write appears in the audit log a moment after it can be read; the log has it before any later write.
  await cluster.create('configmaps', namespace, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'marker' } });
  await waitFor(async () => (await cluster.api.countWrites({ ...lists, name: 'marker' })) === 1, {
    message: 'the marker in the audit log',
  });
  const before = await cluster.api.countWrites(lists);
  expect(before).toBeLessThan(2_000);
  for (const name of names.slice(0, 20))
    await cluster.patch('mcpservers.toolhive', namespace, name, { metadata: { annotations: { 'example.com/note': 'x' } } });
  // What was written later has been seen later.
  await cluster.patch('mcpservers.toolhive', namespace, 'server-0000', { status: { phase: 'Running' } }, 'status');
  await cluster.until('configmaps', namespace, 'a-deployed', (object) => object['data']['servers.json'].includes('Running'));
  await waitFor(async () => (await cluster.api.countWrites(lists)) > before, { message: 'the write in the audit log' });
  expect(await cluster.api.countWrites(lists)).toBe(before + 1);
  expect((await cluster.get('configmaps', namespace, 'a-deployed'))?.metadata.uid).toBe(metadata.uid);
}, 120_000);

test('a kind with two versions is watched in one of them', async () => {
  const requests = (await cluster.api.auditEvents()).filter(
    ({ userAgent, requestURI }) => userAgent?.startsWith('toolhive-registry-controller') === true && requestURI.includes('/mcpservers?'),
  );
  const watched = requests
    .filter(({ requestURI }) => requestURI.includes('watch=true'))
    .map(({ requestURI }) => requestURI.split('?', 1)[0]);
  expect(new Set(watched)).toEqual(
    new Set([
      '/apis/toolhive.stacklok.dev/v1beta1/mcpservers',
      '/apis/mcp.x-k8s.io/v1beta1/mcpservers',
      '/apis/kagent.dev/v1alpha1/mcpservers',
    ]),
  );
});
