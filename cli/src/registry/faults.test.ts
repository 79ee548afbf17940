import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { createServer as createPlain, type RequestListener, type Server } from 'node:http';
import { createServer as createTls } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { selfSigned, type SelfSigned } from '@toolhive-registry/reconciler/testing';
import { builtProgram, type Program } from '../testing.ts';

let program: Program;
const servers: Server[] = [];
beforeAll(async () => {
  program = await builtProgram();
}, 60_000);
afterAll(async () => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
  await program?.[Symbol.asyncDispose]();
});

async function host(listener: RequestListener, tls?: SelfSigned): Promise<string> {
  const server = tls === undefined ? createPlain(listener) : createTls(tls, listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const PAGE = JSON.stringify({ servers: [{ server: { name: 'a/b', version: '1', description: 'x' } }], metadata: {} });

test.each<[what: string, listener: RequestListener, code: number, said: RegExp]>([
  ['no JSON', (_, res) => res.end('<html>'), 1, /did not return JSON; check that the URL is the base URL of a registry/],
  ['another JSON', (_, res) => res.end('{"a":1}'), 1, /answers without a list "servers"; check that the URL/],
  ['null', (_, res) => res.end('null'), 1, /answers without a list "servers"/],
  [
    'an error of a registry',
    (_, res) => res.writeHead(503).end('{"detail":"no catalog\\u001b[2J yet"}'),
    1,
    /answers 503: no catalog\\x1B\[2J yet; it has no catalog yet/,
  ],
  ['credentials that are wanted', (_, res) => res.writeHead(401).end('{}'), 1, /answers 401.*it requires credentials/],
  ['a page that is not there', (_, res) => res.writeHead(404).end('<h1>gone</h1>'), 1, /answers 404.*check that the URL is the base URL/],
  [
    'a connection that breaks off',
    (_, res) => void res.writeHead(200, { 'content-length': 100 }).write('{', () => res.destroy()),
    1,
    /no answer from http:\/\/127\.0\.0\.1:\d+: /,
  ],
  [
    'odd items',
    (_, res) => res.end('{"servers":[null,1,{},{"server":{"name":{},"version":[1],"packages":{"a":1},"remotes":[null]}}]}'),
    0,
    /^$/,
  ],
])('a registry that answers with %s', async (_, listener, code, said) => {
  const found = await program.run(['list', '--url', await host(listener), '-o', 'name']);
  expect(found.stderr.trimEnd()).toMatch(said);
  expect([found.code, found.stdout.trim()]).toEqual([code, '']);
});

test('a list that never ends is given up', async () => {
  let asked = 0;
  const url = await host((_, res) => {
    asked += 1;
    res.end(JSON.stringify({ servers: [], metadata: { nextCursor: `c${asked}` } }));
  });
  const found = await program.run(['list', '--url', url, '-o', 'name']);
  expect([found.code, found.stdout]).toEqual([1, '']);
  expect(found.stderr).toContain('does not end after 10000 pages; this is a fault of that registry');
}, 60_000);

describe('TLS', () => {
  test.each<[what: string, lastYear: number, trusted: boolean, code: number, said: string]>([
    ['a certificate that has expired', 2001, true, 1, 'its certificate has expired; have it renewed'],
    [
      'an authority that is not known',
      2049,
      false,
      1,
      'its certificate is signed by itself; name the certificate authority in NODE_EXTRA_CA_CERTS',
    ],
    ['an authority that is named', 2049, true, 0, ''],
  ])('%s', async (_, lastYear, trusted, code, said) => {
    const tls = selfSigned(undefined, lastYear);
    const ca = join(program.folder, `${lastYear}-${String(trusted)}.pem`);
    await writeFile(ca, tls.cert);
    const url = await host((_request, res) => res.end(PAGE), tls);
    const found = await program.run(['list', '--url', url, '-o', 'name'], { env: trusted ? { NODE_EXTRA_CA_CERTS: ca } : {} });
    expect(found.stderr).toContain(said);
    expect([found.code, found.stdout]).toEqual([code, code === 0 ? 'a/b\n' : '']);
  });

  test.each<[what: string, tls: boolean, said: string]>([
    ['http asked by https', false, 'it does not speak TLS'],
    ['https asked by http', true, 'no answer from http://'],
  ])('%s', async (_, tls, said) => {
    const url = await host((_request, res) => res.end(PAGE), tls ? selfSigned() : undefined);
    const found = await program.run(['list', '--url', tls ? url.replace('https', 'http') : url.replace('http', 'https')]);
    expect(found.stderr).toContain(said);
    expect([found.code, found.stdout]).toEqual([1, '']);
  });
});

test('an API server whose certificate has expired', async () => {
  const tls = selfSigned(undefined, 2001);
  const server = await host((_, res) => res.end('{}'), tls);
  const kubeconfig = join(program.folder, 'expired.json');
  const cluster = { server, 'certificate-authority-data': Buffer.from(tls.cert).toString('base64') };
  await writeFile(
    kubeconfig,
    JSON.stringify({
      'current-context': 'c',
      clusters: [{ name: 'k', cluster }],
      users: [{ name: 'u', user: { token: 'x' } }],
      contexts: [{ name: 'c', context: { cluster: 'k', user: 'u' } }],
    }),
  );
  const found = await program.run(['list', '--kubeconfig', kubeconfig]);
  expect([found.code, found.stdout]).toEqual([1, '']);
  expect(found.stderr).toContain('the certificate of the API server has expired; have it renewed, and check the clock here');
});

test('user and password of an address are sent, and never shown', async () => {
  let sent: string | undefined;
  const url = await host((request, res) => {
    sent = request.headers.authorization;
    res.writeHead(404).end('{}');
  });
  const found = await program.run(['list', '--url', url.replace('//', '//me:s3cret@')]);
  expect(sent).toBe(`Basic ${Buffer.from('me:s3cret').toString('base64')}`);
  expect(found.stdout + found.stderr).not.toContain('s3cret');
});
