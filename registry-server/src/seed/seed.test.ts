import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { get, type RequestListener } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { RegistryHistory } from '@toolhive-registry/api';
import { createLogger } from '../logger.ts';
import { catalog, eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder, type Folder } from '../testing.ts';
import { httpHost, reply } from '../outbound/testing.ts';
import { openStore } from '../store/store.ts';
import { seedStore } from './receive.ts';

async function textOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

async function historyOf(url: string): Promise<RegistryHistory> {
  return JSON.parse(await textOf(`${url}/registry/history`)) as RegistryHistory;
}

const SPEC = { source: { type: 'file', file: { path: 'catalog.json' } } };

/** A manifest and its data; without names these are away. */
async function write(folder: Folder, names: readonly string[], spec: object = {}): Promise<string> {
  if (names.length === 0) await rm(join(folder.path, 'catalog.json'), { force: true });
  else await folder.write('catalog.json', JSON.stringify(catalog(...names)));
  return folder.write('registry.yaml', manifest({ ...SPEC, ...spec }));
}

describe('a replica that starts empty', () => {
  test('begins where another one is: the same answers, tombstones, history and kept snapshots, though the source is away', async () => {
    await using folder = await temporaryFolder();
    const config = await write(folder, ['a', 'b', 'c']);
    await using first = await serverFor(folder, config, { internal: true });
    await eventually(() => serverNames(first.url), has('a', 'b', 'c'));
    await write(folder, ['a', 'c']);
    await eventually(() => serverNames(first.url), has('a', 'c'));
    await write(folder, []);
    await eventually(
      () => statusOf(first.url),
      ({ sources: [source] }) => source?.state === 'failed',
    );

    await using second = await serverFor(folder, config, {
      internal: true,
      storage: join(folder.path, 'second'),
      seedFrom: first.internalUrl,
    });
    for (const path of ['/v0.1/servers', '/v0.1/servers?include_deleted=true']) {
      expect(await textOf(second.url + path)).toBe(await textOf(first.url + path));
    }
    const [here, there] = [await historyOf(second.url), await historyOf(first.url)];
    expect(here.snapshots).toEqual(there.snapshots);
    const seeded = here.syncs.findIndex(({ type }) => type === 'seeded');
    expect(here.syncs[seeded]).toMatchObject({ hash: there.syncs[0]?.hash, serverCount: 2, result: 'completed' });
    expect(here.syncs.slice(seeded + 1)).toEqual(there.syncs.slice(0, here.syncs.length - seeded - 1));
    // With its last good data, not with the snapshot alone: a filter acts while the source is away.
    await write(folder, [], { filter: { names: { exclude: ['a'] } } });
    await eventually(() => serverNames(second.url), has('c'));
  });

  test('takes it over later as well, where the other one was not ready yet and the source is away', async () => {
    await using folder = await temporaryFolder();
    const config = await write(folder, ['a', 'b']);
    await using first = await serverFor(folder, config, { internal: true });
    await eventually(() => serverNames(first.url), has('a', 'b'));
    await write(folder, []);
    let isReady = false;
    await using sibling = await httpHost((req, res) => {
      if (!isReady) return reply(res, 503);
      get(`${first.internalUrl}${req.url ?? ''}`, (response) => {
        res.writeHead(200);
        response.pipe(res);
      });
      return undefined;
    });
    await using second = await serverFor(folder, config, { internal: true, storage: join(folder.path, 'second'), seedFrom: sibling.url });
    await eventually(
      () => statusOf(second.url),
      ({ sources: [source], ready }) => source?.state === 'failed' && !ready,
    );
    isReady = true;
    await eventually(() => serverNames(second.url), has('a', 'b'));
    expect((await statusOf(second.url)).sources[0]).toMatchObject({ state: 'failed', reason: 'SourceNotFound', serverCount: 2 });
    expect((await historyOf(second.url)).syncs.map(({ type }) => type)).toContain('seeded');
    await write(folder, [], { filter: { names: { exclude: ['a'] } } });
    await eventually(() => serverNames(second.url), has('b'));
  });

  test('takes it over after a restart as well, while it has nothing to serve', async () => {
    await using folder = await temporaryFolder();
    const config = await write(folder, []);
    const storage = join(folder.path, 'second');
    {
      await using early = await serverFor(folder, config, { storage, seedFrom: 'http://127.0.0.1:1' });
      await eventually(
        () => statusOf(early.url),
        ({ lastSync }) => lastSync !== null,
      );
    }
    await write(folder, ['a']);
    await using first = await serverFor(folder, config, { internal: true });
    await eventually(() => serverNames(first.url), has('a'));
    await write(folder, []);
    await using second = await serverFor(folder, config, { storage, seedFrom: first.internalUrl });
    expect(await serverNames(second.url)).toEqual(['a']);
  });

  test('with something in its storage asks nobody', async () => {
    await using folder = await temporaryFolder();
    const config = await write(folder, ['a', 'b', 'c']);
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a', 'b', 'c'));
    }
    await using sibling = await httpHost((_, res) => reply(res, 500));
    await using server = await serverFor(folder, config, { seedFrom: sibling.url });
    expect(await serverNames(server.url)).toEqual(['a', 'b', 'c']);
    expect(sibling.requests).toEqual([]);
  });

  test.each<[string, string]>([
    ['nobody is there', 'http://127.0.0.1:1'],
    ['the name is none', 'http://nowhere.invalid:8081'],
  ])('reads the sources when %s', async (_, seedFrom) => {
    await using folder = await temporaryFolder();
    await using server = await serverFor(folder, await write(folder, ['a', 'b', 'c']), { seedFrom });
    await eventually(() => serverNames(server.url), has('a', 'b', 'c'));
    expect((await historyOf(server.url)).syncs.map(({ type }) => type)).not.toContain('seeded');
  });

  const state = (name: string): string =>
    JSON.stringify({
      registry: { name, namespace: 'default' },
      rulesHash: '',
      sources: {},
      lastChangeTime: null,
      lastSyncTrigger: null,
      history: [],
    });
  const frame = (name: string, content: string, sha256 = ''): string =>
    `${JSON.stringify({ name, size: content.length })}\n${content}${JSON.stringify({ sha256 })}\n`;
  const owner = (name: string): string => {
    const content = JSON.stringify({ name, namespace: 'default' });
    return frame('registry', content, createHash('sha256').update(content).digest('hex'));
  };
  const ours = owner('test');
  test.each<[string, RequestListener]>([
    ['has nothing', (_, res) => reply(res, 503)],
    ['sends something else', (_, res) => reply(res, 200, '<html>')],
    ['sends a line without an end', (_, res) => reply(res, 200, 'x'.repeat(100_000))],
    ['breaks off', (_, res) => reply(res, 200, '{"name":"snapshot","size":1000}\nxxx')],
    ['sends damaged files', (_, res) => reply(res, 200, ours + frame('snapshot', 'xxx'))],
    ['names a file elsewhere', (_, res) => reply(res, 200, ours + frame('../../outside', 'xxx'))],
    ['names a file of the storage that is not its to send', (_, res) => reply(res, 200, ours + frame('lock', 'xxx'))],
    ['serves another registry', (_, res) => reply(res, 200, owner('other') + frame('snapshot', 'xxx'))],
    ['says so of its state', (_, res) => reply(res, 200, ours + frame('state', state('other')))],
    ['never answers', () => undefined],
  ])('reads the sources when the other one %s', async (_, listener) => {
    await using folder = await temporaryFolder();
    await using sibling = await httpHost(listener);
    const store = await openStore(join(folder.path, 'storage'));
    const registry = { name: 'test', namespace: 'default' };
    const logger = createLogger({ level: 'silent', format: 'json' });
    await seedStore({ url: new URL(sibling.url), registry, store, logger, clock: Date.now, timeoutMs: 500 });
    expect((await store.load()).snapshot).toBeUndefined();
    expect(await store.isEmpty()).toBe(true);
    await store.close();
  });
});

test('the public port gives nothing of it, nor does a server that has nothing', async () => {
  await using folder = await temporaryFolder();
  await using server = await serverFor(folder, await write(folder, []), { internal: true });
  expect((await fetch(`${server.url}/registry/snapshot`)).status).toBe(404);
  expect((await fetch(`${server.internalUrl}/registry/snapshot`)).status).toBe(503);
  await write(folder, ['a']);
  await eventually(
    () => statusOf(server.url),
    ({ ready }) => ready,
  );
  const head = await fetch(`${server.internalUrl}/registry/snapshot`, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-type')]).toEqual([200, 'application/vnd.toolhive-registry.seed']);
});
