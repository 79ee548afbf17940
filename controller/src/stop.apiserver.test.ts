import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '@toolhive-registry/testenv';
import { registryObject, startCluster, startController, type Cluster, type Obj } from './testing.ts';

const REGISTRIES = 50;

let cluster: Cluster;

beforeAll(async () => {
  cluster = await startCluster();
}, 60_000);

afterAll(async () => cluster?.api.stop(), 60_000);

test('a stop in a burst of Events loses none of them: each registry whose status was written has its Event', async () => {
  const namespace = await cluster.namespace();
  const names = Array.from({ length: REGISTRIES }, (_, index) => `r-${index}`);
  // Their ConfigMap is missing, which is reported.
  await Promise.all(names.map((name) => cluster.create('mcpregistries', namespace, registryObject(name))));
  const list = async (path: string): Promise<Obj[]> => ((await cluster.api.request('GET', path)).body as { items: Obj[] }).items;
  const events = (): Promise<Obj[]> => list(`/apis/events.k8s.io/v1/namespaces/${namespace}/events`);
  const controller = await startController(cluster, { registryAccess: 'none' });
  await waitFor(async () => (await events()).length > 0, { message: 'the first Event' });
  await controller.stop();
  const registries = await list(`/apis/toolhive.stacklok.dev/v1alpha1/namespaces/${namespace}/mcpregistries`);
  const written = registries.filter((registry) => registry['status'] !== undefined).map(({ metadata }) => metadata.name);
  // The API server writes its own Events, about Services for example.
  const regarding = (await events()).map((event) => event['regarding']).filter(({ kind }) => kind === 'MCPRegistry');
  expect(written.length).toBeGreaterThan(0);
  expect(regarding.map(({ name }) => String(name)).toSorted()).toEqual(written.toSorted());
}, 30_000);
