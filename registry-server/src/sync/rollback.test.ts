import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RegistryHistory } from '@toolhive-registry/api';
import { catalog, eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder, type Folder } from '../testing.ts';

const ROLLBACK = 'toolhive.stacklok.dev/rollback-to';

function write(folder: Folder, annotations: Record<string, string> = {}, spec: object = {}): Promise<string> {
  const source = { type: 'file', file: { path: 'catalog.json' } };
  return folder.write('registry.yaml', manifest({ source, ...spec }, {}, { annotations }));
}

const data = (folder: Folder, ...names: string[]): Promise<string> => folder.write('catalog.json', JSON.stringify(catalog(...names)));

async function historyOf(url: string): Promise<RegistryHistory> {
  return (await (await fetch(`${url}/registry/history`)).json()) as RegistryHistory;
}

/** A server that has served these catalogs one after the other; the hashes of their snapshots. */
async function serverAfter(folder: Folder, ...catalogs: string[][]) {
  await data(folder, ...(catalogs[0] ?? []));
  const config = await write(folder);
  const server = await serverFor(folder, config);
  const hashes: string[] = [];
  for (const names of catalogs) {
    await data(folder, ...names);
    await eventually(() => serverNames(server.url), has(...names));
    const { snapshotHash } = await statusOf(server.url);
    // It is kept once it is stored.
    await eventually(
      () => historyOf(server.url),
      ({ snapshots }) => snapshots[0]?.hash === snapshotHash,
    );
    hashes.push(snapshotHash ?? '');
  }
  return { server, config, hashes };
}

const post = (url: string, query = ''): Promise<Response> => fetch(`${url}/registry/rollback${query}`, { method: 'POST' });
const end = (url: string): Promise<Response> => fetch(`${url}/registry/rollback`, { method: 'DELETE' });

describe('a rollback', () => {
  test('serves an earlier snapshot by the filters of now while the annotation is there, and what the sources give afterwards', async () => {
    await using folder = await temporaryFolder();
    const { server, hashes } = await serverAfter(folder, ['a', 'b', 'c'], ['d']);
    await using _ = server;
    await write(folder, { [ROLLBACK]: hashes[0] ?? '' });
    await eventually(() => serverNames(server.url), has('a', 'b', 'c'));
    expect(await statusOf(server.url)).toMatchObject({ rolledBackTo: hashes[0], serverCount: 3 });
    // Syncs continue, and replace nothing.
    await data(folder, 'e');
    await eventually(
      () => statusOf(server.url),
      ({ sources: [source], syncing, lastSync }) => !syncing && source?.state === 'ok' && lastSync?.serverCount === 3,
    );
    await write(folder, { [ROLLBACK]: hashes[0] ?? '' }, { filter: { names: { exclude: ['b'] } } });
    await eventually(() => serverNames(server.url), has('a', 'c'));
    await write(folder);
    await eventually(() => serverNames(server.url), has('e'));
    expect((await statusOf(server.url)).rolledBackTo).toBeNull();
    expect((await historyOf(server.url)).syncs[0]).toMatchObject({ added: 1, removed: 2 });
  });

  test('is visible with updated_since, there and back', async () => {
    await using folder = await temporaryFolder();
    const { server, hashes } = await serverAfter(folder, ['a', 'b'], ['a', 'c']);
    await using _ = server;
    const since = new Date().toISOString();
    await post(server.url, `?to=${hashes[0]}`);
    await eventually(() => serverNames(server.url), has('a', 'b'));
    const changed = async (): Promise<string[]> => {
      const { servers } = (await (await fetch(`${server.url}/v0.1/servers?updated_since=${since}`)).json()) as {
        servers: { server: { name: string }; _meta: Record<string, { status: string }> }[];
      };
      return servers.map((one) => `${one.server.name.slice(-1)} ${one._meta['io.modelcontextprotocol.registry/official']?.status}`);
    };
    expect(await changed()).toEqual(['b active', 'c deleted']);
    await end(server.url);
    await eventually(() => serverNames(server.url), has('a', 'c'));
    expect(await changed()).toEqual(['b deleted', 'c active']);
  });

  test('holds after a restart, at once and while the source is away', async () => {
    await using folder = await temporaryFolder();
    const { server, config, hashes } = await serverAfter(folder, ['a'], ['b']);
    await post(server.url, `?to=${hashes[0]?.slice(0, 12)}`);
    await eventually(() => serverNames(server.url), has('a'));
    await server.stop();
    await folder.write('catalog.json', '{');
    await using again = await serverFor(folder, config);
    expect(await serverNames(again.url)).toEqual(['a']);
    await eventually(
      () => statusOf(again.url),
      ({ sources: [source] }) => source?.state === 'failed',
    );
    expect(await serverNames(again.url)).toEqual(['a']);
    expect((await statusOf(again.url)).rolledBackTo).toBe(hashes[0]);
    await data(folder, 'c');
    await end(again.url);
    await eventually(() => serverNames(again.url), has('c'));
  });

  test('to what is not kept is a condition, and what the sources give is served', async () => {
    await using folder = await temporaryFolder();
    const { server, hashes } = await serverAfter(folder, ['a']);
    await using _ = server;
    await write(folder, { [ROLLBACK]: 'f'.repeat(64) });
    const { conditions, rolledBackTo } = await eventually(
      () => statusOf(server.url),
      (status) => status.conditions.some(({ reason }) => reason === 'RollbackNotFound'),
    );
    expect(conditions).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          type: 'SyncSuccessful',
          status: 'False',
          message: `the snapshot "${'f'.repeat(64)}" to roll back to is not kept; kept are ${hashes[0]?.slice(0, 12)}`,
        }),
      ]),
    );
    expect(rolledBackTo).toBeNull();
    expect(await serverNames(server.url)).toEqual(['a']);
    await write(folder);
    await eventually(
      () => statusOf(server.url),
      (status) => status.conditions.every(({ status: is }) => is === 'True'),
    );
  });

  test.each<[string, number, string]>([
    ['?to=0123456789', 404, 'there is no snapshot "0123456789"; those kept are '],
    ['?to=0', 404, 'there is no snapshot "0"'],
    ['', 422, 'to is missing; name the hash of a snapshot'],
    ['?to=', 422, 'to is missing'],
    [`?to=${'0'.repeat(65)}`, 422, 'to has 65 characters; at most 64 are allowed'],
  ])('by request: %s is answered with %i', async (query, status, message) => {
    await using folder = await temporaryFolder();
    const { server } = await serverAfter(folder, ['a']);
    await using _ = server;
    const response = await post(server.url, query);
    expect([response.status, await response.json()]).toEqual([
      status,
      expect.objectContaining({ error: expect.stringContaining(message) }),
    ]);
  });

  test('by request is refused where the annotation decides, and in a cluster', async () => {
    await using folder = await temporaryFolder();
    const { server, config, hashes } = await serverAfter(folder, ['a'], ['b']);
    await write(folder, { [ROLLBACK]: hashes[0] ?? '' });
    await eventually(() => serverNames(server.url), has('a'));
    expect((await post(server.url, `?to=${hashes[0]}`)).status).toBe(409);
    expect((await end(server.url)).status).toBe(409);
    await server.stop();
    await using pod = await serverFor(folder, config, { internal: true });
    for (const url of [pod.url, pod.internalUrl]) {
      const response = await post(url, `?to=${hashes[0]}`);
      expect([response.status, await response.text()]).toEqual([404, expect.stringContaining(`the annotation ${ROLLBACK}`)]);
    }
  });
});

test('the last five good snapshots are kept, across a restart, and the one that is wanted stays among them', async () => {
  await using folder = await temporaryFolder();
  const catalogs = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) => [name]);
  const { server, config, hashes } = await serverAfter(folder, ...catalogs);
  const newest = hashes.slice(2).reverse();
  expect((await historyOf(server.url)).snapshots.map(({ hash }) => hash)).toEqual(newest);
  await post(server.url, `?to=${hashes[2]}`);
  await eventually(() => serverNames(server.url), has('c'));
  await server.stop();
  expect((await readdir(join(folder.path, 'storage/snapshots'))).sort()).toEqual([...newest].sort());
  await using again = await serverFor(folder, config);
  expect((await historyOf(again.url)).snapshots.map(({ hash }) => hash)).toEqual(newest);
  await end(again.url);
  await eventually(() => serverNames(again.url), has('g'));
});
