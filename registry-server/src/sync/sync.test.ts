import { describe, expect, test } from '@jest/globals';
import { rm } from 'node:fs/promises';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
import { join } from 'node:path';
import { SOURCE_TYPES } from '../sources/types.ts';
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

describe('on a laptop', () => {
  test('an edit of the ConfigMap in the file is served, and no request fails meanwhile', async () => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    const asking = { on: true };
    const statuses = new Set<number>();
    const asker = (async () => {
      while (asking.on) statuses.add((await fetch(`${server.url}/v0.1/servers`)).status);
    })();
    for (const names of [['a', 'b'], ['b'], ['b', 'c', 'd']]) {
      await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog(...names) } }));
      await eventually(() => serverNames(server.url), has(...names));
    }
    asking.on = false;
    await asker;
    expect([...statuses]).toEqual([200]);
  });

  test.each<[string, reason: string, broken: string]>([
    ['YAML that does not parse', 'ManifestInvalid', 'kind: [MCPRegistry'],
    ['a registry that is not valid', 'ManifestInvalid', manifest({ source: { type: 'git' } }, { data: { 'registry.json': catalog('b') } })],
    ['no registry any more', 'ManifestInvalid', 'kind: ConfigMap'],
    ['another registry', 'ManifestInvalid', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('b') } }, { name: 'other' })],
    ['data that are no JSON', 'DataInvalid', manifest(ONE_CONFIGMAP, { data: { 'registry.json': '{"servers": ' } })],
    [
      'data without one usable entry',
      'DataInvalid',
      manifest(ONE_CONFIGMAP, { data: { 'registry.json': [{ name: 'x' }, { name: 'y' }] } }),
    ],
    ['a ConfigMap that is gone', 'SourceNotFound', manifest(ONE_CONFIGMAP)],
    ['a key that is gone', 'SourceNotFound', manifest(ONE_CONFIGMAP, { data: { other: catalog('b') } })],
  ])('after an edit to %s the catalog stays in service, the status says why, and a good edit fixes it', async (_, reason, broken) => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } }));
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
    await folder.write('registry.yaml', broken);
    await eventually(
      () => statusOf(server.url),
      (status) => status.conditions.some((found) => found.type === 'SyncSuccessful' && found.status === 'False' && found.reason === reason),
    );
    expect(await serverNames(server.url)).toEqual(['a']);
    await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a', 'healed') } }));
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

  test('ConfigMaps may be in other files of the folder, whether the folder or the file is named', async () => {
    for (const named of ['', 'registry.yaml']) {
      await using folder = await temporaryFolder();
      await folder.write('registry.yaml', manifest(ONE_CONFIGMAP));
      await folder.write('data.yaml', manifest({}, { data: { 'registry.json': catalog('a') } }).split('---\n')[1] ?? '');
      await using server = await serverFor(folder, join(folder.path, named), { storage: join(folder.path, 'storage') });
      await eventually(() => serverNames(server.url), has('a'));
    }
  });

  test('what was left out is listed in the status, the first twenty in full and the rest as a number', async () => {
    await using folder = await temporaryFolder();
    const good = { name: 'a/b', version: '1.0.0', description: 'Good' };
    const servers = [...Array.from({ length: 1200 }, () => 0), good];
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP, { data: { 'registry.json': { servers } } }));
    await using server = await serverFor(folder, config);
    const { sources } = await eventually(
      () => statusOf(server.url),
      ({ serverCount }) => serverCount === 1,
    );
    expect(sources[0]?.warnings).toHaveLength(21);
    expect(sources[0]?.warnings.at(-1)).toBe('and 1180 more; GET /registry/report has them');
  });

  test('a ConfigMap that no source names may hold anything', async () => {
    await using folder = await temporaryFolder();
    const other = 'kind: ConfigMap\nmetadata: {name: other}\ndata: {port: 8080}\n';
    const config = await folder.write(
      'registry.yaml',
      `${manifest(ONE_CONFIGMAP, { data: { 'registry.json': catalog('a') } })}---\n${other}`,
    );
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('a'));
  });

  test.each<[string, file: string, content: string, message: string]>([
    ['a neighbour that is no YAML', 'data.yaml', 'kind: ConfigMap\ndata: [', 'data.yaml: not valid YAML'],
    [
      'data that are no JSON',
      'data.yaml',
      manifest({}, { data: { 'registry.json': '[' } }).split('---\n')[1] ?? '',
      'ConfigMap "data", key "registry.json": the catalog is not valid JSON',
    ],
    [
      'data without a usable entry',
      'data.yaml',
      manifest({}, { data: { 'registry.json': [{ name: 'x' }] } }).split('---\n')[1] ?? '',
      '"version" must be a text',
    ],
  ])('a failure names its place: %s', async (_, file, content, message) => {
    await using folder = await temporaryFolder();
    const config = await folder.write('registry.yaml', manifest(ONE_CONFIGMAP));
    await folder.write(file, content);
    await using server = await serverFor(folder, config);
    const { sources } = await eventually(
      () => statusOf(server.url),
      ({ sources: [source] }) => source?.state === 'failed',
    );
    expect(sources[0]?.message).toContain(message);
    expect(sources[0]?.message).not.toContain('left out');
  });

  test('JSON beside the manifest that is not a Kubernetes object is ignored, complete or not', async () => {
    await using folder = await temporaryFolder();
    await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'servers.json' } } }));
    await folder.write('servers.json', JSON.stringify(catalog('a')));
    await folder.write('list.json', '[{"name": "x"}]');
    await folder.write('half.json', '{"servers": ');
    await using server = await serverFor(folder, folder.path);
    await eventually(() => serverNames(server.url), has('a'));
  });

  test('a filter edit acts at once, also while the source is away', async () => {
    await using folder = await temporaryFolder();
    const data = await folder.write('catalog.json', JSON.stringify(catalog('a', 'b')));
    const spec = { source: { type: 'file', file: { path: 'catalog.json' } } };
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
    await folder.write('catalog.json', JSON.stringify(catalog('a', 'b')));
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
    await using server = await serverFor(folder, await write(catalog('a', 'x-1'), catalog('a', 'b', 'x-2')));
    await eventually(() => serverNames(server.url), has('a', 'b', 'x-1'));
    expect((await statusOf(server.url)).sources).toEqual([
      expect.objectContaining({ name: 'first', state: 'ok', serverCount: 2, warnings: [] }),
      expect.objectContaining({
        name: 'second',
        state: 'ok',
        serverCount: 1,
        warnings: [expect.stringContaining('source "first" comes earlier')],
      }),
    ]);
    await write('{', catalog('a', 'b', 'c'));
    await eventually(() => serverNames(server.url), has('a', 'b', 'c', 'x-1'));
    expect((await statusOf(server.url)).sources[0]).toMatchObject({
      state: 'failed',
      reason: 'DataInvalid',
      message: expect.stringContaining('not valid JSON'),
    });
  });

  test('one that is renamed is served throughout, with its times', async () => {
    await using folder = await temporaryFolder();
    await folder.write('a.json', JSON.stringify(catalog('shared', 'a')));
    await folder.write('b.json', JSON.stringify(catalog('shared', 'b')));
    const write = (name: string): Promise<string> => {
      const sources = [name, 'b'].map((source, index) => ({
        name: source,
        type: 'file',
        file: { path: index === 0 ? 'a.json' : 'b.json' },
      }));
      return folder.write('registry.yaml', manifest({ sources }));
    };
    await using server = await serverFor(folder, await write('a'));
    await eventually(() => serverNames(server.url), has('a', 'b', 'shared'));
    const list = async (): Promise<string> => (await fetch(`${server.url}/v0.1/servers`)).text();
    const before = await list();
    const seen = new Set<string>();
    await write('renamed');
    await eventually(
      async () => {
        seen.add(await list());
        return statusOf(server.url);
      },
      ({ syncing, sources: [first] }) => !syncing && first?.name === 'renamed' && first.state === 'ok',
    );
    expect([...seen]).toEqual([before]);
  });

  test('one that is renamed while it is down stays in service, also when it gets its name back, and after a restart', async () => {
    await using folder = await temporaryFolder();
    const data = await folder.write('a.json', JSON.stringify(catalog('a')));
    const write = (name: string): Promise<string> =>
      folder.write('registry.yaml', manifest({ sources: [{ name, type: 'file', file: { path: 'a.json' } }] }));
    const failing =
      (name: string) =>
      (status: RegistryStatusDocument): boolean => {
        const [source] = status.sources;
        return !status.syncing && source?.name === name && source.state === 'failed' && source.serverCount === 1;
      };
    const config = await write('a');
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a'));
      await rm(data);
      await eventually(() => statusOf(server.url), failing('a'));
      for (const name of ['b', 'c', 'a', 'd']) {
        await write(name);
        await eventually(() => statusOf(server.url), failing(name));
        expect(await serverNames(server.url)).toEqual(['a']);
      }
    }
    await using server = await serverFor(folder, config);
    await eventually(() => statusOf(server.url), failing('d'));
    expect(await serverNames(server.url)).toEqual(['a']);
    await folder.write('a.json', JSON.stringify(catalog('a', 'b')));
    await eventually(() => serverNames(server.url), has('a', 'b'));
    await eventually(
      () => goodFiles(folder, 'a'),
      ({ length }) => length === 0,
    );
  });

  test('a format that the last good data violate is reported until the data or the format change', async () => {
    await using folder = await temporaryFolder();
    const write = (validation: string, ...keys: string[]): Promise<string> => {
      const data = { servers: { ...(catalog(...keys) as { servers: object }).servers, bad: {} } };
      return folder.write('registry.yaml', manifest({ ...ONE_CONFIGMAP, validation }, { data: { 'registry.json': data } }));
    };
    const config = await write('lenient', 'a');
    const isRefused = ({ sources: [source], syncing }: Awaited<ReturnType<typeof statusOf>>): boolean =>
      !syncing && source?.reason === 'DataInvalid';
    {
      await using server = await serverFor(folder, config);
      await eventually(() => serverNames(server.url), has('a'));
      await write('strict', 'a');
      await eventually(() => statusOf(server.url), isRefused);
      await fetch(`${server.url}/registry/sync`, { method: 'POST' });
      await eventually(
        () => statusOf(server.url),
        (status) => isRefused(status) && status.lastSync?.type === 'manual',
      );
      expect(await serverNames(server.url)).toEqual(['a']);
    }
    await using server = await serverFor(folder, config);
    await eventually(
      () => statusOf(server.url),
      (status) => isRefused(status) && status.lastSync !== null,
    );
    await write('lenient', 'a');
    await eventually(
      () => statusOf(server.url),
      ({ conditions }) => conditions.every(({ status }) => status === 'True'),
    );
  });

  test('unsupported types are reported as such', async () => {
    await using folder = await temporaryFolder();
    const git = { sources: [...spec.sources.slice(0, 1), { name: 'later', type: 'url', url: 'https://example.com/registry.json' }] };
    const config = await folder.write('registry.yaml', manifest(git, { one: { 'registry.json': catalog('a') } }));
    const { configmap } = SOURCE_TYPES;
    await using server = await serverFor(folder, config, { types: configmap === undefined ? {} : { configmap } });
    await eventually(() => serverNames(server.url), has('a'));
    expect((await statusOf(server.url)).sources[1]).toMatchObject({
      state: 'failed',
      reason: 'UnsupportedSource',
      message: 'sources of type url are not served by this version; use configmap',
    });
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
