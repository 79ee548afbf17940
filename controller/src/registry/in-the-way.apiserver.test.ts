import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { catalogConfigMap, condition, registryObject, startBench, type Bench, type Cluster } from '../testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

test('a registry whose name is taken is created as soon as the name is free', async () => {
  const namespace = await cluster.namespace();
  const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'a-api' }, spec: { ports: [{ port: 80 }] } };
  await cluster.create('services', namespace, service);
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  await cluster.create('mcpregistries', namespace, registryObject('a'));
  const refused = await cluster.until(
    'mcpregistries',
    namespace,
    'a',
    (object) => condition(object, 'Stalled')?.reason === 'ServiceFailed',
  );
  expect(refused['status'].message).toBe(
    `Service ${namespace}/a-api exists and is not controlled by anything, not by MCPRegistry a; delete it or choose another name for the registry`,
  );
  await cluster.delete('services', namespace, 'a-api');
  // Without another trigger: a check a minute later would be too late.
  await cluster.until('deployments', namespace, 'a-api', () => true);
  await cluster.until('mcpregistries', namespace, 'a', (object) => condition(object, 'Stalled') === undefined);
});

test('a registry that a quota blocks is created as soon as the quota allows it', async () => {
  const namespace = await cluster.namespace();
  const hard = { 'count/services': '0' };
  await cluster.create('resourcequotas', namespace, {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'none' },
    spec: { hard },
  });
  // Plays the quota controller.
  await cluster.patch('resourcequotas', namespace, 'none', { status: { hard, used: { 'count/services': '0' } } }, 'status');
  const probe = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'probe' }, spec: { ports: [{ port: 80 }] } };
  await waitFor(
    async () => (await cluster.api.request('POST', `/api/v1/namespaces/${namespace}/services?dryRun=All`, probe)).status === 403,
    {
      message: 'the quota to be in force',
    },
  );
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  await cluster.create('mcpregistries', namespace, registryObject('a'));
  const refused = await cluster.until(
    'mcpregistries',
    namespace,
    'a',
    (object) => condition(object, 'Stalled')?.reason === 'ServiceFailed',
  );
  expect(refused['status'].message).toContain('exceeded quota: none');
  const more = { 'count/services': '10' };
  await cluster.patch('resourcequotas', namespace, 'none', { spec: { hard: more } });
  await cluster.patch('resourcequotas', namespace, 'none', { status: { hard: more, used: { 'count/services': '0' } } }, 'status');
  await cluster.until('deployments', namespace, 'a-api', () => true);
}, 30_000);
