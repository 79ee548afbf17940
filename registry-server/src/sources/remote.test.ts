import { describe, expect, test } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
import { dump } from 'js-yaml';
import { pino } from 'pino';
import { httpHost, reply, type Host } from '../outbound/testing.ts';
import { startServer, type RunningServer } from '../server.ts';
import {
  catalog,
  eventually,
  has,
  manifest,
  publishVolume,
  serverFor,
  serverNames,
  statusOf,
  temporaryFolder,
  type Folder,
} from '../testing.ts';

const CANARY = 'canary-7f3a9c51e2d84b06';

/** A manifest with a Secret beside it. */
function withSecret(sources: unknown, token: string): string {
  const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'login' }, stringData: { token } };
  return `${manifest({ sources })}---\n${dump(secret)}`;
}

/** A server of ours that logs everything. */
async function loggedServer(folder: Folder, config: string, log: string[] = []): Promise<RunningServer & AsyncDisposable> {
  const options = {
    config,
    address: { host: '127.0.0.1', port: 0 },
    ui: false,
    storagePath: join(folder.path, 'storage'),
    sourcesPath: join(folder.path, 'mounted'),
    secretsPath: join(folder.path, 'secrets'),
    deployedPath: '/nonexistent/servers.json',
    tempPath: folder.path,
    privateAddresses: 'allow',
    drainTimeMs: 0,
    logLevel: 'trace',
    logFormat: 'json',
  } as const;
  const server = await startServer(options, pino({ level: 'trace' }, { write: (line: string) => void log.push(line) }));
  return { ...server, [Symbol.asyncDispose]: () => server.stop() };
}

/** Asks every source, and gives the status when that is done. */
async function sync(url: string): Promise<RegistryStatusDocument> {
  await fetch(`${url}/registry/sync`, { method: 'POST' });
  return eventually(
    () => statusOf(url),
    ({ syncing }) => !syncing,
  );
}

/** A host with a catalog for those who know the token. */
function privateHost(state: { servers: string[]; token: string }, port = 0): Promise<Host> {
  return httpHost(
    (req, res) => {
      if (req.headers.authorization !== `Bearer ${state.token}`) return reply(res, 401, JSON.stringify(req.headers));
      const etag = `"${state.servers.join()}"`;
      if (req.headers['if-none-match'] === etag) return reply(res, 304);
      return reply(res, 200, JSON.stringify(catalog(...state.servers)), { etag });
    },
    { port },
  );
}

test('a URL and another registry of ours are served as one: edited, away, and back', async () => {
  await using folder = await temporaryFolder();
  await using otherFolder = await temporaryFolder();
  const state = { servers: ['a', 'b'], token: CANARY };
  await using host = await privateHost(state);
  const edit = (...keys: string[]): Promise<string> =>
    otherFolder.write(
      'registry.yaml',
      manifest({ source: { configmap: { name: 'data' } } }, { data: { 'registry.json': catalog(...keys) } }),
    );
  await using other = await serverFor(otherFolder, await edit('b', 'c'));
  await eventually(() => serverNames(other.url), has('b', 'c'));

  const sources = [
    { name: 'file', type: 'url', url: `${host.url}/registry.json`, auth: { secretRef: { name: 'login' } } },
    { name: 'other', type: 'registry', registry: { endpoint: other.url } },
  ];
  const config = await folder.write('registry.yaml', withSecret(sources, CANARY));
  await using server = await loggedServer(folder, config);
  await eventually(() => serverNames(server.url), has('a', 'b', 'c'));
  expect((await statusOf(server.url)).sources).toMatchObject([
    { name: 'file', type: 'url', state: 'ok' },
    { name: 'other', type: 'registry', state: 'ok' },
  ]);

  // Nothing new: nothing is read.
  const before = await statusOf(server.url);
  host.requests.length = 0;
  expect((await sync(server.url)).lastChangeTime).toEqual(before.lastChangeTime);
  expect(host.requests.map(({ headers }) => headers['if-none-match'])).toEqual(['"a,b"']);

  // Edits of both.
  state.servers = ['a'];
  await edit('b', 'd');
  await eventually(() => serverNames(other.url), has('b', 'd'));
  await sync(server.url);
  await eventually(() => serverNames(server.url), has('a', 'b', 'd'));

  // One is down: its data stay in service, and the other is followed.
  await host.stop();
  await edit('b', 'd', 'e');
  await eventually(() => serverNames(other.url), has('b', 'd', 'e'));
  expect((await sync(server.url)).sources).toMatchObject([
    { name: 'file', state: 'failed', reason: 'SourceUnreachable', message: expect.stringContaining('connection refused') },
    { name: 'other', state: 'ok' },
  ]);
  expect(await serverNames(server.url)).toEqual(['a', 'b', 'd', 'e']);

  // It is back, with the same content, and then with another Secret.
  await using back = await privateHost(state, host.port);
  expect((await sync(server.url)).sources[0]).toMatchObject({ state: 'ok' });
  expect(back.requests).toHaveLength(1);
  state.token = `${CANARY}-2`;
  state.servers = ['a', 'f'];
  expect((await sync(server.url)).sources[0]).toMatchObject({ state: 'failed', reason: 'AuthenticationFailed' });
  await folder.write('registry.yaml', withSecret(sources, state.token));
  await eventually(() => serverNames(server.url), has('a', 'b', 'd', 'e', 'f'));
});

test('one registry serves the union of several of ours, in their order', async () => {
  await using one = await temporaryFolder();
  await using two = await temporaryFolder();
  await using folder = await temporaryFolder();
  const start = async (at: Folder, data: unknown): Promise<RunningServer & AsyncDisposable> =>
    serverFor(at, await at.write('r.yaml', manifest({ source: { configmap: { name: 'data' } } }, { data: { 'registry.json': data } })));
  const other = { servers: { b: { image: 'example.com/b:1', description: 'b' }, x: { image: 'example.com/other:1', description: 'x' } } };
  await using first = await start(one, catalog('a', 'x'));
  await using second = await start(two, other);
  await eventually(() => serverNames(second.url), has('b', 'x'));
  // By its base, and by the API of the registry's name.
  const endpoints = [first.url, `${second.url}/registry/test/v0.1`];
  const sources = endpoints.map((endpoint, index) => ({
    name: `source-${index}`,
    type: index === 0 ? 'api' : 'registry',
    registry: { endpoint },
  }));
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources })));
  await eventually(() => serverNames(server.url), has('a', 'b', 'x'));
  expect((await statusOf(server.url)).sources).toMatchObject([{ state: 'ok' }, { state: 'ok' }]);
  const x = await (await fetch(`${server.url}/v0.1/servers/io.github.stacklok%2Fx/versions/latest`)).text();
  expect(x).toContain('"example.com/x:1"');
});

test('in a pod a Secret that is rotated is used without a restart', async () => {
  await using folder = await temporaryFolder();
  const state = { servers: ['a'], token: 'first-token' };
  await using host = await privateHost(state);
  const secrets = join(folder.path, 'secrets');
  await publishVolume(secrets, '..1', { 'file/auth/token': 'first-token\n' });
  const source = { name: 'file', type: 'url', url: host.url, auth: { secretRef: { name: 'login' } } };
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest({ sources: [source] })));
  await eventually(() => serverNames(server.url), has('a'));
  state.token = 'second-token';
  state.servers = ['a', 'b'];
  await publishVolume(secrets, '..2', { 'file/auth/token': 'second-token\n' });
  await eventually(() => serverNames(server.url), has('a', 'b'));
});

/** Runs a server until every source has been asked, and gives all that it says. Its storage is final by then. */
async function observed(folder: Folder, config: string): Promise<{ log: string; status: RegistryStatusDocument; metrics: string }> {
  const lines: string[] = [];
  const seen = await (async () => {
    await using server = await loggedServer(folder, config, lines);
    await eventually(() => serverNames(server.url), has('a'));
    const status = await eventually(
      () => statusOf(server.url),
      ({ syncing, sources }) => !syncing && sources.every(({ state }) => state !== 'pending'),
    );
    return { status, metrics: await (await fetch(`${server.url}/metrics`)).text() };
  })();
  return { ...seen, log: lines.join('') };
}

describe('a server that echoes the credentials', () => {
  const echo = (res: ServerResponse, status: number, headers: Record<string, string> = {}): void =>
    reply(res, status, `{"servers": [{"name": "${CANARY}", "token ${CANARY}`, { 'content-type': 'application/json', ...headers });
  test.each<[string, (res: ServerResponse) => void, string]>([
    ['as data', (res) => echo(res, 200), 'SourceUnreadable'],
    ['with a fault', (res) => echo(res, 500), 'SourceUnreachable'],
    ['with a refusal', (res) => echo(res, 403), 'AuthenticationFailed'],
    ['as where to go', (res) => echo(res, 302, { location: `http://${CANARY}.invalid:1/${CANARY}` }), 'SourceUnreachable'],
    ['as what cannot be followed', (res) => echo(res, 302, { location: `${CANARY}://x` }), 'AddressRefused'],
    ['as the kind of the data', (res) => echo(res, 200, { 'content-type': CANARY, 'content-encoding': CANARY }), 'SourceUnreadable'],
  ])('%s has them nowhere: not in the log, the status, the metrics, the storage', async (_, answer, reason) => {
    await using folder = await temporaryFolder();
    await using host = await httpHost((__, res) => answer(res));
    const auth = { secretRef: { name: 'login' } };
    const sources = [
      { name: 'file', type: 'url', url: `${host.url}/registry.json?key=${CANARY}`, auth },
      { name: 'other', type: 'registry', registry: { endpoint: `${host.url}?key=${CANARY}` }, auth },
      { name: 'team', configmap: { name: 'team' } },
    ];
    const team = `${withSecret(sources, CANARY)}---\n${manifest({}, { team: { 'registry.json': catalog('a') } }).split('---\n')[1]}`;
    const { log, status, metrics } = await observed(folder, await folder.write('registry.yaml', team));
    expect(status.sources).toMatchObject([{ reason }, { reason }, { state: 'ok' }]);
    expect(host.requests.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${CANARY}`, `Bearer ${CANARY}`]);
    const files = await readdir(join(folder.path, 'storage'), { recursive: true, withFileTypes: true });
    const stored = await Promise.all(
      files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
    );
    for (const text of [log, JSON.stringify(status), metrics, ...stored]) expect(text).not.toContain(CANARY);
    expect(log).toContain(reason);
  });
});
