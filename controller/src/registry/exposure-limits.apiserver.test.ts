import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  catalogConfigMap,
  condition,
  registryObject,
  startCluster,
  startController,
  type Cluster,
  type Obj,
  type RunningController,
} from '../testing.ts';

let cluster: Cluster;
let controller: RunningController | undefined;
let namespace: string;

beforeEach(async () => {
  cluster = await startCluster();
  namespace = await cluster.namespace();
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
}, 60_000);

afterEach(async () => {
  await controller?.stop();
  controller = undefined;
  await cluster?.api.stop();
}, 60_000);

const exposed = (object: Obj) => condition(object, 'Exposed');
const registry = (holds: (object: Obj) => unknown): Promise<Obj> => cluster.until('mcpregistries', namespace, 'a', holds);
const edit = (expose: object | null): Promise<Obj> => cluster.patch('mcpregistries', namespace, 'a', { spec: { expose } });

/** A kubeconfig for a controller that may do everything except see what exposes registries. */
async function withoutRights(): Promise<string> {
  await cluster.create('serviceaccounts', namespace, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'controller' } });
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const metadata = { name: 'controller' };
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  const groups = [
    '',
    'apps',
    'policy',
    'events.k8s.io',
    'coordination.k8s.io',
    'toolhive.stacklok.dev',
    'toolhive.stacklok.io',
    'kagent.dev',
  ];
  const rules = [
    { apiGroups: groups, resources: ['*'], verbs: ['*'] },
    { apiGroups: ['networking.k8s.io'], resources: ['networkpolicies'], verbs: ['*'] },
  ];
  await cluster.api.request('POST', `${rbac}/clusterroles`, { apiVersion, kind: 'ClusterRole', metadata, rules });
  await cluster.api.request('POST', `${rbac}/clusterrolebindings`, {
    apiVersion,
    kind: 'ClusterRoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'controller' },
    subjects: [{ kind: 'ServiceAccount', name: 'controller', namespace }],
  });
  const token = await cluster.api.request('POST', `/api/v1/namespaces/${namespace}/serviceaccounts/controller/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  return cluster.api.writeKubeconfig('controller', (token.body as { status: { token: string } }).status.token);
}

test('without permissions for Ingresses and HTTPRoutes registries are served, and the status says that exposure is unknown', async () => {
  await cluster.create('mcpregistries', namespace, registryObject('a', { expose: { host: 'a.example.com' } }));
  controller = await startController(cluster, { kubeconfig: await withoutRights() });
  const refused = await registry((object) => exposed(object)?.reason === 'Forbidden');
  expect(exposed(refused)).toMatchObject({
    status: 'Unknown',
    message: expect.stringContaining(`may not list and watch ingresses in namespace ${namespace}`),
  });
  await cluster.until('deployments', namespace, 'a-api', () => true);
  // Something may be left of it.
  await edit(null);
  await registry((object) => object['status'].observedGeneration === 2 && exposed(object)?.reason === 'Forbidden');
}, 60_000);

test('an installation with Ingresses disabled creates none, and one with a list of hosts allows only those', async () => {
  await cluster.create('mcpregistries', namespace, registryObject('a', { expose: { host: 'a.example.com' } }));
  controller = await startController(cluster);
  await cluster.until('ingresses', namespace, 'a-api', () => true);
  await controller.stop();
  // What was exposed before is removed.
  controller = await startController(cluster, { expose: { ingress: false, gateway: true } });
  await cluster.gone('ingresses', namespace, 'a-api');
  const off = await registry((object) => exposed(object)?.reason === 'NotAllowed');
  expect(exposed(off)?.message).toContain('are disabled for registries in this installation (--expose)');
  expect(await cluster.get('ingresses', namespace, 'a-api')).toBeUndefined();
  await controller.stop();

  controller = await startController(cluster, {
    expose: { ingress: true, gateway: true, hosts: ['mcp.example.com', '*.mcp.example.com'] },
  });
  const other = await registry((object) => exposed(object)?.message?.includes('--expose-hosts'));
  expect(exposed(other)?.message).toContain(
    'spec.expose.host "a.example.com" is not allowed in this installation (--expose-hosts); use mcp.example.com or *.mcp.example.com',
  );
  await edit({ host: 'a.mcp.example.com' });
  await cluster.until('ingresses', namespace, 'a-api', (object) => object['spec'].rules[0].host === 'a.mcp.example.com');
  await registry((object) => exposed(object)?.reason === 'NoAddress');
  // What was allowed stays served.
  await edit({ host: 'b.example.com' });
  const refused = await registry((object) => exposed(object)?.reason === 'NotAllowed');
  expect((await cluster.get('ingresses', namespace, 'a-api'))?.['spec'].rules[0].host).toBe('a.mcp.example.com');
  expect(refused['status'].phase).toBe('Pending');
}, 60_000);

test('a change of the exposure is carried out although a change of the pods is refused', async () => {
  await cluster.create('mcpregistries', namespace, registryObject('a', { expose: { host: 'a.example.com' } }));
  controller = await startController(cluster);
  await cluster.until('ingresses', namespace, 'a-api', () => true);
  await cluster.patch('mcpregistries', namespace, 'a', {
    spec: { podTemplateSpec: { spec: { containers: [{ name: 'registry-api', image: 7 }] } }, expose: { host: 'b.example.com' } },
  });
  await cluster.until('ingresses', namespace, 'a-api', (object) => object['spec'].rules[0].host === 'b.example.com');
  const refused = await registry((object) => condition(object, 'Stalled')?.reason === 'DeploymentFailed');
  expect(exposed(refused)).toMatchObject({ status: 'Unknown', reason: 'NoAddress' });
}, 60_000);
