import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { servingFiles } from '../testing.ts';
import { askRaw, type RawAnswer } from './testing.ts';

const LIST = '/v0.1/servers?limit=3';
const decoders = { gzip: gunzipSync, br: brotliDecompressSync, zstd: zstdDecompressSync } as const;

let server: Awaited<ReturnType<typeof servingFiles>>;

beforeAll(async () => {
  const servers = Array.from({ length: 20 }, (_, index) => ({ name: `a/${index}`, version: '1', description: 'd'.repeat(500) }));
  server = await servingFiles({ a: servers });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
});

function ask(path: string, headers: Record<string, string>, method = 'GET'): Promise<RawAnswer> {
  return askRaw(`${server.url}${path}`, headers, method);
}

test.each<[string, keyof typeof decoders | undefined]>([
  ['gzip', 'gzip'],
  ['br', 'br'],
  ['zstd', 'zstd'],
  ['x-gzip', 'gzip'],
  ['GZIP', 'gzip'],
  ['gzip, deflate, br, zstd', 'zstd'],
  ['gzip, deflate, br', 'br'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['br;q=0, gzip;q=0.1', 'gzip'],
  ['*', 'zstd'],
  ['*;q=0.5, zstd;q=0', 'br'],
  ['identity', undefined],
  ['identity;q=1, gzip;q=0.5', undefined],
  ['deflate', undefined],
  ['gzip;q=0', undefined],
  ['gzip;q=none', undefined],
  ['', undefined],
])('Accept-Encoding: %s is answered in %s, kept or not', async (accepted, encoding) => {
  const plain = await ask(LIST, {});
  for (let round = 0; round < 4; round += 1) {
    const answer = await ask(LIST, { 'Accept-Encoding': accepted });
    expect([answer.status, answer.headers['content-encoding'], answer.headers.vary]).toEqual([200, encoding, 'Accept-Encoding']);
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    const decoded = encoding === undefined ? answer.body : decoders[encoding](answer.body);
    expect(decoded.equals(plain.body)).toBe(true);
    expect(answer.headers.etag === plain.headers.etag).toBe(encoding === undefined);
  }
});

test.each(['gzip', 'br', 'identity'])('what was sent in one encoding is known in another: %s', async (encoding) => {
  const { etag = '' } = (await ask(LIST, { 'Accept-Encoding': encoding })).headers;
  for (const accepted of ['gzip', 'br', 'identity']) {
    const answer = await ask(LIST, { 'Accept-Encoding': accepted, 'If-None-Match': etag });
    expect([answer.status, answer.body.length, answer.headers.vary]).toEqual([304, 0, 'Accept-Encoding']);
  }
});

test.each([
  ['a short answer', '/health'],
  ['an error', '/v0.1/servers?limit=0'],
])('%s is sent as it is', async (_, path) => {
  expect((await ask(path, { 'Accept-Encoding': 'gzip' })).headers['content-encoding']).toBeUndefined();
});

test('HEAD has no body', async () => {
  expect(await ask(LIST, { 'Accept-Encoding': 'gzip' }, 'HEAD')).toMatchObject({ status: 200, body: Buffer.alloc(0) });
});

test.each(['/openapi.json', '/registry/status', '/metrics', '/api/v1/servers'])('%s is encoded as well', async (path) => {
  const answer = await ask(path, { 'Accept-Encoding': 'gzip' });
  expect(answer.headers['content-encoding']).toBe('gzip');
  expect(gunzipSync(answer.body).length).toBeGreaterThan(answer.body.length);
});
