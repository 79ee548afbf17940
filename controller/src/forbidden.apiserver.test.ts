import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import {
  catalogConfigMap,
  condition,
  registryObject,
  startCluster,
  startController,
  type Cluster,
  type RunningController,
} from './testing.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';

let cluster: Cluster;
let controller: RunningController | undefined;

beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);

afterEach(async () => {
  await controller?.stop();
  controller = undefined;
}, 60_000);

afterAll(async () => {
  await cluster?.api.stop();
}, 60_000);

/** Grants the ServiceAccount these permissions in a namespace, replacing earlier ones. */
async function allow(namespace: string, account: { namespace: string; name: string }, ...rules: object[]): Promise<void> {
  const path = `${RBAC}/namespaces/${namespace}`;
  const metadata = { name: 'controller', namespace };
  const apply = async (plural: string, object: object): Promise<void> => {
    const answer = await cluster.api.request(
      'PATCH',
      `${path}/${plural}/controller?fieldManager=test`,
      object,
      'application/apply-patch+yaml',
    );
    if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  };
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  await apply('roles', { apiVersion, kind: 'Role', metadata, rules });
  await apply('rolebindings', {
    apiVersion,
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'controller' },
    subjects: [{ kind: 'ServiceAccount', ...account }],
  });
}

const EVERYTHING = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };
const REGISTRIES = {
  apiGroups: ['toolhive.stacklok.dev', 'toolhive.stacklok.io'],
  resources: ['mcpregistries', 'mcpregistries/status'],
  verbs: ['*'],
};
const EVENTS = { apiGroups: ['events.k8s.io'], resources: ['events'], verbs: ['create', 'patch'] };

test('a namespace without the necessary permissions gets a condition; the others are served, and so is this one once permissions are granted', async () => {
  const [good, bad, closed] = [await cluster.namespace(), await cluster.namespace(), await cluster.namespace()];
  const account = { namespace: good, name: 'controller' };
  await cluster.create('serviceaccounts', good, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'controller' } });
  await allow(good, account, EVERYTHING);
  await allow(bad, account, REGISTRIES, EVENTS);
  const request = await cluster.api.request('POST', `/api/v1/namespaces/${good}/serviceaccounts/controller/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  const kubeconfig = await cluster.api.writeKubeconfig('controller', (request.body as { status: { token: string } }).status.token);
  for (const namespace of [good, bad, closed]) {
    await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
    await cluster.create('mcpregistries', namespace, registryObject('a'));
  }
  controller = await startController(cluster, { kubeconfig, watchNamespaces: [good, bad, closed] });
  await cluster.until('deployments', good, 'a-api', () => true);
  const refused = await cluster.until('mcpregistries', bad, 'a', (object) => condition(object, 'Stalled')?.reason === 'Forbidden');
  expect(refused['status']).toMatchObject({ phase: 'Pending', url: '' });
  expect(condition(refused, 'Ready')?.status).toBe('Unknown');
  const { message = '' } = condition(refused, 'Ready') ?? {};
  expect(message).toMatch(/^the controller may not list and watch configmaps \(/);
  expect(message).toContain(`in namespace ${bad}; grant it the permissions in the chart's Role`);
  // Nothing can be reported where not even registries may be read; that is in the log.
  expect((await cluster.get('mcpregistries', closed, 'a'))?.['status']).toBeUndefined();

  for (const namespace of [bad, closed]) await allow(namespace, account, EVERYTHING);
  for (const namespace of [bad, closed]) {
    // What was forbidden is tried again within half a minute.
    await waitFor(async () => cluster.get('deployments', namespace, 'a-api'), { message: 'the Deployment', deadlineMs: 45_000 });
    await cluster.until(
      'mcpregistries',
      namespace,
      'a',
      (object) => condition(object, 'Stalled') === undefined && object['status'].phase === 'Pending',
    );
  }
}, 120_000);
