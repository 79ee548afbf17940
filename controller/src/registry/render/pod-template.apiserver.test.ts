import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { condition, startBench, type Bench, type Cluster, type Obj } from '../../testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

describe('podTemplateSpec', () => {
  test('is merged by name, the user wins, and our fields stay where it sets nothing', async () => {
    const token = { secretKeyRef: { name: 'token', key: 'token' } };
    const namespace = await bench.settled({
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
    await bench.passAgain(namespace);
    expect((await bench.writes(namespace)).filter((write) => write === 'patch deployments')).toHaveLength(1);
  });

  test('removes a field of ours that it sets to null, as OpenShift needs for users and groups, and is written once', async () => {
    const securityContext = { runAsUser: null, runAsGroup: null, fsGroup: null };
    const namespace = await bench.settled({ podTemplateSpec: { spec: { securityContext } } });
    const deployment = await cluster.until('deployments', namespace, 'a-api', () => true);
    expect(deployment['spec'].template.spec.securityContext).toEqual({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    await bench.passAgain(namespace);
    expect((await bench.writes(namespace)).filter((write) => write === 'patch deployments')).toHaveLength(1);
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
    ['a quantity that is none', { spec: { containers: [{ name: 'registry-api', resources: { limits: { memory: 'lots' } } }] } }],
    ['a volume of two kinds', { spec: { volumes: [{ name: 'y', emptyDir: {}, configMap: { name: 'z' } }] } }],
  ])('that is not valid (%s) is reported and leaves the Deployment as it is', async (problem, podTemplateSpec) => {
    const namespace = await bench.settled();
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
    const { message } = condition(object, 'PodTemplateValid') ?? {};
    expect(object['status']).toMatchObject({ phase: 'Failed', observedGeneration: 2, message });
    expect(message?.includes('container is called registry-api')).toBe(problem === 'a container without image');
    expect((await cluster.get('deployments', namespace, 'a-api'))?.metadata.generation).toBe(before.metadata.generation);
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { podTemplateSpec: null } });
    await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'PodTemplateValid')?.status === 'True');
  });
});
