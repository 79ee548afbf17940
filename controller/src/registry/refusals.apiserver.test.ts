import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { condition, startBench, type Bench, type Cluster, type Obj } from '../testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

/** Registry `a` in its own namespace, with one available pod. */
async function running(): Promise<string> {
  const namespace = await bench.settled();
  await bench.available(namespace, 1);
  await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Running');
  return namespace;
}

async function warnings(namespace: string): Promise<string[]> {
  const { items } = await cluster.until('events', namespace, '', () => true);
  return (
    (items as Obj[])
      // The API server records its own warnings in the same namespace, such as about the address of a Service.
      .filter(({ type, regarding }) => type === 'Warning' && regarding.kind === 'MCPRegistry')
      .map(({ reason, note, deprecatedCount, series }) => {
        expect([deprecatedCount ?? 1, series]).toEqual([1, undefined]);
        return `${String(reason)}: ${String(note)}`;
      })
  );
}

test.each<[string, object, string, string]>([
  [
    'podTemplateSpec of a wrong type (500)',
    { podTemplateSpec: { spec: { containers: 'x' } } },
    'DeploymentFailed',
    'spec.podTemplateSpec is refused',
  ],
  [
    'a container without image (422)',
    { podTemplateSpec: { spec: { containers: [{ name: 'x' }] } } },
    'DeploymentFailed',
    'spec.podTemplateSpec is refused',
  ],
  [
    'a ConfigMap of another namespace',
    { source: { configmap: { name: 'data', namespace: 'elsewhere' } } },
    'ValidationFailed',
    'spec.source.configmap.namespace',
  ],
])('a registry keeps serving when a change is refused, and reports it once: %s', async (_, spec, reason, fragment) => {
  const namespace = await running();
  await cluster.patch('mcpregistries', namespace, 'a', { spec });
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].observedGeneration === 2);
  const stalled = condition(object, 'Stalled');
  expect(stalled).toMatchObject({ status: 'True', reason, message: expect.stringContaining(fragment) });
  expect(condition(object, 'Ready')).toMatchObject({ status: 'True', reason: 'Ready', message: 'The registry is served' });
  expect(condition(object, 'Reconciling')).toBeUndefined();
  expect(condition(object, 'PodTemplateValid')?.status).toBe(reason === 'ValidationFailed' ? 'Unknown' : 'False');
  expect(object['status']).toMatchObject({
    phase: 'Running',
    url: `http://a-api.${namespace}.svc.cluster.local:8080`,
    message: `The registry is served; ${stalled?.message ?? ''}`,
    readyReplicas: 1,
  });
  await bench.passAgain(namespace);

  // Without a pod nothing is served any more.
  await bench.available(namespace, 0);
  const down = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Failed');
  expect(condition(down, 'Ready')).toMatchObject({ status: 'False', reason, message: stalled?.message });
  expect(condition(down, 'Stalled')?.lastTransitionTime).toBe(stalled?.lastTransitionTime);
  expect(down['status'].url).toBe('');

  await bench.available(namespace, 1);
  await cluster.patch('mcpregistries', namespace, 'a', {
    spec: { podTemplateSpec: null, source: { configmap: { name: 'data', namespace: null } } },
  });
  const recovered = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Stalled') === undefined);
  expect(recovered['status']).toMatchObject({ phase: 'Running', message: 'The registry is served' });
  await waitFor(async () => (await warnings(namespace)).length > 0, { message: 'the Event' });
  expect(await warnings(namespace)).toEqual([`${reason}: ${stalled?.message ?? ''}`]);
});

test.each<[plural: string, name: string, phase: string]>([
  ['services', 'a-api', 'Failed'],
  ['deployments', 'a-api', 'Failed'],
  ['services', 'a-int', 'Running'],
  ['networkpolicies', 'a-int', 'Running'],
])('an object with another controller is refused, and serves nothing: %s %s, then phase %s', async (plural, name, phase) => {
  const namespace = await running();
  const other = { apiVersion: 'example.com/v1', kind: 'Other', name: 'b', uid: 'another', controller: true };
  await cluster.patch(plural, namespace, name, { metadata: { ownerReferences: [other] } });
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Stalled') !== undefined);
  const message = expect.stringContaining('is controlled by Other b, not by MCPRegistry a; delete it or choose another name');
  expect(condition(object, 'Stalled')?.message).toEqual(message);
  expect(object['status']).toMatchObject({ phase, message });
  expect(condition(object, 'Ready')?.status).toBe(phase === 'Running' ? 'True' : 'False');
  expect(object['status'].url !== '').toBe(phase === 'Running');
});
