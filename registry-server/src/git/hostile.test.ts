import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { inspect } from 'node:util';
import type { Resolve } from '../outbound/addresses.ts';
import { proxySettings } from '../outbound/proxy.ts';
import { gitBackend } from './testing/backend.ts';
import { gitLab } from './testing/client.ts';
import { testRepository } from './testing/repository.ts';
import { childrenIn, filesIn } from './testing/traces.ts';
import { eventually } from '../testing.ts';

const CANARY = 'canary-5f0c-secret';

/** A server with a scripted behavior for each connection. */
async function socketServer(onConnection: (socket: Socket) => void): Promise<AsyncDisposable & { readonly url: string }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/catalog.git`,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const PACKET = '001e# service=git-upload-pack\n';
const ADVERTISED = 'HTTP/1.1 200 OK\r\nContent-Type: application/x-git-upload-pack-advertisement\r\n';

describe('a server that', () => {
  test.each<[string, (socket: Socket) => void]>([
    ['hangs from the start', () => undefined],
    ['hangs in the middle', (socket) => socket.write(`${ADVERTISED}Content-Length: 5000\r\n\r\n${PACKET}`)],
    [
      'sends for ever, slowly',
      (socket) => {
        socket.write(`${ADVERTISED}\r\n${PACKET}`);
        const timer = setInterval(() => socket.write('0'), 20);
        socket.on('close', () => clearInterval(timer));
      },
    ],
  ])('%s is left when the time is over, with nothing running', async (_, onConnection) => {
    await using lab = await gitLab();
    await using server = await socketServer(onConnection);
    const stop = new AbortController();
    const failure = lab.read(server.url, undefined, '', stop.signal).catch((cause: unknown) => cause);
    await eventually(
      () => childrenIn(lab.temporaryPath),
      (children) => children.some(({ cmdline }) => cmdline.includes('remote-http')),
    );
    stop.abort(new Error('time is over'));
    expect(await failure).toMatchObject({ message: 'time is over' });
    await lab.expectNothingLeft();
  });

  test.each<[string, string]>([
    ['closes the connection', ''],
    ['lies about the length', `${ADVERTISED}Content-Length: 999999\r\n\r\n${PACKET}0000`],
    ['sends packets that are none', `${ADVERTISED}Content-Length: 8\r\n\r\nzzzzzzzz`],
    ['sends a page', 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<br/>'],
    ['fails', 'HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n'],
  ])('%s is unreachable', async (_, answer) => {
    await using lab = await gitLab();
    await using server = await socketServer((socket) => socket.once('data', () => socket.end(answer)));
    await expect(lab.read(server.url)).rejects.toMatchObject({ reason: expect.stringMatching(/^Source(?:Unreachable|NotFound)$/) });
  });

  test('resets the connection is unreachable', async () => {
    await using lab = await gitLab();
    await using server = await socketServer((socket) => socket.once('data', () => socket.resetAndDestroy()));
    await expect(lab.read(server.url)).rejects.toMatchObject({ reason: 'SourceUnreachable' });
  });

  test('is not there is unreachable', async () => {
    await using lab = await gitLab();
    await expect(lab.read('http://127.0.0.1:1/catalog.git')).rejects.toMatchObject({ reason: 'SourceUnreachable' });
  });

  test('sends a broken pack is unreachable', async () => {
    await using lab = await gitLab();
    testRepository(lab.folder.path).commit({ x: 'one' });
    await using backend = await gitBackend({
      root: lab.folder.path,
      instead: ({ method, headers }, response) => {
        if (method !== 'POST' || Number(headers['content-length']) < 180) return false;
        // A pack that promises a million objects.
        const pack = Buffer.concat([Buffer.from([1]), Buffer.from('PACK\0\0\0\x02\0\x0f\x42\x40', 'latin1')]);
        const packet = (data: Buffer | string): Buffer =>
          Buffer.concat([Buffer.from((data.length + 4).toString(16).padStart(4, '0')), Buffer.from(data)]);
        response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result' });
        response.end(Buffer.concat([packet('packfile\n'), packet(pack), Buffer.from('0000')]));
        return true;
      },
    });
    await expect(lab.read(`${backend.url}/catalog.git`)).rejects.toMatchObject({ reason: 'SourceUnreachable' });
  });
});

test('what a server leaves out of its pack is not asked for behind the limit', async () => {
  await using lab = await gitLab();
  const repository = testRepository(lab.folder.path);
  const commit = repository.commit({ x: 'one' });
  // The commit without its tree.
  const pack = execFileSync('git', ['-C', repository.path, 'pack-objects', '--stdout', '--quiet'], { input: `${commit}\n` });
  let [questions, requests] = [0, 0];
  await using backend = await gitBackend({
    root: lab.folder.path,
    instead: ({ method }, response) => {
      requests = method === 'GET' ? 0 : requests + 1;
      if (method === 'GET') questions += 1;
      // Each question begins with a GET and a listing of refs; the second one fetches.
      if (questions !== 2 || requests !== 2) return false;
      const packets = [Buffer.from('packfile\n'), Buffer.concat([Buffer.from([1]), pack])].map((data) =>
        Buffer.concat([Buffer.from((data.length + 4).toString(16).padStart(4, '0')), data]),
      );
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result' });
      response.end(Buffer.concat([...packets, Buffer.from('0000')]));
      return true;
    },
  });
  await expect(lab.read(`${backend.url}/catalog.git`)).rejects.toMatchObject({
    reason: 'SourceUnreachable',
    message: expect.stringContaining('what it sends is incomplete'),
  });
  expect(questions).toBe(2);
});

describe('credentials', () => {
  const remote = (repository: string) => ({ repository, credentials: { kind: 'bearer', token: CANARY } as const });

  test('are in no argument, no variable, no address and no file that is left', async () => {
    await using lab = await gitLab();
    await using server = await socketServer(() => undefined);
    const stop = new AbortController();
    const failure = lab.read(remote(server.url), undefined, '', stop.signal).catch((cause: unknown) => cause);
    const children = await eventually(
      () => childrenIn(lab.temporaryPath),
      (found) => found.some(({ cmdline }) => cmdline.includes('remote-http')),
    );
    // The canary can be found at all, and where it is only this user may look.
    const holding = [...(await filesIn(lab.temporaryPath))].filter(([, content]) => content.includes(CANARY)).map(([file]) => file);
    expect(holding).toEqual([expect.stringMatching(/gitconfig$/)]);
    expect(((await stat(holding[0] ?? '')).mode & 0o777).toString(8)).toBe('600');
    expect(((await stat(dirname(holding[0] ?? ''))).mode & 0o777).toString(8)).toBe('700');
    for (const { cmdline, environ } of children) expect(`${cmdline}${environ}`).not.toContain(CANARY);
    stop.abort(new Error('time is over'));
    expect(await failure).toMatchObject({ message: 'time is over' });
    await lab.expectNothingLeft();
  });

  test.each([
    ['as they are', (header: string) => header],
    ['without the kind', (header: string) => header.split(' ')[1] ?? ''],
    ['encoded', (header: string) => Buffer.from(header.split(' ')[1] ?? '').toString('base64')],
  ])('that the server sends back %s are in no message', async (_, echo) => {
    await using lab = await gitLab();
    await using backend = await gitBackend({
      root: lab.folder.path,
      instead: ({ headers }, response) => {
        const sent = echo(headers.authorization ?? '');
        response.writeHead(500, `Oops ${sent}`, { 'content-type': 'text/plain' }).end(`${sent}\n${'x'.repeat(5000)}\n`);
        return true;
      },
    });
    const error = await lab.read(remote(`${backend.url}/catalog.git`)).catch((cause: unknown) => cause as Error);
    const text = inspect(error, { depth: 10, showHidden: true });
    expect(backend.requests[0]?.authorization).toBe(`Bearer ${CANARY}`);
    for (const secret of [CANARY, Buffer.from(CANARY).toString('base64')]) expect(text).not.toContain(secret);
    expect((error as Error).message.length).toBeLessThan(500);
  });

  test('do not follow a redirect to another origin, and what is there is read', async () => {
    await using lab = await gitLab();
    testRepository(lab.folder.path).commit({ x: 'one' });
    await using other = await gitBackend({ root: lab.folder.path });
    await using backend = await gitBackend({
      root: lab.folder.path,
      instead: ({ url = '' }, response) => {
        response.writeHead(302, { location: `${other.url}${url}` }).end();
        return true;
      },
    });
    expect((await lab.read(remote(`${backend.url}/catalog.git`))).files).toEqual({ x: 'one' });
    expect(backend.requests.every(({ authorization }) => authorization === `Bearer ${CANARY}`)).toBe(true);
    expect(other.requests.length).toBeGreaterThan(0);
    expect(other.requests.map(({ authorization }) => authorization).filter((value) => value !== undefined)).toEqual([]);
  });

  test('follow a redirect on the same origin', async () => {
    await using lab = await gitLab();
    testRepository(lab.folder.path).commit({ x: 'one' });
    await using backend = await gitBackend({
      root: lab.folder.path,
      authorization: `Bearer ${CANARY}`,
      instead: ({ url = '' }, response) => {
        if (!url.startsWith('/old')) return false;
        response.writeHead(301, { location: url.replace('/old', '') }).end();
        return true;
      },
    });
    expect((await lab.read(remote(`${backend.url}/old/catalog.git`))).files).toEqual({ x: 'one' });
  });
});

test.each([
  ['a path', (url: string) => `${url}/${CANARY}/info/refs?service=git-upload-pack`],
  ['a host', () => `http://${CANARY}.invalid/x.git/info/refs?service=git-upload-pack`],
  ['a page', (url: string) => `${url}/${CANARY}`],
])('credentials that a server puts into %s that it redirects to are in no message', async (_, locate) => {
  await using lab = await gitLab();
  await using other = await gitBackend({ root: lab.folder.path });
  await using backend = await gitBackend({
    root: lab.folder.path,
    instead: (_request, response) => {
      response.writeHead(302, { location: locate(other.url) }).end();
      return true;
    },
  });
  const remote = { repository: `${backend.url}/catalog.git`, credentials: { kind: 'bearer', token: CANARY.toUpperCase() } as const };
  const error = await lab.read(remote).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ reason: expect.stringMatching(/^Source/) });
  expect(inspect(error, { depth: 10, showHidden: true }).toLowerCase()).not.toContain(CANARY);
});

test('a partly read file leaves nothing running', async () => {
  await using lab = await gitLab();
  const hash = testRepository(lab.folder.path).commit({ x: 'x'.repeat(5_000_000) });
  const children = await lab.abandon(`file://${lab.folder.path}/catalog.git`, { kind: 'commit', name: hash });
  expect(children).toEqual([expect.objectContaining({ cmdline: expect.stringContaining('cat-file') })]);
  await lab.expectNothingLeft();
});

describe('a redirect', () => {
  test.each<[string, location: string, reason: string, message: string]>([
    ['to cloud metadata', 'http://169.254.169.254/x/info/refs?service=git-upload-pack', 'AddressRefused', '169.254.169.254'],
    ['to a file', 'file:///etc/info/refs?service=git-upload-pack', 'AddressRefused', 'file:// is not followed from http://'],
    ['to a page', '/login', 'SourceUnreachable', 'is something other than a Git repository'],
    ['to itself', '/catalog.git/info/refs?service=git-upload-pack', 'SourceUnreachable', 'redirects more than 5 times'],
    ['with credentials', 'http://a:b@127.0.0.1:1/x/info/refs?service=git-upload-pack', 'AddressRefused', 'contains credentials'],
  ])('%s is not followed', async (_, location, reason, message) => {
    await using lab = await gitLab();
    await using backend = await gitBackend({
      root: lab.folder.path,
      instead: (_request, response) => {
        response.writeHead(302, { location }).end();
        return true;
      },
    });
    await expect(lab.read(`${backend.url}/catalog.git`)).rejects.toMatchObject({ reason, message: expect.stringContaining(message) });
  });
});

describe('an address', () => {
  test.each<[string, repository: string, message: string]>([
    ['that runs a program', 'ext::sh -c touch% /tmp/x', 'is not at an https://'],
    ['that is an option', '--upload-pack=touch x', 'is not at an https://'],
    ["of Git's own protocol", 'git://127.0.0.1/x', 'is not at an https://'],
    ['that is a path', '/srv/git/x.git', 'is not at an https://'],
    ['with credentials', `https://user:${CANARY}@example.com/x.git`, 'contains credentials'],
    ['of a host that is an option of ssh', 'ssh://-oProxyCommand=touch/x', 'is not a valid host name'],
    ['of cloud metadata', 'http://169.254.169.254/x.git', 'never allowed'],
    ['of cloud metadata in another form', 'http://0xa9fea9fe/x.git', 'never allowed'],
    ['of cloud metadata over ssh', 'git@169.254.169.254:x.git', 'never allowed'],
    ['of a name that means cloud metadata', 'https://metadata.example/x.git', 'never allowed'],
    ['of a file, in a pod', 'file:///srv/git/x.git', 'on a laptop only'],
    ['of the pod itself', 'http://127.0.0.1:8081/x.git', 'on a laptop only'],
  ])('%s is refused', async (_, repository, message) => {
    await using lab = await gitLab({
      addresses: { privateNetworks: true, loopback: false },
      resolve: () => Promise.resolve([{ address: '169.254.169.254', family: 4 }]),
    });
    const credentials = /^ssh|^git@/.test(repository) ? ({ kind: 'ssh', privateKey: 'x', knownHosts: 'x' } as const) : undefined;
    const error = await lab.read({ repository, credentials }).catch((cause: unknown) => cause as Error);
    expect(error).toMatchObject({ reason: 'AddressRefused', message: expect.stringContaining(message) });
    expect(inspect(error)).not.toContain(CANARY);
  });

  test('that was checked is the one that is connected to, whatever the name means later', async () => {
    await using lab = await gitLab({ resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) });
    testRepository(lab.folder.path).commit({ x: 'one' });
    await using backend = await gitBackend({ root: lab.folder.path });
    // A name that no one else can resolve.
    const repository = `${backend.url.replace('127.0.0.1', 'pinned.invalid')}/catalog.git`;
    expect((await lab.read(repository)).files).toEqual({ x: 'one' });
  });

  test('is asked through the proxy of the environment, and directly where that is excepted', async () => {
    await using lab = await gitLab();
    testRepository(lab.folder.path).commit({ x: 'one' });
    await using backend = await gitBackend({
      root: lab.folder.path,
      instead: ({ url }, response) => {
        if (url?.startsWith('http://') !== true) return false;
        response.writeHead(404).end();
        return true;
      },
    });
    // Loopback would not be asked through a proxy.
    const resolve: Resolve = () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]);
    await using proxied = await gitLab({ resolve, proxies: proxySettings({ http_proxy: backend.url, no_proxy: 'direct.invalid' }) });
    // As a proxy the backend gets whole addresses.
    await expect(proxied.read('http://behind.invalid/catalog.git')).rejects.toMatchObject({ reason: 'SourceNotFound' });
    expect(backend.requests[0]?.url).toMatch(/^http:\/\/behind\.invalid\/catalog\.git\/info\/refs/);
    const direct = backend.url.replace('127.0.0.1', 'direct.invalid');
    expect((await proxied.read(`${direct}/catalog.git`)).files).toEqual({ x: 'one' });
  });
});

test('hooks and configuration of a repository run nothing', async () => {
  await using lab = await gitLab();
  const repository = testRepository(lab.folder.path);
  repository.commit({
    x: 'one',
    '.gitattributes': '* filter=evil\n',
    '.gitmodules': '[submodule "a"]\n\tpath = a\n\turl = ext::touch% evil\n',
    a: { submodule: 'a'.repeat(40) },
  });
  const mark = `${lab.folder.path}/evil`;
  const hook = `${repository.path}/hooks`;
  await mkdir(hook, { recursive: true });
  for (const name of ['post-checkout', 'reference-transaction', 'pre-auto-gc'])
    await writeFile(`${hook}/${name}`, `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
  repository.git('config', 'uploadpack.packObjectsHook', `touch ${mark};`);
  repository.git('config', 'filter.evil.smudge', `touch ${mark}`);
  repository.git('config', 'core.fsmonitor', `touch ${mark}`);
  const { files } = await lab.read(`file://${repository.path}`);
  expect(files['x']).toBe('one');
  expect(existsSync(mark)).toBe(false);
});

test('what a killed server left is removed by the next one, and nothing else', async () => {
  await using lab = await gitLab();
  const repository = testRepository(lab.folder.path);
  repository.commit({ x: 'one' });
  const started = Math.floor(performance.timeOrigin).toString(36);
  // 2^22 is the highest number of a process on Linux.
  const names = [
    `mcpregistry-git-${process.pid}-old-abc`,
    'mcpregistry-git-4194305-x-abc',
    `mcpregistry-git-${process.pid}-${started}-abc`,
    `mcpregistry-git-1-x-abc`,
  ];
  for (const name of names) await mkdir(`${lab.temporaryPath}/${name}`);
  await lab.read(`file://${repository.path}`);
  const left = await readdir(lab.temporaryPath);
  expect(left.toSorted()).toEqual(names.slice(2).toSorted());
  for (const name of left) await rm(`${lab.temporaryPath}/${name}`, { recursive: true });
});

test('a machine without git says what to install', async () => {
  await using lab = await gitLab({ env: { PATH: '/nonexistent' } });
  await expect(lab.read('https://127.0.0.1/x.git')).rejects.toMatchObject({
    reason: 'UnsupportedSource',
    message: expect.stringContaining('install git 2.37 or later'),
  });
});

test('a temporary folder that cannot be written to is named with the remedy', async () => {
  await using lab = await gitLab({ temporaryPath: '/proc/nothing' });
  await expect(lab.read('https://127.0.0.1/x.git')).rejects.toMatchObject({
    reason: 'StorageFailed',
    message: expect.stringContaining('--temp-path'),
  });
});
