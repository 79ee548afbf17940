import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startBench, type Bench } from '../../testing.ts';
import type { RegistryDefaults } from './defaults.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await startBench();
}, 60_000);
afterAll(async () => {
  await bench?.stop();
}, 60_000);

const git = { source: { type: 'git', git: { repository: 'https://example.com/r.git', path: 'a.json' } } };
const defaults: RegistryDefaults = {
  imagePullSecrets: ['mirror'],
  resources: { limits: { memory: '1Gi' } },
  syncInterval: '30m',
  env: { LOG_LEVEL: 'debug' },
};

test("a registry inherits the controller's defaults, and rolls when they change, except for the interval", async () => {
  const namespace = await bench.settled(git);
  const first = await bench.cluster.until('deployments', namespace, 'a-api', () => true);

  await bench.restart({ registryDefaults: { syncInterval: '30m' } });
  const config = await bench.cluster.until('configmaps', namespace, 'a-config', ({ data }) => data['spec.yaml'].includes('interval: 30m'));
  expect(config['data']['spec.yaml']).toContain('type: automatic');
  await bench.passAgain(namespace);
  expect((await bench.cluster.until('deployments', namespace, 'a-api', () => true)).metadata.generation).toBe(first.metadata.generation);

  await bench.restart({ registryDefaults: defaults });
  const second = await bench.cluster.until(
    'deployments',
    namespace,
    'a-api',
    ({ metadata }) => metadata.generation !== first.metadata.generation,
  );
  expect(second['spec'].template.spec).toMatchObject({
    imagePullSecrets: [{ name: 'mirror' }],
    containers: [{ env: [{ name: 'LOG_LEVEL', value: 'debug' }], resources: { limits: { memory: '1Gi' } } }],
  });
  expect(second['spec'].template.spec.containers[0].resources.requests).toBeUndefined();
  await bench.cluster.until('serviceaccounts', namespace, 'a-api', ({ imagePullSecrets }) => imagePullSecrets?.[0].name === 'mirror');

  const settled = (await bench.writes(namespace)).length;
  await bench.passAgain(namespace);
  expect((await bench.writes(namespace)).slice(settled)).toEqual([]);

  // Without defaults everything is as it was.
  await bench.restart();
  const third = await bench.cluster.until(
    'deployments',
    namespace,
    'a-api',
    ({ metadata }) => metadata.generation !== second.metadata.generation,
  );
  expect(third['spec'].template).toEqual(first['spec'].template);
}, 60_000);
