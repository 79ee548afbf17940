import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { OpenApiDocument } from '../openapi/document.ts';
import { askRaw, testPort, type TestPort } from '../testing.ts';

/** As Chrome, Firefox and Safari ask for a page, and curl for anything. */
const CHROME =
  'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7';
const FIREFOX = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
const HTML = 'text/html; charset=utf-8';
const JSON_TYPE = 'application/json';

let port: TestPort;
beforeAll(async () => {
  port = await testPort();
});
afterAll(async () => {
  await port[Symbol.asyncDispose]();
});

describe('GET / is answered by Accept', () => {
  test.each<[accept: string | undefined, type: string]>([
    [CHROME, HTML],
    [FIREFOX, HTML],
    ['text/html', HTML],
    ['TEXT/HTML', HTML],
    ['application/xhtml+xml', HTML],
    ['text/html;charset=utf-8', HTML],
    ['text/html, application/json', HTML],
    ['application/json, text/html', HTML],
    ['text/html;q=0.5, application/json;q=0.5', HTML],
    ['text/html;q=0.2, application/xhtml+xml;q=0.7, application/json;q=0.6', HTML],
    ['text/html;q=0.1, application/json;q=0, */*', HTML],
    ['text/html ; q=0.9 , */* ; q=0.8', HTML],
    [undefined, JSON_TYPE],
    ['', JSON_TYPE],
    ['*/*', JSON_TYPE],
    ['application/json', JSON_TYPE],
    ['application/json, */*', JSON_TYPE],
    ['application/json, text/plain, */*', JSON_TYPE],
    ['text/*', JSON_TYPE],
    ['text/plain', JSON_TYPE],
    ['text/html;q=0', JSON_TYPE],
    ['text/html;q=none', JSON_TYPE],
    ['text/html;q=-1', JSON_TYPE],
    ['text/html;q=0.8, application/json', JSON_TYPE],
    ['text/html;q=0.8, application/*', JSON_TYPE],
    ['text/html;q=0.8, */*', JSON_TYPE],
    ['text/htmlx', JSON_TYPE],
    [','.repeat(10_000), JSON_TYPE],
  ])('%s', async (accept, type) => {
    const { status, headers } = await askRaw(`${port.url}/`, accept === undefined ? {} : { Accept: accept });
    expect([status, headers['content-type'], headers.vary]).toEqual([200, type, 'Accept-Encoding, Accept, X-Forwarded-Prefix']);
  });

  test('several lines of the header are one', async () => {
    const headers = new Headers([
      ['Accept', 'application/json;q=0.1'],
      ['Accept', 'text/html'],
    ]);
    expect((await fetch(`${port.url}/`, { headers })).headers.get('content-type')).toBe(HTML);
  });

  test('JSON is the same as without a page: it is not cached', async () => {
    const { headers, body } = await askRaw(`${port.url}/`);
    expect(JSON.parse(body.toString())).toMatchObject({ registry: 'test', endpoints: expect.arrayContaining(['/v0.1/servers']) });
    expect([headers['cache-control'], headers.etag, headers['content-security-policy']]).toEqual(['no-store', undefined, undefined]);
  });

  test('OpenAPI names both', async () => {
    const { paths } = (await (await fetch(`${port.url}/openapi.json`)).json()) as OpenApiDocument;
    const { responses } = paths['/']?.['get'] ?? {};
    expect(Object.keys(responses?.['200']?.content ?? {})).toEqual([JSON_TYPE, 'text/html']);
    expect(Object.keys(responses ?? {})).toContain('304');
  });

  test('the list of endpoints and OpenAPI have nothing of the files', async () => {
    expect((await askRaw(`${port.url}/`)).body.toString()).not.toContain('/ui/');
    expect((await askRaw(`${port.url}/openapi.json`)).body.toString()).not.toContain('/ui/');
    expect((await askRaw(`${port.url}/x/ui/page-ABC123.js`)).body.toString()).not.toContain('Did you mean');
  });
});

describe('the document', () => {
  const page = { Accept: CHROME };

  test('may do what the page needs, and nothing else', async () => {
    const { headers } = await askRaw(`${port.url}/`, page);
    expect(headers).toMatchObject({
      'content-security-policy':
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'self'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types dompurify",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'permissions-policy': expect.stringMatching(/^(?:[a-z-]+=\(\), )+[a-z-]+=\(\)$/),
      'access-control-allow-origin': '*',
    });
  });

  test('is asked for again each time, and answered with 304 while it is the same', async () => {
    const { headers, body } = await askRaw(`${port.url}/`, page);
    expect(body.toString()).toContain('src="ui/page-ABC123.js"');
    expect(headers['cache-control']).toBe('no-cache');
    expect(headers.etag).toMatch(/^"[0-9a-f]{32}"$/);
    const again = await askRaw(`${port.url}/`, { ...page, 'If-None-Match': headers.etag ?? '' });
    expect([again.status, again.body.length, again.headers.etag, again.headers.vary]).toEqual([
      304,
      0,
      headers.etag,
      'Accept-Encoding, Accept, X-Forwarded-Prefix',
    ]);
    const json = await askRaw(`${port.url}/`, { 'If-None-Match': headers.etag ?? '' });
    expect([json.status, json.headers['content-type']]).toEqual([200, JSON_TYPE]);
  });

  test('HEAD has the headers of GET and no body', async () => {
    const [get, head] = await Promise.all([askRaw(`${port.url}/`, page), askRaw(`${port.url}/`, page, 'HEAD')]);
    expect([head.status, head.body.length]).toEqual([200, 0]);
    const { date: _g, 'x-request-id': _gi, ...ofGet } = get.headers;
    const { date: _h, 'x-request-id': _hi, ...ofHead } = head.headers;
    expect(ofHead).toEqual(ofGet);
  });

  test('has another tag below another prefix', async () => {
    const tags = await Promise.all(
      ['/a', '/b', ''].map(async (prefix) => (await askRaw(`${port.url}/`, { ...page, 'X-Forwarded-Prefix': prefix })).headers.etag),
    );
    expect(new Set(tags).size).toBe(3);
  });

  test.each<[what: string, basePath: string, path: string, header: string | undefined, base: string | undefined]>([
    ['at the root', '', '/', undefined, undefined],
    ['below a base path', '/mcp', '/mcp/', undefined, '/mcp/'],
    ['below a base path without a slash', '/mcp', '/mcp', undefined, '/mcp/'],
    ['below a base path that was taken away', '/mcp', '/', undefined, '/mcp/'],
    ['below a prefix', '', '/', '/team/mcp', '/team/mcp/'],
    ['below both the header wins', '/mcp', '/mcp', '/outer/mcp', '/outer/mcp/'],
    ['markup', '', '/', '/"><script>alert(1)</script>', undefined],
    ['a quote', '', '/', "/a'b", undefined],
    ['another host', '', '/', '//evil.example', undefined],
    ['a URL', '', '/', 'https://evil.example', undefined],
    ['a scheme', '', '/', 'javascript:alert(1)', undefined],
    ['a step up', '', '/', '/a/..', undefined],
    ['percent-encoding', '', '/', '/%22', undefined],
    ['a backslash', '', '/', String.raw`/\evil.example`, undefined],
    ['hostile, with a base path', '/mcp', '/', '//evil.example', '/mcp/'],
  ])('%s', async (_, basePath, path, header, base) => {
    await using below = await testPort([], 'both', 'error', basePath);
    const { status, body } = await askRaw(`${below.url}${path}`, {
      ...page,
      ...(header === undefined ? {} : { 'X-Forwarded-Prefix': header }),
    });
    expect(status).toBe(200);
    const [head = ''] = body.toString().split('<script');
    expect(head).toBe(`<!doctype html><html><head>${base === undefined ? '' : `<base href="${base}">`}`);
  });
});

describe('without a page', () => {
  test('everybody gets JSON, as if there had never been one', async () => {
    await using plain = await testPort([], 'both', 'error', '', false);
    const { status, headers, body } = await askRaw(`${plain.url}/`, { Accept: CHROME });
    expect([status, headers['content-type'], headers.vary]).toEqual([200, JSON_TYPE, 'Accept-Encoding, X-Forwarded-Prefix']);
    expect(body.equals((await askRaw(`${port.url}/`)).body)).toBe(true);
    const { paths } = (await (await fetch(`${plain.url}/openapi.json`)).json()) as OpenApiDocument;
    expect(Object.keys(paths['/']?.['get']?.responses['200']?.content ?? {})).toEqual([JSON_TYPE]);
    const file = await askRaw(`${plain.url}/ui/page-ABC123.js`);
    expect([file.status, file.body.toString()]).toEqual([
      404,
      expect.stringContaining('Endpoint not found: /ui/page-ABC123.js. GET / lists'),
    ]);
  });

  test('nor has the internal port one', async () => {
    await using internal = await testPort([], 'internal');
    expect((await askRaw(`${internal.url}/`, { Accept: CHROME })).status).toBe(404);
    const file = await askRaw(`${internal.url}/ui/page-ABC123.js`);
    expect([file.status, file.body.toString()]).toEqual([404, expect.stringContaining('is on the main port')]);
  });
});
