import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApiServer } from '@toolhive-registry/testenv';
import type { ApiServer } from '@toolhive-registry/testenv';
import { loadKubeConfig } from '../client/access.ts';
import { KubeClient } from '../client/client.ts';
import { isConflict, isNotFound } from '../client/errors.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { addFinalizer, hasFinalizer, removeFinalizer } from './finalizers.ts';

const OURS = 'example.com/cleanup';

let server: ApiServer;
let client: KubeClient;

beforeAll(async () => {
  server = await startApiServer();
  client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: server.kubeconfigPath }) });
}, 90_000);

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

function create(name: string, finalizers: string[] = []): Promise<KubeObject> {
  const object: KubeObject = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default', finalizers } };
  return client.create(CONFIG_MAPS, object);
}

function failure(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => undefined,
    (error: unknown) => error,
  );
}

test('an object stays until its finalizer is removed; those of others are kept', async () => {
  const created = await create('stays', ['example.com/other']);
  const held = await addFinalizer(client, CONFIG_MAPS, created, OURS);
  expect(held.metadata.finalizers).toEqual(['example.com/other', OURS]);
  // Nothing to do: no request either.
  expect(await addFinalizer(client, CONFIG_MAPS, held, OURS)).toBe(held);

  await client.delete(CONFIG_MAPS, held.metadata);
  const deleting = await client.get(CONFIG_MAPS, held.metadata);
  expect(deleting.metadata.deletionTimestamp).toBeDefined();
  const released = await removeFinalizer(client, CONFIG_MAPS, deleting, OURS);
  expect(released.metadata.finalizers).toEqual(['example.com/other']);
  expect(hasFinalizer(released, OURS)).toBe(false);
  expect(await removeFinalizer(client, CONFIG_MAPS, released, OURS)).toBe(released);

  await removeFinalizer(client, CONFIG_MAPS, released, 'example.com/other');
  expect(isNotFound(await failure(client.get(CONFIG_MAPS, held.metadata)))).toBe(true);
  // A repeated attempt finds it gone.
  await removeFinalizer(client, CONFIG_MAPS, released, 'example.com/other');
});

test('an object that is being deleted gets no new finalizer', async () => {
  const held = await create('goes', ['example.com/other']);
  await client.delete(CONFIG_MAPS, held.metadata);
  const deleting = await client.get(CONFIG_MAPS, held.metadata);
  expect(await addFinalizer(client, CONFIG_MAPS, deleting, OURS)).toBe(deleting);
});

test('a finalizer that was added meanwhile is not lost: a writer that has not seen it is refused', async () => {
  const seen = await create('busy');
  await addFinalizer(client, CONFIG_MAPS, seen, 'example.com/other');
  expect(isConflict(await failure(addFinalizer(client, CONFIG_MAPS, seen, OURS)))).toBe(true);
  expect((await client.get(CONFIG_MAPS, seen.metadata)).metadata.finalizers).toEqual(['example.com/other']);
});
