import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { waitFor } from '@toolhive-registry/testenv';
import { CHILDREN, condition, registryObject, startBench, type Bench, type Cluster, type Obj } from '../testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

/** Whether the stored object contains a value; defaults may be added to it. */
function isPartOf(value: unknown, written: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value) === JSON.stringify(written);
  return Object.entries(value).every(([key, child]) => isPartOf(child, (written as Record<string, unknown> | undefined)?.[key]));
}

describe('children', () => {
  test('are created with owner, labels and the manifest as configuration, in one write each and one for the status', async () => {
    const namespace = await bench.settled({ displayName: 'A', env: [{ name: 'LOG_LEVEL', value: 'debug' }], replicas: 2 });
    const owner = await cluster.until('mcpregistries', namespace, 'a', () => true);
    for (const [plural, name] of CHILDREN) {
      const { metadata } = await cluster.until(plural, namespace, name, () => true);
      expect(metadata.ownerReferences).toEqual([
        expect.objectContaining({ uid: owner.metadata.uid, controller: true, blockOwnerDeletion: true }),
      ]);
      expect(metadata.labels).toMatchObject({
        app: 'mcp-registry-api',
        'toolhive.stacklok.io/registry-name': 'a',
        'app.kubernetes.io/managed-by': 'toolhive-registry-controller',
      });
    }
    const config = await cluster.until('configmaps', namespace, 'a-config', () => true);
    expect(load(config['data']['spec.yaml'])).toMatchObject({
      apiVersion: 'toolhive.stacklok.dev/v1alpha1',
      kind: 'MCPRegistry',
      metadata: { name: 'a', namespace },
      spec: { displayName: 'A', source: { type: 'configmap', configmap: { name: 'data', key: 'registry.json' } } },
    });
    const deployment = await cluster.until('deployments', namespace, 'a-api', () => true);
    expect(deployment['spec']).toMatchObject({
      replicas: 2,
      selector: { matchLabels: { app: 'mcp-registry-api', 'toolhive.stacklok.io/registry-name': 'a' } },
      template: {
        spec: {
          automountServiceAccountToken: false,
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          containers: [
            {
              name: 'registry-api',
              image: 'registry.example.com/server:1',
              args: expect.arrayContaining([
                '--config=/config/spec.yaml',
                '--address=:8080',
                '--internal-address=:8081',
                '--storage-path=/data',
              ]),
              env: [{ name: 'LOG_LEVEL', value: 'debug' }],
              securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
            },
          ],
        },
      },
    });
    expect((await cluster.until('services', namespace, 'a-api', () => true))['spec'].ports).toEqual([
      { name: 'http', port: 8080, protocol: 'TCP', targetPort: 8080 },
    ]);
    expect((await cluster.until('services', namespace, 'a-int', () => true))['spec']).toMatchObject({
      type: 'ClusterIP',
      clusterIP: 'None',
      ports: [{ name: 'internal', port: 8081, protocol: 'TCP', targetPort: 8081 }],
    });
    await bench.passAgain(namespace);
    expect((await bench.writes(namespace)).sort()).toEqual([
      'patch configmaps',
      'patch deployments',
      'patch mcpregistries/status',
      'patch networkpolicies',
      'patch poddisruptionbudgets',
      'patch serviceaccounts',
      'patch services',
      'patch services',
    ]);
    // And one more when it is served: these are the writes that docs/benchmarks.md counts, and one for the budget of two pods.
    await bench.available(namespace, 1);
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Running');
    await bench.passAgain(namespace);
    expect(await bench.writes(namespace)).toHaveLength(9);
  });

  test.each(CHILDREN)('%s %s comes back when deleted', async (plural, name) => {
    const namespace = await bench.settled();
    const { metadata } = await cluster.until(plural, namespace, name, () => true);
    await cluster.delete(plural, namespace, name);
    await cluster.until(plural, namespace, name, (object) => object.metadata.uid !== metadata.uid);
  });

  test.each<[string, string, object, (object: Obj) => unknown]>([
    ['services', 'a-api', { spec: { selector: { app: 'other' } } }, (object) => object['spec'].selector.app === 'mcp-registry-api'],
    [
      'services',
      'a-api',
      { metadata: { labels: { 'app.kubernetes.io/managed-by': 'me' } } },
      (object) => object.metadata.labels?.['app.kubernetes.io/managed-by'] === 'toolhive-registry-controller',
    ],
    ['configmaps', 'a-config', { data: { 'spec.yaml': 'drift' } }, (object) => object['data']['spec.yaml'] !== 'drift'],
    [
      'deployments',
      'a-api',
      { spec: { template: { spec: { automountServiceAccountToken: true } } } },
      (object) => object['spec'].template.spec.automountServiceAccountToken === false,
    ],
    ['serviceaccounts', 'a-api', { automountServiceAccountToken: true }, (object) => object['automountServiceAccountToken'] === false],
    // Another key of a list item: ours next to it would be a second port, or volume type, and refused.
    [
      'services',
      'a-api',
      { spec: { ports: [{ name: 'http', port: 9999, targetPort: 8080, protocol: 'TCP' }] } },
      (object) => (object['spec'].ports as { port: number }[]).map(({ port }) => port).join() === '8080',
    ],
    [
      'services',
      'a-int',
      { spec: { ports: [{ name: 'internal', port: 9999, targetPort: 8081, protocol: 'TCP' }] } },
      (object) => (object['spec'].ports as { port: number }[]).map(({ port }) => port).join() === '8081',
    ],
    ['networkpolicies', 'a-int', { spec: { ingress: [{}] } }, (object) => object['spec'].ingress.length === 2],
    [
      'networkpolicies',
      'a-int',
      { spec: { podSelector: { matchLabels: { app: 'other' } } } },
      (object) => object['spec'].podSelector.matchLabels.app === 'mcp-registry-api',
    ],
    [
      'deployments',
      'a-api',
      {
        spec: {
          template: {
            spec: {
              volumes: [
                { name: 'data', hostPath: { path: '/' } },
                { name: 'config', emptyDir: {} },
                { name: 'sources', emptyDir: {} },
                { name: 'deployed', emptyDir: {} },
              ],
            },
          },
        },
      },
      (object) =>
        (object['spec'].template.spec.volumes as Obj[]).every(
          (volume) => !('hostPath' in volume) && (volume['name'] === 'data') === 'emptyDir' in volume,
        ),
    ],
    ...CHILDREN.map(([plural, name]): [string, string, object, (object: Obj) => unknown] => [
      plural,
      name,
      { metadata: { ownerReferences: null } },
      (object) => object.metadata.ownerReferences?.length === 1,
    ]),
  ])('drift of %s %s is undone: %j', async (plural, name, drift, restored) => {
    const namespace = await bench.settled();
    await cluster.until(plural, namespace, name, () => true);
    const drifted = await cluster.patch(plural, namespace, name, drift);
    expect(restored(drifted)).toBe(false);
    await cluster.until(plural, namespace, name, restored);
  });

  test('an edit of the spec takes effect, and what is removed from it goes', async () => {
    const namespace = await bench.settled({
      env: [{ name: 'A', value: '1' }],
      service: { annotations: { 'example.com/a': 'b' } },
      imagePullSecrets: [{ name: 'pull' }],
    });
    await cluster.until('services', namespace, 'a-api', (object) => object.metadata.annotations?.['example.com/a'] === 'b');
    await cluster.until('serviceaccounts', namespace, 'a-api', (object) => object['imagePullSecrets']?.[0]?.name === 'pull');
    await cluster.patch('mcpregistries', namespace, 'a', {
      spec: { env: null, service: null, imagePullSecrets: null, filter: { include: ['x*'] } },
    });
    await cluster.until(
      'deployments',
      namespace,
      'a-api',
      (object) =>
        object['spec'].template.spec.containers[0].env === undefined && object['spec'].template.spec.imagePullSecrets === undefined,
    );
    await cluster.until('services', namespace, 'a-api', (object) => object.metadata.annotations?.['example.com/a'] === undefined);
    await cluster.until('configmaps', namespace, 'a-config', (object) => object['data']['spec.yaml'].includes('x*'));
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].observedGeneration === 2);
  });

  test.each<[field: string, spec: object, where: readonly [plural: string, name: string], isSet: (object: Obj) => unknown]>([
    ...(
      [
        ['displayName', 'Company catalog'],
        ['format', 'toolhive'],
        ['validation', 'strict'],
        ['syncPolicy', { interval: '1h' }],
        ['filter', { tags: { exclude: ['old'] } }],
      ] as const
    ).map(([field, value]): [string, object, readonly [string, string], (object: Obj) => unknown] => [
      field,
      { [field]: value },
      ['configmaps', 'a-config'],
      (object) => isPartOf(value, (load(object['data']['spec.yaml']) as Obj)['spec'][field]),
    ]),
    ['replicas', { replicas: 3 }, ['deployments', 'a-api'], (object) => object['spec'].replicas === 3],
    ['replicas', { replicas: 3 }, ['poddisruptionbudgets', 'a-api'], (object) => object['spec'].maxUnavailable === 1],
    [
      'env',
      { env: [{ name: 'LOG_LEVEL', value: 'debug' }] },
      ['deployments', 'a-api'],
      (object) => object['spec'].template.spec.containers[0].env?.[0].name === 'LOG_LEVEL',
    ],
    ['service', { service: { type: 'NodePort' } }, ['services', 'a-api'], (object) => object['spec'].type === 'NodePort'],
    [
      'service',
      { service: { annotations: { 'example.com/a': 'b' } } },
      ['services', 'a-api'],
      (object) => object.metadata.annotations?.['example.com/a'] === 'b',
    ],
    [
      'imagePullSecrets',
      { imagePullSecrets: [{ name: 'pull' }] },
      ['deployments', 'a-api'],
      (object) => object['spec'].template.spec.imagePullSecrets?.[0].name === 'pull',
    ],
    [
      'podTemplateSpec',
      { podTemplateSpec: { spec: { priorityClassName: 'system-node-critical' } } },
      ['deployments', 'a-api'],
      (object) => object['spec'].template.spec.priorityClassName === 'system-node-critical',
    ],
  ])('an edit of %s takes effect at once, and so does removing it: %j', async (field, spec, [plural, name], isSet) => {
    const namespace = await bench.settled();
    const isThere = async (): Promise<boolean> => {
      const object = await cluster.get(plural, namespace, name);
      return object !== undefined && Boolean(isSet(object));
    };
    expect(await isThere()).toBe(false);
    await cluster.patch('mcpregistries', namespace, 'a', { spec });
    await waitFor(isThere, { message: `${field} to be acted upon` });
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { [field]: null } });
    await waitFor(async () => !(await isThere()), { message: `${field} to be taken out` });
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].observedGeneration === object.metadata.generation);
  });

  test('the scale subresource scales, as an autoscaler does, and a budget comes and goes with the second pod', async () => {
    const namespace = await bench.settled({ replicas: 1 });
    for (const replicas of [2, 1, 3]) {
      const scale = await cluster.patch('mcpregistries', namespace, 'a', { spec: { replicas } }, 'scale');
      expect(scale['status'].selector).toBe('app=mcp-registry-api,toolhive.stacklok.io/registry-name=a');
      await cluster.until('deployments', namespace, 'a-api', (object) => object['spec'].replicas === replicas);
      if (replicas > 1) await cluster.until('poddisruptionbudgets', namespace, 'a-api', () => true);
      else await cluster.gone('poddisruptionbudgets', namespace, 'a-api');
    }
  });

  test('a Deployment that somebody else scales has a budget all the same', async () => {
    const namespace = await bench.settled();
    await cluster.patch('deployments', namespace, 'a-api', { spec: { replicas: 2 } });
    const budget = await cluster.until('poddisruptionbudgets', namespace, 'a-api', () => true);
    expect(budget['spec'].selector.matchLabels).toEqual({ app: 'mcp-registry-api', 'toolhive.stacklok.io/registry-name': 'a' });
  });

  test('without spec.replicas the number belongs to whoever scales', async () => {
    const namespace = await bench.settled();
    await cluster.patch('deployments', namespace, 'a-api', { spec: { replicas: 3 } });
    await bench.passAgain(namespace);
    expect((await cluster.get('deployments', namespace, 'a-api'))?.['spec'].replicas).toBe(3);
  });

  test("somebody else's object of the same name is left alone and named", async () => {
    const namespace = await cluster.namespace();
    const foreign = await cluster.create('services', namespace, {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'a-api' },
      spec: { ports: [{ port: 1 }] },
    });
    await cluster.create('mcpregistries', namespace, registryObject('a'));
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status']?.phase === 'Failed');
    expect(condition(object, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ServiceFailed',
      message: expect.stringContaining('Service test-'),
    });
    expect(condition(object, 'Stalled')?.status).toBe('True');
    expect((await cluster.get('services', namespace, 'a-api'))?.metadata.resourceVersion).toBe(foreign.metadata.resourceVersion);
    await cluster.delete('services', namespace, 'a-api');
  });

  test('that were left behind are taken over by the next registry of the name, unchanged', async () => {
    const namespace = await bench.settled();
    const left = await Promise.all(CHILDREN.map(([plural, name]) => cluster.until(plural, namespace, name, () => true)));
    // What the garbage collector does for `kubectl delete --cascade=orphan`.
    await cluster.patch('mcpregistries', namespace, 'a', { metadata: { finalizers: ['orphan'] } });
    await cluster.delete('mcpregistries', namespace, 'a');
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Terminating');
    for (const [plural, name] of CHILDREN) await cluster.patch(plural, namespace, name, { metadata: { ownerReferences: null } });
    await cluster.patch('mcpregistries', namespace, 'a', { metadata: { finalizers: null } });
    await cluster.gone('mcpregistries', namespace, 'a');

    const { metadata } = await cluster.create('mcpregistries', namespace, registryObject('a'));
    for (const [index, [plural, name]] of CHILDREN.entries()) {
      const child = await cluster.until(plural, namespace, name, (object) => object.metadata.ownerReferences?.[0]?.uid === metadata.uid);
      expect(child.metadata.uid).toBe(left[index]?.metadata.uid);
    }
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.phase === 'Pending');
  });

  test('of a registry that is being deleted are not recreated', async () => {
    const namespace = await bench.settled();
    await cluster.delete('mcpregistries', namespace, 'a', { foreground: true });
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Terminating');
    expect(condition(object, 'Ready')).toMatchObject({ status: 'False', reason: 'Terminating' });
    expect(object['status'].url).toBe('');
    await cluster.delete('services', namespace, 'a-api');
    await bench.passAgain(namespace);
    expect(await cluster.get('services', namespace, 'a-api')).toBeUndefined();
    await cluster.patch('mcpregistries', namespace, 'a', { metadata: { finalizers: null } });
    await cluster.gone('mcpregistries', namespace, 'a');
  });
});
