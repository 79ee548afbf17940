import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  catalog,
  eventually,
  goodFiles,
  has,
  manifest,
  ONE_CONFIGMAP,
  serverFor,
  serverNames,
  statusOf,
  temporaryFolder,
} from '../testing.ts';

describe('storage', () => {
  test('what was good is served again after a restart while the source is away, with the same times', async () => {
    await using folder = await temporaryFolder();
    const data = await folder.write('catalog.json', JSON.stringify(catalog('a', 'b')));
    const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'catalog.json' } } }));
    let before = '';
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a', 'b'));
      before = await (await fetch(`${server.url}/v0.1/servers`)).text();
      await eventually(
        () => readFile(join(folder.path, 'storage/state'), 'utf8').catch(() => ''),
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

  test.each(['snapshot', 'state'])('a damaged %s is replaced', async (file) => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
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

  test.each([
    ['the layout before', 1],
    ['an older layout', 2],
  ])('a snapshot in %s is rebuilt from the last good data, with its source away, and can be searched', async (_, steps) => {
    await using folder = await temporaryFolder();
    const data = await folder.write('catalog.json', JSON.stringify(catalog('alpha', 'beta')));
    const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'catalog.json' } } }));
    const path = join(folder.path, 'storage/snapshot');
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('alpha', 'beta'));
      await eventually(
        () => readFile(join(folder.path, 'storage/state'), 'utf8').catch(() => ''),
        (text) => text !== '',
      );
    }
    const bytes = await readFile(path);
    const magic = bytes.toString('latin1', 0, 8);
    bytes.write(
      magic.replace(/\d$/, (digit) => String(Number(digit) - steps)),
      'latin1',
    );
    await writeFile(path, bytes);
    await rm(data);
    await using again = await serverFor(folder, config);
    // The layout before lacks nothing that is needed to serve it.
    if (steps === 1) expect(await serverNames(again.url)).toEqual(['alpha', 'beta']);
    await eventually(() => serverNames(again.url), has('alpha', 'beta'));
    const { servers } = (await (await fetch(`${again.url}/api/v1/servers?q=alpah`)).json()) as { servers: { name: string }[] };
    expect(servers.map(({ name }) => name)).toEqual(['alpha']);
    await eventually(
      async () => (await readFile(path)).toString('latin1', 0, 8),
      (stored) => stored === magic,
    );
  });

  test("another registry's storage is not served", async () => {
    await using folder = await temporaryFolder();
    const first = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
    {
      await using server = await serverFor(folder, first);
      await eventually(
        () => readFile(join(folder.path, 'storage/state'), 'utf8').catch(() => ''),
        (text) => text !== '',
      );
      expect(await serverNames(server.url)).toEqual(['a']);
    }
    const second = await folder.write(
      'registry.yaml',
      manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('b') } }, { name: 'other' }),
    );
    await expect(serverFor(folder, second)).rejects.toThrow('the storage belongs to registry default/test');
  });

  test('a source that is removed and comes back is read again, also after a restart', async () => {
    await using folder = await temporaryFolder();
    const a = { name: 'a', configmap: { name: 'a' } };
    const b = { name: 'b', configmap: { name: 'b' } };
    const data = { a: { 'registry.json': catalog('one') }, b: { 'registry.json': catalog('two') } };
    const config = await folder.write('registry.yaml', manifest({ sources: [a, b] }, data));
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('one', 'two'));
    }
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('one', 'two'));
    await folder.write('registry.yaml', manifest({ sources: [a] }, data));
    await eventually(() => serverNames(server.url), has('one'));
    await folder.write('registry.yaml', manifest({ sources: [a, b] }, data));
    await eventually(() => serverNames(server.url), has('one', 'two'));
    expect((await statusOf(server.url)).sources).toMatchObject([{ state: 'ok' }, { state: 'ok' }]);
  });

  test('lost raw data are fetched again; while the source is down as well, this is reported and the catalog stays in service', async () => {
    await using folder = await temporaryFolder();
    const data = await folder.write('catalog.json', JSON.stringify(catalog('a', 'b')));
    const spec = { source: { type: 'file', file: { path: 'catalog.json' } } };
    const without = (name: string): string => manifest({ ...spec, filter: { names: { exclude: [name] } } });
    const config = await folder.write('registry.yaml', manifest(spec));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a', 'b'));
    for (const file of await goodFiles(folder, 'default')) await rm(file);
    await folder.write('registry.yaml', without('b'));
    await eventually(() => serverNames(server.url), has('a'));
    await rm(data);
    await eventually(
      () => statusOf(server.url),
      ({ sources: [source] }) => source?.state === 'failed',
    );
    for (const file of await goodFiles(folder, 'default')) await rm(file);
    await folder.write('registry.yaml', without('a'));
    await eventually(
      () => statusOf(server.url),
      ({ conditions }) =>
        conditions.some(({ type, status, reason }) => type === 'SyncSuccessful' && status === 'False' && reason === 'SyncFailed'),
    );
    expect(await serverNames(server.url)).toEqual(['a']);
    await folder.write('catalog.json', JSON.stringify(catalog('a', 'b', 'c')));
    await eventually(() => serverNames(server.url), has('b', 'c'));
  });

  test('is not asked for the times of entries: those of what is served count', async () => {
    await using folder = await temporaryFolder();
    const write = (...keys: string[]): Promise<string> =>
      folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog(...keys) } }));
    const itemA = async (): Promise<unknown> => (await fetch(`${server.url}/v0.1/servers/io.github.stacklok%2Fa/versions/latest`)).json();
    await using server = await serverFor(folder, await write('a'));
    await eventually(() => serverNames(server.url), has('a'));
    const before = await itemA();
    await eventually(
      () => readFile(join(folder.path, 'storage/snapshot')).catch(() => Buffer.alloc(0)),
      (bytes) => bytes.length > 0,
    );
    await rm(join(folder.path, 'storage/snapshot'));
    await write('a', 'b');
    await eventually(() => serverNames(server.url), has('a', 'b'));
    expect(await itemA()).toEqual(before);
  });

  test('that accepts no new data is reported, not as a fault of the source; the catalog stays in service, and it recovers', async () => {
    await using folder = await temporaryFolder();
    const write = (...keys: string[]): Promise<string> =>
      folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog(...keys) } }));
    await using server = await serverFor(folder, await write('a'));
    await eventually(() => serverNames(server.url), has('a'));
    const sources = join(folder.path, 'storage/sources');
    await rm(sources, { recursive: true });
    await writeFile(sources, 'in the way');
    await write('a', 'b');
    const { conditions } = await eventually(
      () => statusOf(server.url),
      ({ sources: [source] }) => source?.state === 'failed',
    );
    expect(conditions).toMatchObject([
      { type: 'SourceAvailable', status: 'True' },
      { type: 'DataValid', status: 'True' },
      { type: 'SyncSuccessful', status: 'False', reason: 'StorageFailed', message: expect.stringContaining('could not be stored') },
    ]);
    expect(await serverNames(server.url)).toEqual(['a']);
    await rm(sources);
    await fetch(`${server.url}/registry/sync`, { method: 'POST' });
    await eventually(() => serverNames(server.url), has('a', 'b'));
  });

  test('with a damaged state keeps the servers of a source that is down', async () => {
    await using folder = await temporaryFolder();
    const away = await folder.write('a.json', JSON.stringify(catalog('a')));
    await folder.write('b.json', JSON.stringify(catalog('b')));
    const spec = { sources: ['a', 'b'].map((name) => ({ name, type: 'file', file: { path: `${name}.json` } })) };
    const config = await folder.write('registry.yaml', manifest(spec));
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a', 'b'));
    }
    await rm(away);
    await writeFile(join(folder.path, 'storage/state'), '{"registry":');
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      ({ syncing, sources: [a] }) => !syncing && a?.state === 'failed',
    );
    expect(await serverNames(server.url)).toEqual(['a', 'b']);
  });

  test('that lost the last good data of several sources heals with the next edit', async () => {
    await using folder = await temporaryFolder();
    const spec = { sources: ['a', 'b'].map((name) => ({ name, configmap: { name } })) };
    const write = (key: string): Promise<string> =>
      folder.write('registry.yaml', manifest(spec, { a: { 'registry.json': catalog('a') }, b: { 'registry.json': catalog(key) } }));
    await using server = await serverFor(folder, await write('b'));
    await eventually(() => serverNames(server.url), has('a', 'b'));
    for (const name of ['a', 'b']) for (const file of await goodFiles(folder, name)) await rm(file);
    await write('b2');
    await eventually(() => serverNames(server.url), has('a', 'b2'));
    const { conditions } = await eventually(
      () => statusOf(server.url),
      ({ syncing }) => !syncing,
    );
    expect(conditions.map(({ status }) => status)).toEqual(['True', 'True', 'True']);
  });

  test('that could not store the snapshot says so, and what was not stored is rebuilt after a restart', async () => {
    await using folder = await temporaryFolder();
    const write = (...keys: string[]): Promise<string> =>
      folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog(...keys) } }));
    const snapshot = join(folder.path, 'storage/snapshot');
    const config = await write('a');
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a'));
      await eventually(
        () => readFile(snapshot).catch(() => Buffer.alloc(0)),
        (bytes) => bytes.length > 0,
      );
      const before = await readFile(snapshot);
      await rm(snapshot);
      await mkdir(join(snapshot, 'in the way'), { recursive: true });
      await write('a', 'b');
      const { conditions } = await eventually(
        () => statusOf(server.url),
        (status) => status.conditions.some(({ reason }) => reason === 'StorageFailed'),
      );
      expect(conditions[2]).toMatchObject({
        type: 'SyncSuccessful',
        status: 'False',
        message: expect.stringContaining('could not be stored'),
      });
      expect(await serverNames(server.url)).toEqual(['a', 'b']);
      await server.stop();
      await rm(snapshot, { recursive: true });
      await writeFile(snapshot, before);
    }
    await using again = await serverFor(folder, config);
    await eventually(() => serverNames(again.url), has('a', 'b'));
  });

  test('may be the folder of the manifest: storing there is not a change of the manifest', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
    await folder.write('mine.tmp', 'kept');
    await using server = await serverFor(folder, config, { storage: folder.path });
    for (const key of ['b', 'c', 'd']) {
      await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog(key) } }));
      await eventually(() => serverNames(server.url), has(key));
      await eventually(
        () => statusOf(server.url),
        ({ syncing }) => !syncing,
      );
    }
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    // One for the start, one for each edit; the first edit may come before the start's sync has read.
    expect(Number(/mcpregistry_sync_total\{.*result="success".*\} (\d+)/.exec(metrics)?.[1])).toBeLessThanOrEqual(4);
    expect(await readFile(join(folder.path, 'mine.tmp'), 'utf8')).toBe('kept');
  });

  // Only the superuser may mount a small disk.
  (process.getuid?.() === 0 ? test : test.skip)(
    'that is full serves what is there after a crash, and says that it takes nothing',
    async () => {
      await using folder = await temporaryFolder();
      await using disk = await smallDisk(2);
      const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
      {
        await using server = await serverFor(folder, config, { storage: disk.path });
        await eventually(() => serverNames(server.url), has('a'));
      }
      // As after a crash.
      await writeFile(join(disk.path, 'lock'), JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), started: '1' }));
      await disk.fill();
      await folder.write(
        'registry.yaml',
        manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a', ...Array.from({ length: 100 }, (_, index) => `b${index}`)) } }),
      );
      await using server = await serverFor(folder, config, { storage: disk.path });
      const { sources } = await eventually(
        () => statusOf(server.url),
        (status) => status.sources[0]?.state === 'failed',
      );
      expect(sources[0]).toMatchObject({ reason: 'StorageFailed', message: expect.stringContaining('ENOSPC') });
      expect(await serverNames(server.url)).toEqual(['a']);
    },
  );
});

/** A file system of its own with so many MiB of room. */
async function smallDisk(mebibytes: number): Promise<AsyncDisposable & { readonly path: string; fill(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'registry-server-disk-'));
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', path], { encoding: 'utf8' });
  if (mount.status !== 0) throw new Error(`a file system cannot be mounted: ${mount.stderr}`);
  return {
    path,
    fill: () => writeFile(join(path, 'ballast'), Buffer.alloc(mebibytes * 1024 * 1024)).catch(() => undefined),
    [Symbol.asyncDispose]: async () => {
      spawnSync('umount', ['--lazy', path]);
      await rm(path, { recursive: true, force: true });
    },
  };
}
