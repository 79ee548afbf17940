import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { registryExplainSchema, serverOriginSchema, type ServerOrigin } from '@toolhive-registry/api';
import { gitBackend } from '../git/testing/backend.ts';
import { testRepository } from '../git/testing/repository.ts';
import { LAPTOP } from '../outbound/testing.ts';
import type { SourceTypes } from '../sources/contract.ts';
import { gitType } from '../sources/git/git.ts';
import { eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder, type Folder } from '../testing.ts';
import { testPort } from './testing.ts';

const server = (name: string, version = '1.0.0'): object => ({ name, version, description: `What ${name} does` });

interface Asked {
  readonly status: number;
  readonly body: ServerOrigin;
  readonly etag: string | null;
}

async function originOf(url: string, name: string, query = '', headers: Record<string, string> = {}): Promise<Asked> {
  const response = await fetch(`${url}/api/v1/registry/servers/${name}/origin${query}`, { headers });
  const body = response.status === 304 ? {} : await response.json();
  return { status: response.status, body: body as ServerOrigin, etag: response.headers.get('etag') };
}

/** Asks until the origin is another one than it was. */
function originAfter(url: string, name: string, before: Asked): Promise<Asked> {
  return eventually(
    () => originOf(url, name),
    ({ etag }) => etag !== before.etag,
  );
}

describe('a folder before two lists', () => {
  let folder: Folder;
  let running: Awaited<ReturnType<typeof serverFor>>;

  beforeAll(async () => {
    folder = await temporaryFolder();
    await folder.write('team/a.json', JSON.stringify([server('com.example/one'), server('com.example/twin')]));
    await folder.write('team/deep/b.yaml', JSON.stringify([server('com.example/two'), server('com.example/two', '2.0.0')]));
    await folder.write(
      'list.json',
      JSON.stringify([server('com.example/one', '7.0.0'), server('com.example/one', '8.0.0'), server('org/twin')]),
    );
    await folder.write('last.json', JSON.stringify([server('com.example/one', '9.0.0')]));
    const sources = ['team', 'list.json', 'last.json'].map((path) => ({ name: path.replace('.json', ''), type: 'file', file: { path } }));
    running = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources })), { internal: true });
    await eventually(
      () => serverNames(running.url),
      has('com.example/one', 'com.example/twin', 'com.example/two', 'com.example/two', 'org/twin'),
    );
  });
  afterAll(async () => {
    await running?.[Symbol.asyncDispose]();
    await folder?.[Symbol.asyncDispose]();
  });

  test.each([
    ['one', '', { version: '1.0.0', file: 'a.json', alsoIn: [{ source: 'list' }, { source: 'last' }] }],
    ['com.example%2Ftwo', '', { version: '2.0.0', file: 'deep/b.yaml' }],
    ['com.example/two', '?version=latest', { version: '2.0.0', file: 'deep/b.yaml' }],
    ['two', '?version=1.0.0', { version: '1.0.0', file: 'deep/b.yaml' }],
  ])('%s%s is reported with its file, and other sources that have it', async (name, query, expected) => {
    const { status, body } = await originOf(running.url, name, query);
    expect(status).toBe(200);
    const full = `com.example/${name.replace(/^com\.example(?:\/|%2F)/, '')}`;
    expect(serverOriginSchema.parse(body)).toEqual({ server: full, source: { name: 'team', type: 'file' }, ...expected });
  });

  test('an entry of a single file has none', async () => {
    expect((await originOf(running.url, 'org%2Ftwin')).body).toEqual({
      server: 'org/twin',
      version: '1.0.0',
      source: { name: 'list', type: 'file' },
    });
  });

  test.each([
    ['nobody', '', 'Server not found'],
    ['twin', '', 'Server not found: several servers are called "twin"; use one of com.example/twin, org/twin'],
    ['one', '?version=7.0.0', 'Version not found: com.example/one has no version "7.0.0"; it has 1.0.0'],
    ['two', '?version=x', 'Version not found: com.example/two has no version "x"; it has 1.0.0, 2.0.0'],
  ])('%s%s is not found', async (name, query, error) => {
    expect(await originOf(running.url, name, query)).toMatchObject({ status: 404, body: { error } });
  });

  test('has a tag like all that comes of the snapshot', async () => {
    const { etag } = await originOf(running.url, 'one');
    const sibling = await fetch(`${running.url}/api/v1/registry/servers/one`);
    expect(etag?.slice(0, 33)).toBe(sibling.headers.get('etag')?.slice(0, 33));
    expect(await originOf(running.url, 'one', '', { 'if-none-match': etag ?? '' })).toMatchObject({ status: 304, etag });
  });

  test('is in the documents of the API, and on the public port alone', async () => {
    const document = await (await fetch(`${running.url}/openapi.json`)).json();
    expect(document).toMatchObject({
      paths: { '/api/v1/registry/servers/{serverName}/origin': { get: { operationId: 'getServerOrigin' } } },
    });
    expect((await fetch(`${running.internalUrl}/api/v1/registry/servers/one/origin`)).status).toBe(404);
  });

  test('explain names the file of what is served', async () => {
    const response = await fetch(`${running.internalUrl}/registry/explain?server=com.example/one`);
    const { entries } = registryExplainSchema.parse(await response.json());
    expect(entries).toEqual([{ server: 'com.example/one', version: '1.0.0', source: 'team', file: 'a.json' }]);
  });
});

test('a laptop gets the versions of other sources, ten at most', async () => {
  await using folder = await temporaryFolder();
  await folder.write('first.json', JSON.stringify([server('com.example/one')]));
  const versions = Array.from({ length: 12 }, (_, index) => `2.${index + 10}.0`);
  await folder.write('second.json', JSON.stringify(versions.map((version) => server('com.example/one', version))));
  const sources = ['first', 'second'].map((name) => ({ name, type: 'file', file: { path: `${name}.json` } }));
  await using running = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources })));
  await eventually(() => serverNames(running.url), has('com.example/one'));
  const { body } = await originOf(running.url, 'one');
  expect(body.alsoIn).toEqual(versions.slice(0, 10).map((version) => ({ source: 'second', version })));
});

test('without a catalog there is no origin yet', async () => {
  await using port = await testPort();
  port.serve(undefined);
  expect(await originOf(port.url, 'one')).toMatchObject({
    status: 503,
    body: { error: 'the catalog has not been loaded yet; GET /registry/status says why' },
  });
});

test('what an earlier version stored is served without files', async () => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'storage'));
  const stored = new URL('../../../catalog/testdata/snapshots/layout-5.bin', import.meta.url);
  await writeFile(join(folder.path, 'storage/snapshot'), await readFile(stored));
  const sources = ['folder', 'other'].map((name) => ({ name, type: 'file', file: { path: `gone/${name}` } }));
  await using running = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources })));
  expect((await originOf(running.url, 'a%2Fone')).body).toEqual({
    server: 'a/one',
    version: '1.0.0',
    source: { name: 'folder', type: 'file' },
    alsoIn: [{ source: 'other', version: '9.0.0' }],
  });
});

describe('a Git source', () => {
  /** A server of the folder `catalog` of a repository, with what was committed there. */
  async function serving(folder: Folder, files: Readonly<Record<string, readonly object[]>>) {
    const repository = testRepository(folder.path);
    const commit = (changed: Readonly<Record<string, readonly object[] | null>>): string =>
      repository.commit(
        Object.fromEntries(Object.entries(changed).map(([path, servers]) => [path, servers === null ? null : JSON.stringify(servers)])),
      );
    const first = commit(files);
    const backend = await gitBackend({ root: folder.path });
    const source = { type: 'git', git: { repository: `${backend.url}/catalog.git`, path: 'catalog' } };
    const config = await folder.write('registry.yaml', manifest({ source }));
    return { backend, commit, config, first };
  }

  async function sync(url: string): Promise<void> {
    await eventually(
      async () => (await fetch(`${url}/registry/sync`, { method: 'POST' })).status,
      (status) => status === 202,
    );
  }

  const one = server('com.example/one');
  /** In a cluster no repository on the loopback interface is asked otherwise. */
  const types: SourceTypes = {
    git: { ...gitType, create: (source, surroundings) => gitType.create(source, { ...surroundings, addresses: LAPTOP }) },
  };

  test('says its commit, which follows also where what is served stays the same', async () => {
    await using folder = await temporaryFolder();
    const { backend, commit, config, first } = await serving(folder, { 'catalog/a.json': [one] });
    await using _ = backend;
    await using running = await serverFor(folder, config, { internal: true, types });
    await eventually(() => serverNames(running.url), has('com.example/one'));
    const before = await originOf(running.url, 'one');
    expect(before.body).toMatchObject({ source: { name: 'default', type: 'git', revision: first }, file: 'a.json' });
    const status = await statusOf(running.url);
    expect(status.sources[0]?.revision).toBe(first);
    expect((await statusOf(running.internalUrl)).sources[0]?.revision).toBe(first);

    const second = commit({ 'elsewhere.json': [server('com.example/two')] });
    const known = (await fetch(`${running.url}/registry/status`)).headers.get('etag') ?? '';
    await sync(running.internalUrl);
    // It is news for who waits for some.
    const news = await fetch(`${running.url}/registry/status?wait=30s`, { headers: { 'if-none-match': known } });
    expect([news.status, await news.json()]).toMatchObject([200, { sources: [{ revision: second }], snapshotHash: status.snapshotHash }]);
    const after = await originAfter(running.url, 'one', before);
    expect(after.body.source.revision).toBe(second);
    expect((await statusOf(running.url)).lastChangeTime).toBe(status.lastChangeTime);
  });

  test('keeps the commit that is served while it cannot be asked, or what is new is refused', async () => {
    await using folder = await temporaryFolder();
    const { backend, commit, config, first } = await serving(folder, { 'catalog/a.json': [one] });
    await using _ = backend;
    await using running = await serverFor(folder, config);
    await eventually(() => serverNames(running.url), has('com.example/one'));
    commit({ 'catalog/a.json': null, 'catalog/readme.md': [] });
    await sync(running.url);
    const failed = (reason: string) =>
      eventually(
        () => statusOf(running.url),
        ({ sources: [source] }) => source?.reason === reason,
      );
    expect((await failed('SourceNotFound')).sources[0]?.revision).toBe(first);
    await backend.stop();
    await sync(running.url);
    expect((await failed('SourceUnreachable')).sources[0]?.revision).toBe(first);
    expect((await originOf(running.url, 'one')).body.source.revision).toBe(first);
  });

  test('after a rollback says the commit and the file of what is served, and the last one once that is over', async () => {
    await using folder = await temporaryFolder();
    const { backend, commit, config, first } = await serving(folder, { 'catalog/a.json': [one] });
    await using _ = backend;
    await using running = await serverFor(folder, config);
    await eventually(() => serverNames(running.url), has('com.example/one'));
    const before = await originOf(running.url, 'one');
    const { snapshotHash } = await statusOf(running.url);
    const second = commit({ 'catalog/a.json': null, 'catalog/b.json': [server('com.example/one', '2.0.0')] });
    await sync(running.url);
    const moved = await originAfter(running.url, 'one', before);
    expect(moved.body).toMatchObject({ version: '2.0.0', source: { revision: second }, file: 'b.json' });

    const rollback = (method: string): Promise<Response> => fetch(`${running.url}/registry/rollback?to=${snapshotHash}`, { method });
    expect((await rollback('POST')).status).toBe(202);
    const back = await originAfter(running.url, 'one', moved);
    expect(back.body).toMatchObject({ version: '1.0.0', source: { revision: first }, file: 'a.json' });
    expect((await statusOf(running.url)).sources[0]?.revision).toBe(first);
    // What the source gives meanwhile is not served.
    const third = commit({ 'catalog/c.json': [server('com.example/three')] });
    await sync(running.url);
    await eventually(
      () => statusOf(running.url),
      ({ syncing }) => !syncing,
    );
    expect((await originOf(running.url, 'one')).body.source.revision).toBe(first);

    expect((await rollback('DELETE')).status).toBe(202);
    const forth = await originAfter(running.url, 'one', back);
    expect(forth.body).toMatchObject({ version: '2.0.0', source: { revision: third }, file: 'b.json' });
  });

  test('without a stored commit, from an earlier version, is asked once, and not read again', async () => {
    await using folder = await temporaryFolder();
    const { backend, config, first } = await serving(folder, { 'catalog/a.json': [one] });
    await using _ = backend;
    const state = join(folder.path, 'storage/state');
    {
      await using running = await serverFor(folder, config);
      await eventually(() => serverNames(running.url), has('com.example/one'));
    }
    const stored = await readFile(state, 'utf8');
    expect(stored).toContain(`,"revision":"${first}"`);
    await writeFile(state, stored.replace(`,"revision":"${first}"`, ''));
    const before = backend.requests.length;
    await using running = await serverFor(folder, config);
    await eventually(
      () => statusOf(running.url),
      ({ sources: [source] }) => source?.revision === first,
    );
    // A listing of the branches, and no fetch.
    expect(backend.requests.slice(before).map(({ method }) => method)).toEqual(['GET', 'POST']);
  });
});
