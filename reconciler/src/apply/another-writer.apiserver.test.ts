import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApiServer } from '@toolhive-registry/testenv';
import type { ApiServer } from '@toolhive-registry/testenv';
import { fileURLToPath } from 'node:url';
import { loadKubeConfig } from '../client/access.ts';
import { KubeClient } from '../client/client.ts';
import { CONFIG_MAPS } from '../client/kinds.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { AnotherWriter } from './another-writer.ts';
import { Applier } from './applier.ts';

const SHOPS: ResourceKind = { group: 'example.com', version: 'v1', plural: 'shops', kind: 'Shop', namespaced: true };
const namespace = 'default';
/** More than any fight should take. */
const ROUNDS = 10;

let server: ApiServer;
let client: KubeClient;

beforeAll(async () => {
  server = await startApiServer({ crds: [fileURLToPath(new URL('../testing/testdata/shops.yaml', import.meta.url))] });
  client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: server.kubeconfigPath }) });
}, 90_000);

afterAll(async () => {
  await client?.close();
  await server?.stop();
});

interface Side {
  readonly applier: Applier;
  readonly value: string;
  readonly reported: Set<string>;
}

/** Two processes with the same field manager and different intents. */
function sides(): Side[] {
  return ['one', 'other'].map((value) => ({ applier: new Applier(client, 'me'), value, reported: new Set() }));
}

async function versionOf(kind: ResourceKind, name: string): Promise<string | undefined> {
  return (await client.get(kind, { namespace, name })).metadata.resourceVersion;
}

test('two appliers of the same name with different intents leave the object alone, and both report it', async () => {
  const both = sides();
  const round = async (): Promise<void> => {
    for (const { applier, value, reported } of both) {
      const live = await client.get(CONFIG_MAPS, { namespace, name: 'fought' }).catch(() => undefined);
      const metadata = { name: 'fought', namespace, labels: { app: 'same' } };
      const desired = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: value, same: '1' } } as KubeObject;
      await applier.applyIfNeeded(CONFIG_MAPS, desired, live).catch((error: unknown) => {
        if (!(error instanceof AnotherWriter)) throw error;
        reported.add(`${error.path} ${error.count}`);
      });
    }
  };
  for (let i = 0; i < ROUNDS; i++) await round();
  expect(both.map(({ reported }) => [...reported])).toEqual([['.data.a 3'], ['.data.a 3']]);
  const version = await versionOf(CONFIG_MAPS, 'fought');
  for (let i = 0; i < ROUNDS; i++) await round();
  expect(await versionOf(CONFIG_MAPS, 'fought')).toBe(version);
});

test('two appliers of the same name leave a status alone that reports the fight', async () => {
  await client.create(SHOPS, { apiVersion: 'example.com/v1', kind: 'Shop', metadata: { name: 'fought', namespace } });
  const both = sides();
  const round = async (): Promise<void> => {
    for (const { applier, value, reported } of both) {
      const live = await client.get(SHOPS, { namespace, name: 'fought' });
      const conditions = [{ type: 'Ready', status: value }];
      const contested = ({ path }: AnotherWriter): object => ({ conditions: [...conditions, { type: 'AnotherWriter', status: path }] });
      const { anotherWriter } = await applier.applyStatus(SHOPS, live, { phase: 'Same', conditions }, { contested });
      if (anotherWriter !== undefined) reported.add(anotherWriter.path);
    }
  };
  for (let i = 0; i < ROUNDS; i++) await round();
  const path = '.status.conditions[Ready].status';
  expect(both.map(({ reported }) => [...reported])).toEqual([[path], [path]]);
  const { status } = await client.get<KubeObject & { status?: unknown }>(SHOPS, { namespace, name: 'fought' });
  expect(status).toMatchObject({ conditions: expect.arrayContaining([{ type: 'AnotherWriter', status: path }]) });
  const version = await versionOf(SHOPS, 'fought');
  for (let i = 0; i < ROUNDS; i++) await round();
  expect(await versionOf(SHOPS, 'fought')).toBe(version);
});

test('what another manager edits, takes over or removes is undone, however often', async () => {
  const applier = new Applier(client, 'me');
  const ref = { namespace, name: 'edited' };
  const desired = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { ...ref, labels: { app: 'edited' } },
    data: { a: '1', b: '1' },
  } as KubeObject;
  await applier.applyIfNeeded(CONFIG_MAPS, desired, undefined);
  const edits: readonly (() => Promise<unknown>)[] = [
    () => client.patch(CONFIG_MAPS, ref, { data: { a: 'edited' } }, { fieldManager: 'kubectl-edit' }),
    () => client.patch(CONFIG_MAPS, ref, { data: { a: null } }, { fieldManager: 'kubectl-edit' }),
    () => client.patch(CONFIG_MAPS, ref, { metadata: { labels: null } }, { fieldManager: 'kubectl-edit' }),
    () => client.apply(CONFIG_MAPS, { ...desired, data: { b: 'taken' } } as KubeObject, { fieldManager: 'you' }),
    // Under our name, but by an update, which the server records separately.
    () => client.patch(CONFIG_MAPS, ref, { data: { a: 'patched' } }, { fieldManager: 'me' }),
  ];
  for (const edit of edits) {
    for (let i = 0; i < 5; i++) {
      await edit();
      const result = await applier.applyIfNeeded(CONFIG_MAPS, desired, await client.get(CONFIG_MAPS, ref));
      expect([edits.indexOf(edit), result.written, result.anotherWriter]).toEqual([edits.indexOf(edit), true, undefined]);
    }
  }
  expect((await client.get<KubeObject & { data?: unknown }>(CONFIG_MAPS, ref)).data).toEqual({ a: '1', b: '1' });
});
