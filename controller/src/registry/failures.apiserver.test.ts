import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { catalogConfigMap, condition, registryObject, startBench, type Bench, type Cluster } from '../testing.ts';

const WEBHOOKS = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterEach(restoreWebhook);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

/** From now on every write of a Deployment in the namespace fails with 500: the admission webhook has no listener. */
async function breakWebhook(namespace: string): Promise<void> {
  const hook = {
    name: 'broken.example.com',
    admissionReviewVersions: ['v1'],
    sideEffects: 'None',
    clientConfig: { url: 'https://127.0.0.1:1/' },
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
    rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE', 'UPDATE'], resources: ['deployments'] }],
  };
  const kind = { apiVersion: 'admissionregistration.k8s.io/v1', kind: 'ValidatingWebhookConfiguration' };
  await cluster.api.request('POST', WEBHOOKS, { ...kind, metadata: { name: 'broken' }, webhooks: [hook] });
  const labels = { app: 'probe' };
  const template = { metadata: { labels }, spec: { containers: [{ name: 'x', image: 'x' }] } };
  const probe = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'probe' },
    spec: { selector: { matchLabels: labels }, template },
  };
  const path = `/apis/apps/v1/namespaces/${namespace}/deployments?dryRun=All`;
  await waitFor(async () => (await cluster.api.request('POST', path, probe)).status === 500, { message: 'the webhook to be asked' });
}

async function restoreWebhook(): Promise<void> {
  await cluster.api.request('DELETE', `${WEBHOOKS}/broken`);
}

test('a new registry says why it has no Deployment while admission fails, and starts when that is over', async () => {
  const namespace = await cluster.namespace();
  await breakWebhook(namespace);
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
  await cluster.create('mcpregistries', namespace, registryObject('a'));
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status']?.phase !== undefined);
  expect(object['status']).toMatchObject({ phase: 'Pending', observedGeneration: 1, url: '' });
  for (const [type, status] of [
    ['Ready', 'False'],
    ['Reconciling', 'True'],
  ] as const) {
    expect(condition(object, type)).toMatchObject({
      status,
      reason: 'DeploymentFailed',
      message: expect.stringContaining('failed calling webhook "broken.example.com"'),
    });
  }
  expect(condition(object, 'Stalled')).toBeUndefined();
  await restoreWebhook();
  await cluster.until('deployments', namespace, 'a-api', () => true);
  await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Ready')?.reason === 'NotReady');
  // Reported once, however often it failed, and once when it was over. The audit log has a write only after everybody has seen it.
  const writes = async (): Promise<number> =>
    (await bench.writes(namespace)).filter((write) => write === 'patch mcpregistries/status').length;
  await waitFor(async () => (await writes()) >= 2, { message: 'both writes in the audit log' });
  await bench.passAgain(namespace);
  expect(await writes()).toBe(2);
}, 30_000);

test('the registry keeps serving while an edit waits for admission', async () => {
  const namespace = await bench.settled();
  await bench.available(namespace, 1);
  await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Running');
  await breakWebhook(namespace);
  await cluster.patch('mcpregistries', namespace, 'a', { spec: { env: [{ name: 'A', value: '1' }] } });
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Reconciling') !== undefined);
  expect(condition(object, 'Reconciling')).toMatchObject({ status: 'True', reason: 'DeploymentFailed' });
  expect(condition(object, 'Ready')?.status).toBe('True');
  expect(object['status']).toMatchObject({
    phase: 'Running',
    message: expect.stringContaining('The registry is served; changes are not applied yet: '),
    url: `http://a-api.${namespace}.svc.cluster.local:8080`,
  });
  await restoreWebhook();
  await cluster.until('deployments', namespace, 'a-api', (found) => found['spec'].template.spec.containers[0].env?.[0]?.name === 'A');
}, 30_000);

test('in a namespace that is being deleted nothing is reported any more', async () => {
  const namespace = await bench.settled();
  await bench.available(namespace, 1);
  const before = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Running');
  // Nobody finishes the deletion here: the namespace stays as it is, and keeps refusing.
  await cluster.api.request('DELETE', `/api/v1/namespaces/${namespace}`);
  const writes = await bench.writes(namespace);
  await cluster.delete('services', namespace, 'a-api');
  await bench.passAgain(namespace);
  await bench.passAgain(namespace);
  const after = await cluster.until('mcpregistries', namespace, 'a', () => true);
  expect(after['status']).toEqual(before['status']);
  expect(await cluster.get('services', namespace, 'a-api')).toBeUndefined();
  // Tried once per pass, and not again and again.
  expect((await bench.writes(namespace)).slice(writes.length).filter((write) => write !== 'patch services')).toEqual([]);
});
