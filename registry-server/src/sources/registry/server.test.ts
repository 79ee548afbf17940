import { expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
import { httpHost } from '../../outbound/testing.ts';
import type { RunningServer } from '../../server.ts';
import { goodFiles, eventually, manifest, serverFor, statusOf, temporaryFolder, type Folder } from '../../testing.ts';
import { askedForServers, item, officialApi, type Item } from './testing.ts';

const LIST = '/v0.1/servers?limit=100&include_deleted=true';
/** Ten seconds before the newest entry. */
const since = (second: string): string => `${LIST}&updated_since=2025-12-31T23%3A59%3A${second}.123Z`;

/** A registry that mirrors another, whose items the test changes. */
async function mirrorOf(initial: readonly Item[]) {
  const state = { items: initial };
  const host = await httpHost(officialApi(() => state.items));
  const folder = await temporaryFolder();
  const spec = { validation: 'strict', sources: [{ name: 'official', type: 'registry', registry: { endpoint: host.url } }] };
  const config = await folder.write('registry.yaml', manifest(spec));
  return {
    state,
    host,
    folder,
    start: () => serverFor(folder, config),
    [Symbol.asyncDispose]: async () => {
      await host.stop();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The names that are served once every source has been asked that is asked now. */
async function synced(server: RunningServer, ask = true): Promise<{ names: string[]; status: RegistryStatusDocument }> {
  if (ask) await fetch(`${server.url}/registry/sync`, { method: 'POST' });
  const status = await eventually(
    () => statusOf(server.url),
    ({ syncing, lastSync }) => !syncing && lastSync !== null,
  );
  const { servers } = (await (await fetch(`${server.url}/v0.1/servers`)).json()) as { servers: Item[] };
  return { names: servers.map((one) => one.server.name.replace('io.test/', '')), status };
}

/** Damages the last good data in the storage. */
async function damage(folder: Folder): Promise<void> {
  for (const file of await goodFiles(folder, 'official')) await writeFile(file, '{"servers":[\n]}\n');
}

test('changes are put together with the last good data, across a restart as well', async () => {
  await using mirror = await mirrorOf([item('a', 1), item('b', 2), item('c', 3)]);
  const { state, host } = mirror;
  {
    await using server = await mirror.start();
    expect((await synced(server, false)).names).toEqual(['a', 'b', 'c']);
    state.items = [item('a', 1), item('b', 5, { status: 'deleted' }), item('c', 3), item('d', 6)];
    expect((await synced(server)).names).toEqual(['a', 'c', 'd']);
  }
  state.items = [...state.items, item('e', 9)];
  await using server = await mirror.start();
  await eventually(
    () => synced(server, false),
    ({ names }) => names.join() === 'a,c,d,e',
  );
  expect(askedForServers(host)).toEqual([LIST, since('53'), since('56')]);
});

test('what was refused is not gone on from: everything is read again', async () => {
  await using mirror = await mirrorOf([item('a', 1)]);
  const { state, host } = mirror;
  await using server = await mirror.start();
  await synced(server, false);
  const broken = { ...item('b', 2), server: { ...item('b').server, name: '' } };
  state.items = [item('a', 1), broken];
  const { names, status } = await synced(server);
  expect([names, status.sources[0]?.reason]).toEqual([['a'], 'DataInvalid']);
  state.items = [item('a', 1), item('b', 3)];
  host.requests.length = 0;
  expect((await synced(server)).names).toEqual(['a', 'b']);
  expect(askedForServers(host).at(-1)).toBe(LIST);
});

test('last good data that are damaged on disk are not gone on from', async () => {
  await using mirror = await mirrorOf([item('a', 1)]);
  await using server = await mirror.start();
  await synced(server, false);
  await damage(mirror.folder);
  mirror.state.items = [item('a', 1), item('b', 2)];
  expect((await synced(server)).names).toEqual(['a', 'b']);
  expect(askedForServers(mirror.host)).toEqual([LIST, since('51'), LIST]);
});

interface UpstreamData {
  readonly servers: readonly object[];
  readonly skills: readonly object[];
}

test('a registry of ours is read with its skills and plugins, and again when only one of these has changed', async () => {
  const skill = (name: string): object => ({ namespace: 'io.test', name, description: `Does ${name}`, version: '1.0.0' });
  const skills = Array.from({ length: 120 }, (_, index) => skill(`skill-${index}`));
  await using folder = await temporaryFolder();
  const write = (plugins: readonly object[]): Promise<string> =>
    folder.write('catalog.json', JSON.stringify({ data: { servers: [item('a').server], skills, plugins } }));
  await write([skill('lint')]);
  const source = { name: 'a', type: 'file', file: { path: 'catalog.json' } };
  await using original = await serverFor(folder, await folder.write('original.yaml', manifest({ sources: [source] })));
  await eventually(
    () => fetch(`${original.url}/readiness`),
    ({ status }) => status === 200,
  );
  const registry = { name: 'original', type: 'registry', registry: { endpoint: original.url } };
  await using mirrorFolder = await temporaryFolder();
  await using mirror = await serverFor(mirrorFolder, await mirrorFolder.write('mirror.yaml', manifest({ sources: [registry] })));
  expect((await synced(mirror, false)).names).toEqual(['a']);
  const file = async (url: string): Promise<UpstreamData> =>
    ((await (await fetch(`${url}/registry.json`)).json()) as { data: UpstreamData }).data;
  const [copy, { servers, ...others }] = [await file(mirror.url), await file(original.url)];
  // What the original says of its servers goes along with them.
  expect(copy).toEqual({ ...others, servers: servers.map((server) => ({ ...server, _meta: expect.anything() })) });
  await write([skill('lint'), skill('format')]);
  const plugins = async (url: string): Promise<number> =>
    ((await (await fetch(`${url}/v0.1/x/dev.toolhive/plugins`)).json()) as { plugins: unknown[] }).plugins.length;
  await eventually(
    () => plugins(original.url),
    (count) => count === 2,
  );
  await synced(mirror);
  expect(await plugins(mirror.url)).toBe(2);
});

test('a registry that lists its skills in its own way is served without them', async () => {
  await using host = await httpHost((req, res) => {
    if (req.url?.includes('/x/dev.toolhive/') === true) return void res.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
    return officialApi(() => [item('a')])(req, res);
  });
  await using folder = await temporaryFolder();
  const source = { name: 'a', type: 'registry', registry: { endpoint: host.url } };
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources: [source] })));
  expect((await synced(server, false)).names).toEqual(['a']);
});
