import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { RequestListener, ServerResponse } from 'node:http';
import { builtProgram, createHosts, type Program } from '../testing.ts';

let program: Program;
const hosts = createHosts();
beforeAll(async () => {
  program = await builtProgram();
}, 60_000);
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

test.each<[what: string, listener: RequestListener, code: number, said: RegExp]>([
  [
    'no JSON',
    (_, res) => res.end('<html>'),
    1,
    /does not answer as a registry: the answer is not JSON; check that the URL is the base URL of a registry/,
  ],
  ['another JSON', (_, res) => res.end('{"a":1}'), 1, /does not answer as a registry: "servers" is missing; check that the URL/],
  ['a list that is none', (_, res) => res.end('{"servers":{}}'), 1, /does not answer as a registry: "servers" is not a list/],
  ['a byte order mark', (_, res) => res.end('\uFEFF{"servers":[]}'), 0, /^$/],
  ['null', (_, res) => res.end('null'), 1, /does not answer as a registry: the answer is not an object/],
  [
    'a cursor that is no text',
    (_, res) => res.end('{"servers":[],"metadata":{"nextCursor":{"a":1}}}'),
    1,
    /does not answer as a registry: "metadata.nextCursor" is not a text/,
  ],
  [
    'a catalog that is not there yet',
    (_, res) => res.writeHead(503).end('{"detail":"no catalog\\u001b[2J yet; GET /registry/status says why"}'),
    1,
    /answers 503: no catalog\\x1B\[2J yet; GET \/registry\/status says why; "status" says why/,
  ],
  [
    'an error of somebody else',
    (_, res) => res.writeHead(503).end('{"title":"Overloaded"}'),
    1,
    /answers 503: Overloaded; try again later/,
  ],
  ['an error with a page', (_, res) => res.writeHead(500).end('<h1>\nOops</h1>'), 1, /answers 500; try again later/],
  ['an error with other JSON', (_, res) => res.writeHead(418).end('{"code":7}'), 1, /answers 418$/],
  [
    'credentials that are wanted',
    (_, res) => res.writeHead(401).end('{}'),
    1,
    /answers 401.*it requires credentials: write them into the URL/,
  ],
  ['a page that is not there', (_, res) => res.writeHead(404).end('<h1>gone</h1>'), 1, /answers 404.*check that the URL is the base URL/],
  [
    'another address',
    (_, res) => res.writeHead(302, { location: '/elsewhere?token=x' }).end(),
    1,
    /answers 302: it is at http:\/\/127\.0\.0\.1:\d+\/elsewhere, and redirects of a registry are not followed; use that address$/,
  ],
  ['no address to go to', (_, res) => res.writeHead(302).end(), 1, /answers 302 without an address to go to/],
  [
    'a connection that breaks off',
    (_, res) => void res.writeHead(200, { 'content-length': 100 }).write('{', () => res.destroy()),
    1,
    /no answer from http:\/\/127\.0\.0\.1:\d+: the connection broke off; check the address and the network/,
  ],
  [
    'odd items',
    (_, res) => res.end('{"servers":[null,1,{},{"server":{"name":{},"version":[1],"packages":{"a":1},"remotes":[null]}}]}'),
    0,
    /^$/,
  ],
])('a registry that answers with %s', async (_, listener, code, said) => {
  const found = await program.run(['list', '--url', await hosts.start(listener), '-o', 'name']);
  expect(found.stderr.trimEnd()).toMatch(said);
  expect([found.code, found.stdout.trim()]).toEqual([code, '']);
});

describe.each([
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '1'],
  ['an empty object', '{}'],
  [
    'fields of other types',
    '{"servers":1,"sources":[null],"findings":{},"syncs":"x","snapshots":1,"registry":1,"version":1,"metadata":[]}',
  ],
])('%s from everywhere', (_, body) => {
  test.each([
    'list',
    'info',
    'info x',
    'status',
    'report',
    'history --snapshots',
    'explain x/y:1',
    'version -o json',
    'sync --wait --timeout 5s',
    'rollback --to 12345678',
    'template x',
    'export -f no.tar.gz',
  ])('%s says what is wrong', async (line) => {
    const url = await hosts.start((_request, res) => res.end(body));
    const found = await program.run([...line.split(' '), '--url', url]);
    expect(found.stderr).toMatch(
      /^error: http:\/\/127\.0\.0\.1:\d+ does not answer as a registry: .*; check that the URL is the base URL/m,
    );
    expect(found.code).toBe(1);
  });
});

test.each<[what: string, next: (page: number) => string, servers: number, said: string]>([
  ['pages without an entry', (page) => `c${page}`, 0, '100 consecutive pages have no entry, and there are more'],
  ['a page that was there before', (page) => `c${page % 3}`, 1, 'a page leads back to an earlier one'],
  ['the same page', () => 'x', 1, 'a page leads back to an earlier one'],
])('a list that never ends is given up: %s', async (_, next, count, said) => {
  let asked = 0;
  const url = await hosts.start((_request, res) => {
    asked += 1;
    const servers = Array.from({ length: count }, () => ({ server: { name: 'a/b', version: '1' } }));
    res.end(JSON.stringify({ servers, metadata: { nextCursor: next(asked) } }));
  });
  const found = await program.run(['list', '--url', url, '-o', 'json']);
  expect([found.code, found.stdout]).toEqual([1, '']);
  expect(found.stderr).toContain(`does not end: ${said}; this is a fault of that registry`);
});

test.each<[what: string, listener: RequestListener]>([
  ['no answer', () => undefined],
  ['an answer that comes byte by byte', (_, res) => trickle(res)],
])('a limit for requests ends %s', async (_, listener) => {
  const found = await program.run(['list', '--url', await hosts.start(listener), '--request-timeout', '300ms']);
  expect([found.code, found.stdout]).toEqual([1, '']);
  expect(found.stderr).toMatch(/^error: no answer from .*: the answer is not complete after 0\.3 s; check the address and the network\n$/);
});

/** Sends a space again and again. */
function trickle(res: ServerResponse): void {
  const timer = setInterval(() => res.write(' '), 20);
  res.on('close', () => clearInterval(timer));
}
