import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { askRaw, TEST_PAGE_FILES, testPort, type RawAnswer, type TestPort } from '../testing.ts';

const SCRIPT = 'page-ABC123.js';
const TEXT = TEST_PAGE_FILES[SCRIPT].text;
const CHROME = 'gzip, deflate, br, zstd';
const decoders = { gzip: gunzipSync, br: brotliDecompressSync } as const;

let port: TestPort;
beforeAll(async () => {
  port = await testPort();
});
afterAll(async () => {
  await port[Symbol.asyncDispose]();
});

function ask(file: string, headers: Record<string, string> = {}, method = 'GET'): Promise<RawAnswer> {
  return askRaw(`${port.url}/ui/${file}`, headers, method);
}

test.each(Object.entries(TEST_PAGE_FILES))('%s is kept for ever, and is what its type says', async (name, { contentType, text }) => {
  const { status, headers, body } = await ask(name);
  expect([status, body.toString()]).toEqual([200, text]);
  expect(headers).toMatchObject({
    'content-type': contentType,
    'content-length': String(text.length),
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
    vary: 'Accept-Encoding',
  });
});

test.each<[accepted: string, encoding: keyof typeof decoders | undefined]>([
  [CHROME, 'br'],
  ['gzip, deflate, br', 'br'],
  ['zstd, br;q=0.1', 'br'],
  ['gzip, deflate', 'gzip'],
  ['gzip;q=1.0, br;q=0.5', 'gzip'],
  ['*', 'br'],
  ['zstd', undefined],
  ['identity', undefined],
  ['identity;q=1, br;q=0.5', undefined],
  ['br;q=0, *;q=0', undefined],
])('Accept-Encoding: %s is answered in %s, also once it was made', async (accepted, encoding) => {
  for (let round = 0; round < 3; round += 1) {
    const { status, headers, body } = await ask(SCRIPT, { 'Accept-Encoding': accepted });
    expect([status, headers['content-encoding']]).toEqual([200, encoding]);
    expect((encoding === undefined ? body : decoders[encoding](body)).toString()).toBe(TEXT);
    expect(headers.etag).toMatch(encoding === undefined ? /^"[0-9a-f]{32}"$/ : new RegExp(`^"[0-9a-f]{32}-${encoding}"$`));
  }
});

test.each(['br', 'gzip', 'identity'])('who has it in %s gets 304 in any encoding', async (encoding) => {
  const { etag = '' } = (await ask(SCRIPT, { 'Accept-Encoding': encoding })).headers;
  for (const accepted of ['br', 'gzip', 'identity']) {
    const answer = await ask(SCRIPT, { 'Accept-Encoding': accepted, 'If-None-Match': etag });
    expect([answer.status, answer.body.length, answer.headers['cache-control']]).toEqual([304, 0, 'public, max-age=31536000, immutable']);
  }
});

test.each(['br', 'identity'])('HEAD in %s has the length and no body', async (encoding) => {
  const [get, head] = await Promise.all([
    ask(SCRIPT, { 'Accept-Encoding': encoding }),
    ask(SCRIPT, { 'Accept-Encoding': encoding }, 'HEAD'),
  ]);
  expect([head.status, head.body.length, head.headers['content-length']]).toEqual([200, 0, String(get.body.length)]);
});

test.each(['none.js', 'PAGE-ABC123.JS', '..%2f..%2fetc%2fpasswd', 'constructor', '__proto__', 'a'.repeat(5_000)])(
  'there is no file %s',
  async (name) => {
    const { status, headers, body } = await ask(name, { Accept: 'text/html' });
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([404, 'application/json', 'no-store']);
    const { detail } = JSON.parse(body.toString()) as { readonly detail: string };
    expect(detail).toMatch(/^The page has no file ".+"; files of another version had other names\. Open \/ again$/);
    expect(detail.length).toBeLessThan(300);
  },
);

test.each(['/ui', '/ui/', `/ui/a/${SCRIPT}`, `/ui/${SCRIPT}/a`])('%s is not a path', async (path) => {
  const { status, body } = await askRaw(`${port.url}${path}`);
  expect([status, body.toString()]).toEqual([404, expect.stringContaining('ndpoint not found')]);
});

test('a file is below base path and name of a proxy as all paths are', async () => {
  await using below = await testPort([], 'both', 'error', '/mcp');
  for (const path of [`/mcp/ui/${SCRIPT}`, `/ui/${SCRIPT}`]) {
    const { status, body } = await askRaw(`${below.url}${path}`, { 'X-Forwarded-Prefix': '/outer' });
    expect([status, body.toString()]).toEqual([200, TEXT]);
  }
  const none = await askRaw(`${below.url}/mcp/ui/none.js`);
  expect([none.status, none.body.toString()]).toEqual([404, expect.stringContaining('Open /mcp/ again')]);
});

describe('methods and metrics', () => {
  test.each(['POST', 'PUT', 'DELETE'])('%s gets 405', async (method) => {
    const { status, headers } = await ask(SCRIPT, { Origin: 'https://a.example' }, method);
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD, OPTIONS']);
  });

  test('all files have one label', async () => {
    await ask(SCRIPT);
    await ask('none.js');
    const { body } = await port.metrics.text();
    expect(body).toMatch(/route="\/ui\/\{file\}"/);
    expect(body).not.toMatch(/route="[^"]*(?:none|ABC123)/);
  });
});
