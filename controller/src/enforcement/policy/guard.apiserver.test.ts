import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { startCluster, type Cluster } from '../../testing.ts';
import { PARAMETERS_LABEL } from '../names.ts';
import { installPolicies, SERVER_KIND_CRDS } from '../testing.ts';
import { createTries, list } from './testing.ts';

let cluster: Cluster;
const { enforcing, verdicts } = createTries(() => cluster);

beforeAll(async () => {
  cluster = await startCluster(SERVER_KIND_CRDS);
  await installPolicies(cluster, 'admin');
}, 120_000);

afterAll(async () => cluster?.api.stop(), 60_000);

const A = { images: ['docker.io/mcp/a:1'] };
const B = { images: ['docker.io/mcp/b:1'] };
const BOTH = list({ a: A, b: B });
test('only the controller writes or deletes the parameters, and garbage collection and namespace deletion still work', async () => {
  const namespace = await enforcing(BOTH);
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  const maps = `/api/v1/namespaces/${namespace}/configmaps`;
  await cluster.api.request('POST', accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'user' } });
  await cluster.api.request('POST', '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'ClusterRoleBinding',
    metadata: { name: 'user' },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
    subjects: [{ kind: 'ServiceAccount', name: 'user', namespace }],
  });
  const token = await cluster.api.request('POST', `${accounts}/user/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  const user = (token.body as { status: { token: string } }).status.token;
  const as = async (method: string, path: string, body?: object, type?: string): Promise<[number, string | undefined]> => {
    const answer = await cluster.api.requestAs(user, method, path, body, type);
    return [answer.status, (answer.body as { message?: string }).message];
  };
  const denied = [403, expect.stringContaining("ValidatingAdmissionPolicy 'registry-guard'")];
  const configMap = (metadata: object): object => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata });
  const merge = 'application/merge-patch+json';
  await waitFor(async () => (await as('GET', maps))[0] === 200, { message: 'the user to have permissions' });
  expect(await as('PATCH', `${maps}/mcpregistry-enforcement`, { data: { enforce: '' } }, merge)).toEqual(denied);
  expect(await as('PATCH', `${maps}/mcpregistry-enforcement`, { metadata: { labels: null } }, merge)).toEqual(denied);
  expect(await as('DELETE', `${maps}/mcpregistry-enforcement`)).toEqual(denied);
  expect(await as('DELETE', maps)).toEqual(denied);
  expect(await as('POST', maps, configMap({ name: 'mcpregistry-enforcement-9' }))).toEqual(denied);
  // Without the label the policies do not read it, and it is not guarded.
  expect((await as('POST', maps, configMap({ generateName: 'mcpregistry-enforcement-of-mine-' })))[0]).toBe(201);
  expect(await as('POST', maps, configMap({ name: 'mine', labels: { [PARAMETERS_LABEL.key]: 'x' } }))).toEqual(denied);
  expect(await as('POST', maps, configMap({ name: 'mine' }))).toEqual([201, undefined]);
  expect(await as('PATCH', `${maps}/mine`, { metadata: { labels: { [PARAMETERS_LABEL.key]: 'x' } } }, merge)).toEqual(denied);
  expect((await as('DELETE', `${maps}/mine`))[0]).toBe(200);
  expect(await verdicts(namespace, BOTH, { spec: { image: 'evil' } })).toBe(false);
});
