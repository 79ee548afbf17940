import { describe, expect, test } from '@jest/globals';
import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
import { catalogue, eventually, manifest, ONE_CONFIGMAP, serverFor, serverNames, temporaryFolder } from '../testing.ts';

async function statusOf(url: string): Promise<RegistryStatusDocument> {
  return (await (await fetch(`${url}/registry/status`)).json()) as RegistryStatusDocument;
}

const has =
  (...names: string[]) =>
  (answer: string[]): boolean =>
    JSON.stringify(answer) === JSON.stringify(names);

describe('on a laptop', () => {
  test('an edit of the ConfigMap in the file is served, and no request fails meanwhile', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    const asking = { on: true };
    const statuses = new Set<number>();
    const asker = (async () => {
      while (asking.on) statuses.add((await fetch(`${server.url}/v0.1/servers`)).status);
    })();
    for (const names of [['a', 'b'], ['b'], ['b', 'c', 'd']]) {
      await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue(...names) } }));
      await eventually(() => serverNames(server.url), has(...names));
    }
    asking.on = false;
    await asker;
    expect([...statuses]).toEqual([200]);
  });

  test.each<[string, reason: string, broken: string]>([
    ['YAML that does not parse', 'ManifestInvalid', 'kind: [MCPRegistry'],
    [
      'a registry that is not valid',
      'ManifestInvalid',
      manifest({ source: { type: 'git' } }, { data: { 'registry.json': catalogue('b') } }),
    ],
    ['no registry any more', 'ManifestInvalid', 'kind: ConfigMap'],
    ['another registry', 'ManifestInvalid', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('b') } }, { name: 'other' })],
    ['data that are no JSON', 'DataInvalid', manifest(ONE_CONFIGMAP, { data: { 'registry.json': '{"servers": ' } })],
    [
      'data without one usable entry',
      'DataInvalid',
      manifest(ONE_CONFIGMAP, { data: { 'registry.json': [{ name: 'x' }, { name: 'y' }] } }),
    ],
    ['a ConfigMap that is gone', 'SourceNotFound', manifest(ONE_CONFIGMAP)],
    ['a key that is gone', 'SourceNotFound', manifest(ONE_CONFIGMAP, { data: { other: catalogue('b') } })],
  ])('after an edit to %s what was served is served on, the status says why, and a good edit heals it', async (_, reason, broken) => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    await folder.write('registry.yaml', broken);
    await eventually(
      () => statusOf(server.url),
      (status) => status.conditions.some((found) => found.type === 'SyncSuccessful' && found.status === 'False' && found.reason === reason),
    );
    expect(await serverNames(server.url)).toEqual(['a']);
    await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a', 'healed') } }));
    await eventually(() => serverNames(server.url), has('a', 'healed'));
    expect(
      (
        await eventually(
          () => statusOf(server.url),
          (status) => status.conditions.every((found) => found.status === 'True'),
        )
      ).sources[0],
    ).toMatchObject({ state: 'ok' });
  });

  test('ConfigMaps may stand in other files of the folder, whether the folder or the file is named', async () => {
    for (const named of ['', 'registry.yaml']) {
      await using folder = await temporaryFolder();
      await folder.write('registry.yaml', manifest(ONE_CONFIGMAP));
      await folder.write('data.yaml', manifest({}, { data: { 'registry.json': catalogue('a') } }).split('---\n')[1] ?? '');
      await using server = await serverFor(folder, join(folder.path, named), { storage: join(folder.path, 'storage') });
      await eventually(() => serverNames(server.url), has('a'));
    }
  });

  test('JSON beside the manifest that is no Kubernetes object is not part of it, whole or not', async () => {
    await using folder = await temporaryFolder();
    await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'servers.json' } } }));
    await folder.write('servers.json', JSON.stringify(catalogue('a')));
    await folder.write('list.json', '[{"name": "x"}]');
    await folder.write('half.json', '{"servers": ');
    await using server = await serverFor(folder, folder.path);
    await eventually(() => serverNames(server.url), has('a'));
  });

  test('a file source is read beside the manifest, and followed', async () => {
    await using folder = await temporaryFolder();
    await folder.write('catalogue.json', JSON.stringify(catalogue('a')));
    const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: './catalogue.json' } } }));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    await folder.write('catalogue.json', gzipSync(JSON.stringify(catalogue('b'))));
    await eventually(() => serverNames(server.url), has('b'));
  });

  test('a filter edit acts at once, also while the source is away', async () => {
    await using folder = await temporaryFolder();
    const data = await folder.write('catalogue.json', JSON.stringify(catalogue('a', 'b')));
    const spec = { source: { type: 'file', file: { path: 'catalogue.json' } } };
    const config = await folder.write('registry.yaml', manifest(spec));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a', 'b'));
    await rm(data);
    await eventually(
      () => statusOf(server.url),
      (status) => status.sources[0]?.reason === 'SourceNotFound',
    );
    await folder.write('registry.yaml', manifest({ ...spec, filter: { names: { exclude: ['b'] } } }));
    await eventually(() => serverNames(server.url), has('a'));
    expect((await statusOf(server.url)).conditions).toEqual([
      expect.objectContaining({ type: 'SourceAvailable', status: 'False', reason: 'SourceNotFound' }),
      expect.objectContaining({ type: 'DataValid', status: 'True' }),
      expect.objectContaining({ type: 'SyncSuccessful', status: 'False' }),
    ]);
    // The same bytes again: the failure must not stick.
    await folder.write('catalogue.json', JSON.stringify(catalogue('a', 'b')));
    await eventually(
      () => statusOf(server.url),
      (status) => status.sources[0]?.state === 'ok' && status.lastSync?.result === 'completed',
    );
    expect(await serverNames(server.url)).toEqual(['a']);
  });
});

describe('several sources', () => {
  const spec = {
    sources: [
      { name: 'first', type: 'configmap', configmap: { name: 'one' } },
      { name: 'second', type: 'configmap', configmap: { name: 'two' }, filter: { names: { exclude: ['x-*'] } } },
    ],
  };

  test('are merged by order; one that is broken does not touch the other', async () => {
    await using folder = await temporaryFolder();
    const write = (one: unknown, two: unknown): Promise<string> =>
      folder.write('registry.yaml', manifest(spec, { one: { 'registry.json': one }, two: { 'registry.json': two } }));
    await using server = await serverFor(folder, await write(catalogue('a', 'x-1'), catalogue('a', 'b', 'x-2')));
    await eventually(() => serverNames(server.url), has('a', 'b', 'x-1'));
    expect((await statusOf(server.url)).sources).toEqual([
      expect.objectContaining({ name: 'first', state: 'ok', serverCount: 2, warnings: [] }),
      expect.objectContaining({
        name: 'second',
        state: 'ok',
        serverCount: 1,
        warnings: [expect.stringContaining('source "first" stands earlier')],
      }),
    ]);
    await write('{', catalogue('a', 'b', 'c'));
    await eventually(() => serverNames(server.url), has('a', 'b', 'c', 'x-1'));
    expect((await statusOf(server.url)).sources[0]).toMatchObject({
      state: 'failed',
      reason: 'DataInvalid',
      message: expect.stringContaining('not valid JSON'),
    });
  });

  test('types that are not read yet are said to be so', async () => {
    await using folder = await temporaryFolder();
    const git = { sources: [...spec.sources.slice(0, 1), { name: 'later', type: 'url', url: 'https://example.com/registry.json' }] };
    const config = await folder.write('registry.yaml', manifest(git, { one: { 'registry.json': catalogue('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    expect((await statusOf(server.url)).sources[1]).toMatchObject({ state: 'failed', reason: 'UnsupportedSource' });
  });
});

describe('readiness', () => {
  test('is 503 with the reason until there is data, and 200 by itself afterwards', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP));
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      (status) => status.lastSync !== null,
    );
    expect((await statusOf(server.url)).conditions.map(({ type, status }) => [type, status])).toEqual([
      ['SourceAvailable', 'False'],
      ['DataValid', 'Unknown'],
      ['SyncSuccessful', 'False'],
    ]);
    const response = await fetch(`${server.url}/readiness`);
    expect(response.status).toBe(503);
    expect(((await response.json()) as { detail: string }).detail).toContain('ConfigMap "data", key "registry.json": not found');
    expect((await fetch(`${server.url}/v0.1/servers`)).status).toBe(503);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    await folder.write('more.yaml', manifest({}, { data: { 'registry.json': { servers: {} } } }).split('---\n')[1] ?? '');
    await eventually(
      async () => (await fetch(`${server.url}/readiness`)).status,
      (status) => status === 200,
    );
    expect(await serverNames(server.url)).toEqual([]);
  });
});

describe('storage', () => {
  test('what was good is served again after a restart while the source is away, with the same times', async () => {
    await using folder = await temporaryFolder();
    const data = await folder.write('catalogue.json', JSON.stringify(catalogue('a', 'b')));
    const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'catalogue.json' } } }));
    let before = '';
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a', 'b'));
      before = await (await fetch(`${server.url}/v0.1/servers`)).text();
      await eventually(
        () => readFile(join(folder.path, 'storage/state.json'), 'utf8').catch(() => ''),
        (text) => text !== '',
      );
    }
    await rm(data);
    await using again = await serverFor(folder, config);
    expect(await (await fetch(`${again.url}/v0.1/servers`)).text()).toBe(before);
    await eventually(
      () => statusOf(again.url),
      (status) => status.sources[0]?.state === 'failed',
    );
    expect(await (await fetch(`${again.url}/v0.1/servers`)).text()).toBe(before);
    expect((await statusOf(again.url)).ready).toBe(true);
  });

  test.each(['snapshot', 'state.json'])('a damaged %s is replaced', async (file) => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    const path = join(folder.path, 'storage', file);
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a'));
      await eventually(
        () => readFile(path).catch(() => Buffer.alloc(0)),
        (bytes) => bytes.length > 0,
      );
    }
    await writeFile(path, 'damaged');
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
  });

  test("another registry's storage is not served", async () => {
    await using folder = await temporaryFolder();
    const first = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    {
      await using server = await serverFor(folder, first);
      await eventually(
        () => readFile(join(folder.path, 'storage/state.json'), 'utf8').catch(() => ''),
        (text) => text !== '',
      );
      expect(await serverNames(server.url)).toEqual(['a']);
    }
    const second = await folder.write(
      'registry.yaml',
      manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('b') } }, { name: 'other' }),
    );
    await expect(serverFor(folder, second)).rejects.toThrow('the storage belongs to registry default/test');
  });
});

describe('in a pod', () => {
  test('a mounted ConfigMap that is exchanged, as the kubelet does it, is served; the status tells its hash', async () => {
    await using folder = await temporaryFolder();
    const sources = join(folder.path, 'sources');
    const publish = async (generation: string, value: unknown): Promise<void> => {
      await mkdir(join(sources, generation, 'default'), { recursive: true });
      await writeFile(join(sources, generation, 'default', 'registry.json'), JSON.stringify(value));
      await symlink(generation, join(sources, '..data_tmp'));
      await rename(join(sources, '..data_tmp'), join(sources, '..data'));
    };
    await mkdir(sources);
    await publish('..1', catalogue('a'));
    await symlink('..data/default', join(sources, 'default'));
    const config = await folder.write('spec.yaml', manifest(ONE_CONFIGMAP));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    const hash = (await statusOf(server.url)).files['default/registry.json'];
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    await publish('..2', catalogue('b'));
    await eventually(() => serverNames(server.url), has('b'));
    expect((await statusOf(server.url)).files['default/registry.json']).not.toBe(hash);
  });
});

describe('on request', () => {
  test('a sync is accepted, a second one while it runs is refused, and it is recorded as manual', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      (status) => !status.syncing && status.lastSync !== null,
    );
    expect(server.engine.request()).toBe(true);
    const refused = await fetch(`${server.url}/registry/sync`, { method: 'PUT' });
    const accepted = await eventually(
      () => fetch(`${server.url}/registry/sync`, { method: 'POST' }),
      (response) => response.status === 202,
    );
    expect([202, 409]).toContain(refused.status);
    expect(accepted.headers.get('location')).toBe('/registry/status');
    expect(
      (
        await eventually(
          () => statusOf(server.url),
          (status) => !status.syncing && status.lastSync?.type === 'manual',
        )
      ).lastSync,
    ).toMatchObject({ result: 'completed', serverCount: 1 });
  });

  test('two requests at once: one runs, one is told so', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      (status) => !status.syncing && status.lastSync !== null,
    );
    expect([server.engine.request(), server.engine.request()]).toEqual([true, false]);
  });

  test('each new value of the annotation syncs once, and a manual policy waits for it', async () => {
    await using folder = await temporaryFolder();
    await folder.write('catalogue.json', JSON.stringify(catalogue('a')));
    const spec = { source: { type: 'file', file: { path: 'catalogue.json' } }, syncPolicy: { type: 'manual' } };
    const config = await folder.write('registry.yaml', manifest(spec));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    await folder.write('catalogue.json', JSON.stringify(catalogue('b')));
    await folder.write('registry.yaml', manifest({ ...spec, displayName: 'edited' }));
    await eventually(
      async () => ((await (await fetch(server.url)).json()) as { displayName: string }).displayName,
      (name) => name === 'edited',
    );
    await eventually(
      () => statusOf(server.url),
      (status) => !status.syncing,
    );
    expect(await serverNames(server.url)).toEqual(['a']);
    await folder.write('registry.yaml', manifest(spec, {}, { annotations: { 'toolhive.stacklok.dev/sync-trigger': 'now' } }));
    await eventually(() => serverNames(server.url), has('b'));
    expect(
      await eventually(
        () => statusOf(server.url),
        (status) => status.lastSyncTrigger === 'now',
      ),
    ).toMatchObject({ lastSync: { type: 'manual' } });
  });

  test('a long poll of the status answers when a fact changes, and 304 when none does', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      (status) => !status.syncing && status.ready,
    );
    const etag = (await fetch(`${server.url}/registry/status`)).headers.get('etag') ?? '';
    const poll = (wait: string): Promise<Response> =>
      fetch(`${server.url}/registry/status?wait=${wait}`, { headers: { 'If-None-Match': etag } });
    expect((await poll('0.05s')).status).toBe(304);
    // A sync that changes nothing is no news.
    const quiet = poll('0.5');
    await fetch(`${server.url}/registry/sync`, { method: 'POST' });
    expect((await quiet).status).toBe(304);
    const waiting = poll('30s');
    await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalogue('a', 'b') } }));
    const answer = await waiting;
    expect(answer.status).toBe(200);
    expect(
      (
        await eventually(
          () => statusOf(server.url),
          (status) => status.serverCount === 2,
        )
      ).ready,
    ).toBe(true);
  });
});
