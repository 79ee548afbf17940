import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
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

const PAGE = JSON.stringify({ servers: [{ server: { name: 'a/b', version: '1', description: 'x' } }], metadata: {} });

describe('proxies', () => {
  test.each<[variable: string, value: string, url: string, code: number, said: RegExp]>([
    [
      'HTTP_PROXY',
      'http://u:s3cret@:1',
      'http://registry.invalid',
      2,
      /the environment variable HTTP_PROXY is not a URL; write http:\/\/HOST:PORT/,
    ],
    [
      'HTTP_PROXY',
      'http://u:s3cret@127.0.0.1:1',
      'http://registry.invalid',
      1,
      /the proxy 127\.0\.0\.1:1 of HTTP_PROXY, through which http:\/\/registry\.invalid is asked, cannot be reached: .*; correct the proxy, or name registry\.invalid in NO_PROXY/,
    ],
    [
      'HTTPS_PROXY',
      'HOST',
      'https://registry.invalid',
      1,
      /the proxy \S+ of HTTPS_PROXY does not let a connection to https:\/\/registry\.invalid through: it answers 403/,
    ],
    [
      'HTTP_PROXY',
      'HOST',
      'http://registry.invalid',
      1,
      /answers 407: it requires credentials; set its user name and password in HTTP_PROXY/,
    ],
    [
      'HTTP_PROXY',
      'HOST',
      'http://full.invalid',
      1,
      /http:\/\/full\.invalid\S* answers 502 through the proxy \S+ of HTTP_PROXY: nobody there/,
    ],
  ])('%s=%s for %s', async (variable, value, url, code, said) => {
    const proxy = await hosts.start((request, res) =>
      request.url?.includes('full') === true ? res.writeHead(502).end('nobody there') : res.writeHead(407).end(),
    );
    hosts.last()?.on('connect', (_request, socket: Duplex) => socket.end('HTTP/1.1 403 Forbidden\r\n\r\n'));
    const env = { [variable]: value.replace('HOST', proxy) };
    for (const args of [
      ['list', '--url', url],
      ['convert', `${url}/catalog.json`, '--to', 'upstream'],
    ]) {
      const found = await program.run(args, { env });
      expect(found.stderr).toMatch(said);
      expect([found.code, found.stdout]).toEqual([code, '']);
      expect(found.stderr).not.toContain('s3cret');
    }
  });
});

describe('TLS', () => {
  test.each<[what: string, lastYear: number, trusted: boolean, code: number, said: string]>([
    ['a certificate that has expired', 2001, true, 1, 'its certificate has expired; renew it'],
    [
      'an authority that is not known',
      2049,
      false,
      1,
      'its certificate is self-signed; name the certificate authority in NODE_EXTRA_CA_CERTS',
    ],
    ['an authority that is named', 2049, true, 0, ''],
  ])('%s', async (_, lastYear, trusted, code, said) => {
    const tls = selfSigned(undefined, lastYear);
    const ca = join(program.folder, `${lastYear}-${String(trusted)}.pem`);
    await writeFile(ca, tls.cert);
    const url = await hosts.start((_request, res) => res.end(PAGE), tls);
    const found = await program.run(['list', '--url', url, '-o', 'name'], { env: trusted ? { NODE_EXTRA_CA_CERTS: ca } : {} });
    expect(found.stderr).toContain(said);
    expect([found.code, found.stdout]).toEqual([code, code === 0 ? 'a/b\n' : '']);
  });

  test.each<[what: string, tls: boolean, said: string]>([
    ['http asked by https', false, 'it does not speak TLS'],
    ['https asked by http', true, 'no answer from http://'],
  ])('%s', async (_, tls, said) => {
    const url = await hosts.start((_request, res) => res.end(PAGE), tls ? selfSigned() : undefined);
    const found = await program.run(['list', '--url', tls ? url.replace('https', 'http') : url.replace('http', 'https')]);
    expect(found.stderr).toContain(said);
    expect([found.code, found.stdout]).toEqual([1, '']);
  });
});

test('an API server whose certificate has expired', async () => {
  const tls = selfSigned(undefined, 2001);
  const server = await hosts.start((_, res) => res.end('{}'), tls);
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
  expect(found.stderr).toContain('the certificate of the API server has expired; renew it, and check the clock of this machine');
});

test.each<[what: string, status: number, said: RegExp]>([
  ['are not there', 404, /answers 404/],
  ['are not accepted', 401, /answers 401; it does not accept the credentials that were sent; correct them/],
  ['do not suffice', 403, /answers 403; the credentials that were sent are not sufficient; use others/],
])('user and password of an address are sent everywhere, and never shown: they %s', async (_, status, said) => {
  const sent = new Set<string | undefined>();
  const url = await hosts.start((request, res) => {
    sent.add(request.headers.authorization);
    res.writeHead(status).end('{}');
  });
  const secret = url.replace('//', '//me:s3cret@');
  for (const args of [
    ['list', '--url', secret],
    ['convert', `${secret}/catalog.json`, '--to', 'upstream'],
    ['diff', secret, `${secret}/catalog.json`],
  ]) {
    const found = await program.run(args);
    expect(found.stderr).toMatch(said);
    expect(found.stdout + found.stderr).not.toContain('s3cret');
  }
  expect([...sent]).toEqual([`Basic ${Buffer.from('me:s3cret').toString('base64')}`]);
});

describe('redirects of a file', () => {
  test.each<[what: string, location: string | undefined, said: RegExp]>([
    ['another scheme', 'file:///etc/passwd', /answers 302 and leads to file:\/\/\/etc\/passwd, which is not followed from http:\/\//],
    [
      'itself',
      '/catalog.json',
      /redirects too often: 10 redirects were followed, the last one to http:\/\/127\.0\.0\.1:\d+\/catalog\.json/,
    ],
    ['nowhere', undefined, /answers 302 without an address to go to/],
  ])('to %s', async (_, location, said) => {
    const url = await hosts.start((_request, res) => res.writeHead(302, location === undefined ? {} : { location }).end());
    const found = await program.run(['convert', `${url}/catalog.json`, '--to', 'upstream']);
    expect([found.code, found.stdout]).toEqual([1, '']);
    expect(found.stderr).toMatch(said);
  });

  test('another host gets no credentials', async () => {
    const seen: (string | undefined)[] = [];
    const other = await hosts.start((request, res) => {
      seen.push(request.headers.authorization);
      res.end(PAGE);
    });
    const url = await hosts.start((_request, res) => res.writeHead(301, { location: `${other}/b.json` }).end());
    const found = await program.run(['convert', `${url.replace('//', '//me:s3cret@')}/a.json`, '--to', 'official', '-q']);
    expect([found.code, found.stderr, seen]).toEqual([0, '', [undefined]]);
    expect(found.stdout).toContain('a/b');
  });
});
