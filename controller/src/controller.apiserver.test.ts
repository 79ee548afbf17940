import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { waitFor } from '@toolhive-registry/testenv';
import {
  catalogueConfigMap,
  condition,
  registryObject,
  startCluster,
  startController,
  type Cluster,
  type Obj,
  type RunningController,
} from './testing.ts';

let cluster: Cluster;
let controller: RunningController;

beforeAll(async () => {
  cluster = await startCluster();
  controller = await startController(cluster);
}, 60_000);

afterAll(async () => {
  await controller?.stop();
  await cluster?.api.stop();
}, 60_000);

const CHILDREN = [
  ['configmaps', 'a-config'],
  ['serviceaccounts', 'a-api'],
  ['services', 'a-api'],
  ['deployments', 'a-api'],
] as const;

/** A registry `a` in a namespace of its own, with its children there. */
async function settled(spec: object = {}): Promise<string> {
  const namespace = await cluster.namespace();
  await cluster.create('configmaps', namespace, catalogueConfigMap('data', 'x'));
  await cluster.create('mcpregistries', namespace, registryObject('a', spec));
  await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.observedGeneration === 1);
  return namespace;
}

/** Plays the Deployment controller. */
async function available(namespace: string, count: number): Promise<void> {
  const { metadata } = await cluster.until('deployments', namespace, 'a-api', () => true);
  const replicas = { replicas: 1, updatedReplicas: 1, readyReplicas: count, availableReplicas: count };
  await cluster.patch('deployments', namespace, 'a-api', { status: { observedGeneration: metadata.generation, ...replicas } }, 'status');
}

/** Writes of the controller in a namespace, Events aside. */
async function writes(namespace: string): Promise<string[]> {
  const events = await cluster.api.auditEvents();
  return events
    .filter((event) => event.userAgent?.startsWith('toolhive-registry-controller') === true && event.objectRef?.namespace === namespace)
    .filter((event) => ['create', 'update', 'patch', 'delete'].includes(event.verb) && event.objectRef?.resource !== 'events')
    .map((event) =>
      [
        event.verb,
        ' ',
        event.objectRef?.resource,
        event.objectRef?.subresource === undefined ? '' : `/${event.objectRef.subresource}`,
      ].join(''),
    );
}

/** Waits until the controller has looked at the registry again after a change that means nothing to it. */
async function passAgain(namespace: string): Promise<void> {
  const total = async (): Promise<number> => {
    const text = await (await fetch(`http://${controller.addresses.metrics}/metrics`)).text();
    return [...text.matchAll(/^controller_runtime_reconcile_total\{[^}]*\} (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  };
  const before = await total();
  await cluster.patch('mcpregistries', namespace, 'a', { metadata: { annotations: { 'example.com/note': String(before) } } });
  await waitFor(async () => (await total()) > before, { message: 'another pass' });
}

describe('children', () => {
  test('are made with owner, labels and the manifest as configuration, in one write each and one for the status', async () => {
    const namespace = await settled({ displayName: 'A', env: [{ name: 'LOG_LEVEL', value: 'debug' }], replicas: 2 });
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
    expect((await cluster.until('services', namespace, 'a-api', () => true))['spec'].ports.map((port: Obj) => port['port'])).toEqual([
      8080, 8081,
    ]);
    await passAgain(namespace);
    expect((await writes(namespace)).sort()).toEqual([
      'patch configmaps',
      'patch deployments',
      'patch mcpregistries/status',
      'patch serviceaccounts',
      'patch services',
    ]);
  });

  test.each(CHILDREN)('%s %s comes back when deleted', async (plural, name) => {
    const namespace = await settled();
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
    // Another key of a list's item: ours beside it would be a second port, or volume kind, and refused.
    [
      'services',
      'a-api',
      { spec: { ports: [{ name: 'http', port: 9999, targetPort: 'http', protocol: 'TCP' }] } },
      (object) => (object['spec'].ports as { port: number }[]).map(({ port }) => port).join() === '8080,8081',
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
    ['deployments', 'a-api', { metadata: { ownerReferences: null } }, (object) => object.metadata.ownerReferences?.length === 1],
  ])('drift of %s %s is put back: %j', async (plural, name, drift, restored) => {
    const namespace = await settled();
    await cluster.until(plural, namespace, name, () => true);
    const drifted = await cluster.patch(plural, namespace, name, drift);
    if (drift !== undefined && 'ownerReferences' in ((drift as Obj).metadata ?? {})) {
      // Without the owner it is a stranger's, and strangers' objects are not touched.
      await cluster.until('mcpregistries', namespace, 'a', (object) => condition(object, 'Ready')?.reason === 'DeploymentFailed');
      return;
    }
    expect(restored(drifted)).toBe(false);
    await cluster.until(plural, namespace, name, restored);
  });

  test('an edit of the spec acts, and what is taken out of it goes', async () => {
    const namespace = await settled({
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

  test('replicas that the spec leaves open belong to whoever scales', async () => {
    const namespace = await settled();
    await cluster.patch('deployments', namespace, 'a-api', { spec: { replicas: 3 } });
    await passAgain(namespace);
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

  test('of a registry that is being deleted are not made again', async () => {
    const namespace = await settled();
    await cluster.delete('mcpregistries', namespace, 'a', { foreground: true });
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Terminating');
    expect(condition(object, 'Ready')).toMatchObject({ status: 'False', reason: 'Terminating' });
    expect(object['status'].url).toBe('');
    await cluster.delete('services', namespace, 'a-api');
    await passAgain(namespace);
    expect(await cluster.get('services', namespace, 'a-api')).toBeUndefined();
    await cluster.patch('mcpregistries', namespace, 'a', { metadata: { finalizers: null } });
    await cluster.gone('mcpregistries', namespace, 'a');
  });
});

describe('podTemplateSpec', () => {
  test('is merged by name, the user wins, and our fields stay where it says nothing', async () => {
    const token = { secretKeyRef: { name: 'token', key: 'token' } };
    const namespace = await settled({
      env: [{ name: 'A', value: '1' }, { name: 'EMPTY' }, { name: 'TOKEN', valueFrom: token }, { name: 'REPLACED', valueFrom: token }],
      podTemplateSpec: {
        metadata: { annotations: { team: 'x' }, labels: { app: 'mine', team: 'x' } },
        spec: {
          nodeSelector: { disk: 'ssd' },
          containers: [
            {
              name: 'registry-api',
              resources: { limits: { memory: '1024Mi' } },
              env: [
                { name: 'B', value: '2' },
                { name: 'REPLACED', value: 'plain' },
              ],
              livenessProbe: { exec: { command: ['true'] } },
            },
            { name: 'sidecar', image: 'busybox' },
          ],
          volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'disk' } }],
        },
      },
    });
    const deployment = await cluster.until('deployments', namespace, 'a-api', () => true);
    const { metadata, spec } = deployment['spec'].template;
    expect(metadata).toMatchObject({ annotations: { team: 'x' }, labels: { app: 'mcp-registry-api', team: 'x' } });
    expect(spec.nodeSelector).toEqual({ disk: 'ssd' });
    expect(spec.containers.map((container: Obj) => container['name'])).toEqual(['registry-api', 'sidecar']);
    expect(spec.containers[0]).toMatchObject({
      image: 'registry.example.com/server:1',
      env: [
        { name: 'A', value: '1' },
        { name: 'EMPTY' },
        { name: 'TOKEN', valueFrom: token },
        { name: 'REPLACED', value: 'plain' },
        { name: 'B', value: '2' },
      ],
      resources: { limits: { memory: '1Gi' }, requests: { cpu: '50m' } },
    });
    // A probe of another kind replaces ours; what both have in common stays.
    expect(spec.containers[0].livenessProbe).toMatchObject({ exec: { command: ['true'] }, timeoutSeconds: 5 });
    expect(spec.containers[0].livenessProbe.httpGet).toBeUndefined();
    expect(spec.volumes.find((volume: Obj) => volume['name'] === 'data')).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'disk' },
    });
    await passAgain(namespace);
    expect((await writes(namespace)).filter((write) => write === 'patch deployments')).toHaveLength(1);
  });

  test.each<[string, object]>([
    ['containers that are a text', { spec: { containers: 'x' } }],
    ['a container without image', { spec: { containers: [{ name: 'x' }] } }],
    ['a container that is a text', { spec: { containers: ['x'] } }],
    [
      'a variable twice',
      {
        spec: {
          containers: [
            {
              name: 'registry-api',
              env: [
                { name: 'A', value: '1' },
                { name: 'A', value: '2' },
              ],
            },
          ],
        },
      },
    ],
    ['a volume of two kinds', { spec: { volumes: [{ name: 'y', emptyDir: {}, configMap: { name: 'z' } }] } }],
  ])('that is not valid (%s) is reported and leaves the Deployment as it is', async (_, podTemplateSpec) => {
    const namespace = await settled();
    const before = await cluster.until('deployments', namespace, 'a-api', () => true);
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { podTemplateSpec } });
    const object = await cluster.until(
      'mcpregistries',
      namespace,
      'a',
      (found) => condition(found, 'PodTemplateValid')?.status === 'False',
    );
    expect(condition(object, 'PodTemplateValid')).toMatchObject({
      reason: 'InvalidPodTemplateSpec',
      message: expect.stringContaining('spec.podTemplateSpec is refused'),
    });
    expect(object['status']).toMatchObject({ phase: 'Failed', observedGeneration: 2 });
    expect((await cluster.get('deployments', namespace, 'a-api'))?.metadata.generation).toBe(before.metadata.generation);
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { podTemplateSpec: null } });
    await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'PodTemplateValid')?.status === 'True');
  });
});

describe('status', () => {
  test('follows the Deployment; the url is there only while Running', async () => {
    const namespace = await settled();
    const pending = await cluster.until('mcpregistries', namespace, 'a', () => true);
    expect(pending['status']).toMatchObject({
      phase: 'Pending',
      message: '0 of 1 replicas are ready',
      readyReplicas: 0,
      selector: 'app=mcp-registry-api,toolhive.stacklok.io/registry-name=a',
    });
    expect(pending['status'].url).toBe('');
    expect(condition(pending, 'Reconciling')?.status).toBe('True');
    await available(namespace, 1);
    const running = await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Running');
    expect(running['status']).toMatchObject({
      url: `http://a-api.${namespace}.svc.cluster.local:8080`,
      readyReplicas: 1,
      replicas: 1,
      observedGeneration: 1,
    });
    expect(condition(running, 'Ready')).toMatchObject({ status: 'True', reason: 'Ready' });
    expect(condition(running, 'Reconciling')).toBeUndefined();
    expect(condition(running, 'SourceAvailable')).toMatchObject({ status: 'Unknown', reason: 'NotReported' });
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { enforceServers: true } });
    await cluster.until(
      'mcpregistries',
      namespace,
      'a',
      (object) => object['status'].message === 'The registry is served; without effect in this version: spec.enforceServers',
    );
    await available(namespace, 0);
    const down = await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Pending');
    expect(down['status'].url).toBe('');
    expect(condition(down, 'Ready')?.status).toBe('False');
  });

  test('a missing ConfigMap is named, and healed when it appears', async () => {
    const namespace = await cluster.namespace();
    await cluster.create('mcpregistries', namespace, registryObject('a'));
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'SourceAvailable')?.status === 'False');
    expect(object['status'].message).toBe(`ConfigMap "data" of source "default" does not exist in namespace ${namespace}; create it`);
    expect(condition(object, 'Ready')).toMatchObject({ status: 'False', reason: 'SourceNotFound' });
    await cluster.create('configmaps', namespace, catalogueConfigMap('data', 'x'));
    await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'SourceAvailable')?.status === 'Unknown');
  });

  test('what the CRD cannot refuse is ValidationFailed, and the children stay as they were', async () => {
    const namespace = await settled();
    const before = await cluster.until('configmaps', namespace, 'a-config', () => true);
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { source: { configmap: { name: 'data', namespace: 'elsewhere' } } } });
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].observedGeneration === 2);
    expect(object['status'].phase).toBe('Failed');
    expect(condition(object, 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ValidationFailed',
      message: expect.stringContaining('spec.source.configmap.namespace'),
    });
    expect((await cluster.get('configmaps', namespace, 'a-config'))?.metadata.resourceVersion).toBe(before.metadata.resourceVersion);
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { source: { configmap: { namespace: null } } } });
    await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Pending');
  });

  test('that somebody else changed is put right', async () => {
    const namespace = await settled();
    await cluster.patch('mcpregistries', namespace, 'a', { status: { phase: 'Running', url: 'http://wrong' } }, 'status');
    await passAgain(namespace);
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Pending' && object['status'].url === '');
  });
});

describe('restarts', () => {
  test('a new controller checks everything and writes nothing', async () => {
    const namespace = await settled();
    await available(namespace, 1);
    await cluster.until('mcpregistries', namespace, 'a', (object) => object['status'].phase === 'Running');
    await passAgain(namespace);
    const before = (await writes(namespace)).length;
    await controller.stop();
    controller = await startController(cluster);
    await passAgain(namespace);
    expect(await writes(namespace)).toHaveLength(before);
  });

  test('the API server may go away and come back', async () => {
    const namespace = await settled();
    await cluster.api.restart();
    await waitFor(async () => (await cluster.api.request('GET', '/readyz')).status === 200, {
      message: 'the API server',
      deadlineMs: 30_000,
    });
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { displayName: 'after the restart' } });
    await waitFor(
      async () => (await cluster.get('configmaps', namespace, 'a-config'))?.['data']['spec.yaml'].includes('after the restart') === true,
      { message: 'the edit to be applied', deadlineMs: 60_000 },
    );
  }, 120_000);
});
