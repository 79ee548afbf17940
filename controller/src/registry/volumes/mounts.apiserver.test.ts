import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import { keyHashes } from './content.ts';
import { fakeRegistry } from '../../pods/fake-registry.ts';
import { withCondition } from '../../pods/testing.ts';
import { condition, createPod, runningAt, startBench, type Bench, type Cluster, type Obj } from '../../testing.ts';

const CONTROLLER = 'toolhive-registry-controller';

const git = { name: 'git', type: 'git', git: { repository: 'https://git.example.com/catalog.git', branch: 'main' } };
const login = { auth: { secretRef: { name: 'login' } } };
const trust = { tls: { caConfigMapRef: { name: 'ca' } } };
const sources = [
  { name: 'team', configmap: { name: 'data' } },
  { ...git, ...login, ...trust },
  {
    name: 'url',
    type: 'url',
    url: 'https://example.com/registry.json',
    ...login,
    tls: { caSecretRef: { name: 'login', key: 'root.pem' } },
  },
  { name: 'registry', type: 'registry', registry: { endpoint: 'https://registry.example.com' }, ...login },
  { name: 'old', type: 'api', api: { endpoint: 'https://toolhive.example.com' } },
  { name: 'file', type: 'file', file: { path: '/mnt/catalog/registry.json' } },
];

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

async function deployment(namespace: string, condition: (object: Obj) => unknown = () => true): Promise<Obj> {
  return cluster.until('deployments', namespace, 'a-api', condition);
}
function volumeNames(object: Obj): string[] {
  return (object['spec'].template.spec.volumes as Obj[]).map((volume) => String(volume['name']));
}

function touched(pod: Obj | undefined): string | undefined {
  return pod?.metadata.annotations?.['toolhive.stacklok.dev/content-touched'];
}

describe('a registry with sources of every kind', () => {
  test.each<[string, object, string[]]>([
    ['with credentials', { source: null, sources }, ['config', 'sources', 'deployed', 'data', 'secrets', 'tmp']],
    [
      'of which none reads a ConfigMap',
      { source: null, sources: [{ ...git, ...login }] },
      ['config', 'sources', 'deployed', 'data', 'secrets', 'tmp'],
    ],
    ['of which none has credentials', { source: null, sources: [git] }, ['config', 'sources', 'deployed', 'data', 'tmp']],
  ])('is accepted by the API server and written once: %s', async (_, spec, volumes) => {
    const namespace = await bench.settled(spec);
    const object = await deployment(namespace);
    expect(volumeNames(object)).toEqual(volumes);
    const written = await bench.writes(namespace);
    expect(written.filter((write) => write === 'patch deployments')).toHaveLength(1);
    await bench.passAgain(namespace);
    await bench.passAgain(namespace);
    expect(await bench.writes(namespace)).toEqual(written);
  });

  test('has its Secrets mounted read-only for the server, and neither read nor watched by the controller', async () => {
    const namespace = await bench.settled({ source: null, sources });
    await bench.passAgain(namespace);
    const { volumes, containers } = (await deployment(namespace))['spec'].template.spec;
    const projected = (volumes as Obj[]).find((volume) => volume['name'] === 'secrets')?.['projected'];
    expect(projected?.defaultMode).toBe(0o440);
    const mounted = ((projected?.sources ?? []) as Obj[]).map(({ secret, configMap }) => (secret ?? configMap) as Obj);
    expect(mounted.map((object) => [object['name'], object['optional']])).toEqual([
      ['login', true],
      ['ca', true],
      ['login', true],
      ['login', true],
      ['login', true],
    ]);
    expect(containers[0].volumeMounts).toContainEqual({ name: 'secrets', mountPath: '/secrets', readOnly: true });
    const requests = (await cluster.api.auditEvents()).filter(({ userAgent }) => userAgent?.startsWith(CONTROLLER));
    expect(requests.length).toBeGreaterThan(0);
    expect(requests.filter(({ objectRef }) => objectRef?.resource === 'secrets')).toEqual([]);
  });

  test('rolls when a Secret is named, and loses the volume when none is named any more', async () => {
    const namespace = await bench.settled({ source: null, sources: [git] });
    const before = (await deployment(namespace)).metadata.generation ?? 0;
    await cluster.patch('mcpregistries', namespace, 'a', { spec: { sources: [{ ...git, ...login }] } });
    const added = await deployment(namespace, (object) => volumeNames(object).includes('secrets'));
    expect(added.metadata.generation).toBe(before + 1);

    await cluster.patch('mcpregistries', namespace, 'a', { spec: { sources: [{ name: 'team', configmap: { name: 'data' } }] } });
    const removed = await deployment(namespace, (object) => volumeNames(object).join() === 'config,sources,deployed,data');
    const [container] = removed['spec'].template.spec.containers;
    expect((container.volumeMounts as Obj[]).map((mount) => mount['name'])).toEqual(['config', 'sources', 'deployed', 'data']);
    expect(container.args).not.toContain('--temp-path=/tmp');
  });
});

test('a pod is annotated once for each version of a ConfigMap with certificates', async () => {
  const pod = await fakeRegistry();
  try {
    const namespace = await bench.settled({ source: null, sources: [{ ...git, ...trust }] });
    pod.report({ registry: { name: 'a', namespace } });
    const { data } = await cluster.until('configmaps', namespace, 'a-config', () => true);
    // The pod reports the right content, so that only the certificates are a reason to annotate it.
    pod.report({ files: Object.fromEntries(keyHashes({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a-config' }, data })) });
    await createPod(cluster, namespace, { status: runningAt(pod.ip, true) });
    await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'SourceAvailable')?.status === 'True');
    expect(touched(await cluster.until('pods', namespace, 'pod', () => true))).toBeUndefined();

    const authority = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'ca' }, data: { 'ca.crt': 'one' } };
    await cluster.create('configmaps', namespace, authority);
    const first = await cluster.until('pods', namespace, 'pod', (found) => touched(found) !== undefined);
    await cluster.patch('configmaps', namespace, 'ca', { data: { 'ca.crt': 'two' } });
    await cluster.until('pods', namespace, 'pod', (found) => touched(found) !== touched(first));
    await bench.passAgain(namespace);
    expect((await bench.writes(namespace)).filter((write) => write === 'patch pods')).toHaveLength(2);
  } finally {
    await pod.stop();
  }
});

test.each<[what: string, gone: (namespace: string) => Promise<unknown>]>([
  ['a key that is removed', (namespace) => cluster.patch('configmaps', namespace, 'data', { data: { 'registry.json': null } })],
  ['a ConfigMap that is deleted', (namespace) => cluster.delete('configmaps', namespace, 'data')],
])('%s is a reason to annotate the pod, until the pod no longer reports the file', async (_, gone) => {
  const pod = await fakeRegistry();
  try {
    const namespace = await bench.settled();
    pod.report({ registry: { name: 'a', namespace } });
    const hashes = async (name: string): Promise<[string, string][]> => {
      const { data } = await cluster.until('configmaps', namespace, name, () => true);
      return [...keyHashes({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data })];
    };
    const spec = Object.fromEntries(await hashes('a-config'));
    const files = Object.fromEntries((await hashes('data')).map(([key, hash]) => [`default/${key}`, hash]));
    pod.report({ files: { ...spec, ...files } });
    await createPod(cluster, namespace, { status: runningAt(pod.ip, true) });
    await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'SourceAvailable')?.status === 'True');
    await gone(namespace);
    const first = await cluster.until('pods', namespace, 'pod', (found) => touched(found) !== undefined);
    // The kubelet may still mount the old content.
    const again = await cluster.until('pods', namespace, 'pod', (found) => touched(found) !== touched(first));
    pod.report({ files: spec });
    await bench.passAgain(namespace);
    await bench.passAgain(namespace);
    expect(touched(await cluster.get('pods', namespace, 'pod'))).toBe(touched(again));
  } finally {
    await pod.stop();
  }
});

test('a missing Secret is reported in the words of the pod that needs it', async () => {
  const pod = await fakeRegistry();
  const message = 'git: Secret "login" is not there, or has none of the keys username, password, token; create it';
  pod.report(withCondition('SourceAvailable', 'False', 'SecretNotFound', message));
  try {
    const namespace = await bench.settled({ source: null, sources: [{ ...git, ...login }] });
    pod.report({ registry: { name: 'a', namespace } });
    await createPod(cluster, namespace, { status: runningAt(pod.ip, true) });
    const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'SourceAvailable')?.status === 'False');
    expect(condition(object, 'SourceAvailable')).toMatchObject({ reason: 'SecretNotFound', message });
    await cluster.until('events', namespace, '', ({ items }) =>
      (items as Obj[]).some(({ type, reason, note }) => type === 'Warning' && reason === 'SecretNotFound' && note === message),
    );
  } finally {
    await pod.stop();
  }
});

test('the annotations that ask for a sync reach the registry server', async () => {
  const namespace = await bench.settled();
  const annotations = { 'toolhive.stacklok.dev/sync-source': 'git,url', 'toolhive.stacklok.dev/sync-trigger': '1' };
  await cluster.patch('mcpregistries', namespace, 'a', { metadata: { annotations } });
  const config = await cluster.until('configmaps', namespace, 'a-config', (found) => found['data']['spec.yaml'].includes('sync-trigger'));
  expect(load(config['data']['spec.yaml'])).toMatchObject({ metadata: { annotations } });
});
