import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { ask, clientOf, httpHost, reply, secretsOf } from './testing.ts';

const TEXT = JSON.stringify({ servers: {}, padding: 'x'.repeat(50_000) });
const BEARER = secretsOf({ kind: 'bearer', token: 'canary-token-0123456789' });

describe('decodes a response', () => {
  test.each<[string, Uint8Array]>([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['zstd', zstdCompressSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['GZIP, identity', gzipSync(TEXT)],
    ['deflate, gzip', gzipSync(deflateSync(TEXT))],
    ['deflate', deflateRawSync(TEXT)],
    ['identity', Buffer.from(TEXT)],
  ])('from %s', async (encoding, body) => {
    await using host = await httpHost((_, res) => reply(res, 200, body, { 'content-encoding': encoding }));
    await using client = clientOf(host.url);
    expect(await ask(client, host.url)).toBe(TEXT);
    expect(host.requests[0]?.headers).toMatchObject({
      'accept-encoding': 'gzip, br, zstd, deflate',
      'user-agent': 'toolhive-registry/test',
    });
  });

  test.each<[string, string, Uint8Array, string]>([
    ['cut off', 'gzip', gzipSync(TEXT).subarray(0, 60), 'cannot be decoded as gzip (Z_BUF_ERROR)'],
    ['not what it is called', 'br', Buffer.from(TEXT), 'cannot be decoded as br'],
    ['of an unknown kind', 'compress;x', Buffer.from(TEXT), 'has the content encoding "compress?x"; supported are gzip, br, zstd, deflate'],
    ['encoded too often', 'gzip, gzip, gzip', gzipSync(TEXT), 'has 3 content encodings; at most 2 are supported'],
  ])('refuses a response that is %s', async (_, encoding, body, message) => {
    await using host = await httpHost((__, res) => reply(res, 200, body, { 'content-encoding': encoding }));
    await using client = clientOf(host.url);
    await expect(ask(client, host.url)).rejects.toMatchObject({ reason: 'SourceUnreadable', message: expect.stringContaining(message) });
  });
});

describe('maps a status to a reason', () => {
  const later = new Date(Date.UTC(2030, 0, 1, 0, 0, 30)).toUTCString();
  test.each<[number, Record<string, string>, object]>([
    [401, {}, { reason: 'AuthenticationFailed', message: expect.stringContaining('name a Secret in auth.secretRef') }],
    [403, {}, { reason: 'AuthenticationFailed' }],
    [404, {}, { reason: 'SourceNotFound', retryAfterMs: undefined }],
    [410, {}, { reason: 'SourceNotFound' }],
    [400, {}, { reason: 'SourceUnreadable' }],
    [304, {}, { reason: 'SourceUnreadable' }],
    [204, {}, { reason: 'SourceUnreadable' }],
    [429, { 'retry-after': '120' }, { reason: 'SourceUnreachable', retryAfterMs: 120_000 }],
    [503, { 'retry-after': later }, { reason: 'SourceUnreachable', retryAfterMs: 30_000 }],
    [503, { 'retry-after': new Date(0).toUTCString() }, { reason: 'SourceUnreachable', retryAfterMs: 0 }],
    [503, { 'retry-after': 'soon' }, { reason: 'SourceUnreachable', retryAfterMs: undefined }],
    [503, { 'retry-after': '-1' }, { reason: 'SourceUnreachable', retryAfterMs: undefined }],
    [500, {}, { reason: 'SourceUnreachable', retryAfterMs: undefined }],
  ])('%i %j', async (status, headers, failure) => {
    await using host = await httpHost((_, res) => reply(res, status, '', headers));
    await using client = clientOf(host.url, { clock: () => Date.UTC(2030, 0, 1) });
    await expect(ask(client, `${host.url}/a/b.json?sig=hidden`)).rejects.toMatchObject(failure);
    await expect(ask(client, `${host.url}/a/b.json?sig=hidden`)).rejects.toThrow(`${host.url}/a/b.json answered with status ${status}`);
    await expect(ask(client, `${host.url}/a/b.json?sig=hidden`)).rejects.not.toThrow('hidden');
  });

  const json = { 'content-type': 'application/json' };
  const tooLong = `{"error":"${'long '.repeat(1000)}"}`;
  test.each<[string, string, Record<string, string>, string | undefined]>([
    ['JSON', '{"error":\n"no\u0007 more"}', json, '(it says: {"error": "no? more"})'],
    ['a long one', tooLong, json, `(it says: ${tooLong.slice(0, 200)}…)`],
    ['a page', '<html>canary</html>', { 'content-type': 'text/html' }, undefined],
  ])('quotes %s that explains the status, or leaves it out', async (_, body, headers, quoted) => {
    await using host = await httpHost((__, res) => reply(res, 500, body, headers));
    await using client = clientOf(host.url);
    const message = await ask(client, host.url).catch(String);
    expect(message.slice(message.indexOf('server error') + 12).trim()).toBe(quoted ?? '');
  });

  test('quotes nothing when credentials were sent', async () => {
    await using host = await httpHost((req, res) => reply(res, 500, JSON.stringify(req.headers), json));
    await using client = clientOf(host.url, { secrets: BEARER });
    const message = await ask(client, host.url).catch(String);
    expect(message).toContain('status 500: server error');
    expect(message).not.toMatch(/canary|it says/);
  });
});

describe('size limits', () => {
  const bomb = (compress: (bytes: Uint8Array) => Uint8Array): Uint8Array => compress(Buffer.alloc(MAX_CATALOG_BYTES + 1, ' '));
  const endless: RequestListener = (_, res) => {
    const piece = Buffer.alloc(64 * 1024);
    const more = (): void => {
      while (res.write(piece));
      res.once('drain', more);
    };
    more();
  };

  test.each<[string, RequestListener]>([
    ['announced by its length', (_, res) => void res.writeHead(200, { 'content-length': String(MAX_CATALOG_BYTES + 1) }).write('{')],
    ['that does not end', endless],
    ['that unpacks from gzip', (_, res) => reply(res, 200, bomb(gzipSync), { 'content-encoding': 'gzip' })],
    ['that unpacks from zstd', (_, res) => reply(res, 200, bomb(zstdCompressSync), { 'content-encoding': 'zstd' })],
  ])('refuses a response %s', async (_, listener) => {
    await using host = await httpHost(listener);
    await using client = clientOf(host.url);
    const session = await client.session();
    const reading = async (): Promise<void> => {
      const answer = await session.get(host.url, { signal: AbortSignal.timeout(15_000), accept: '*/*' });
      if (answer.status === 200) for await (const piece of answer.body) void piece;
    };
    await expect(reading()).rejects.toMatchObject({
      reason: 'SourceTooLarge',
      message: expect.stringContaining(`${MAX_CATALOG_BYTES} bytes`),
    });
  });
});

test('304 is an answer to a conditional request only', async () => {
  await using host = await httpHost((req, res) => (req.headers['if-none-match'] === '"1"' ? reply(res, 304) : reply(res, 200, TEXT)));
  await using client = clientOf(host.url);
  expect(await ask(client, host.url, { condition: { 'if-none-match': '"1"' } })).toBe('unchanged');
  expect(await ask(client, host.url, { condition: { 'if-none-match': '"0"' } })).toBe(TEXT);
});

test('closing the client closes its connections', async () => {
  await using host = await httpHost((_, res) => reply(res, 200, TEXT));
  const client = clientOf(host.url);
  await ask(client, host.url);
  expect(await host.connections()).toBe(1);
  await client.close();
  while ((await host.connections()) > 0) await new Promise(setImmediate);
  await expect(ask(client, host.url)).rejects.toMatchObject({
    reason: 'SourceUnreachable',
    message: expect.stringContaining('is shutting down'),
  });
});

describe('a response that echoes the credentials', () => {
  const TOKEN = 'canary-token-0123456789';
  test.each<[string, string[]]>([
    ['in one piece', [`{"name":"${TOKEN}"}`]],
    ['in two', [`{"name":"${TOKEN.slice(0, 5)}`, `${TOKEN.slice(5)}"}`]],
    ['byte by byte', `{"name":"${TOKEN}"}`.split('')],
  ])('%s is discarded', async (_, pieces) => {
    await using host = await httpHost((__, res) => {
      const next = (index: number): void => {
        const piece = pieces[index];
        if (piece === undefined) res.end();
        else res.write(piece, () => setImmediate(next, index + 1));
      };
      next(0);
    });
    await using client = clientOf(host.url, { secrets: secretsOf({ kind: 'bearer', token: TOKEN }) });
    const message = await ask(client, host.url).catch(String);
    expect(message).toContain('echoes the credentials');
    expect(message).not.toContain(TOKEN);
  });
});
