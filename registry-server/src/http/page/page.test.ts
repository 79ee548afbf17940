import { expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { jsonAnswer } from '../chain/answer.ts';
import type { OpenApiDocument } from '../openapi/document.ts';
import { parameter, pathParameter } from '../input/parameters.ts';
import { route } from '../routes/route.ts';
import { testPort } from '../testing.ts';
import { escapeHtml, markup } from './html.ts';
import { schemaRows, typeText } from './schema-rows.ts';

const EVIL = `"><script>alert('1')</script>&amp;`;

/** A row whose every text tries to break out of the page. */
const evil = route(
  {
    id: 'evil',
    methods: ['POST'],
    path: '/evil/{name}',
    ports: ['public'],
    tag: 'operations',
    summary: EVIL,
    description: EVIL,
    params: { name: pathParameter({ description: EVIL, examples: [EVIL] }) },
    query: { q: parameter({ type: 'string', description: EVIL, examples: [EVIL] }, (text) => text) },
    success: {
      status: 200,
      description: EVIL,
      schema: () => z.object({ field: z.string().meta({ description: EVIL }) }),
      example: () => ({ field: EVIL }),
    },
    errors: [],
  },
  () => jsonAnswer(200, {}),
);

test('the page has each operation with parameters, answers, an example and a command', async () => {
  await using port = await testPort();
  const response = await fetch(`${port.url}/docs`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  const page = await response.text();
  const { paths } = (await (await fetch(`${port.url}/openapi.json`)).json()) as OpenApiDocument;
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { operationId }] of Object.entries(methods)) {
      expect(page).toContain(
        `<article id="${operationId}">\n<h3><code class="method">${method.toUpperCase()}</code> <code>${path}</code></h3>`,
      );
    }
  }
  for (const piece of [
    'integer, 1 to 100, default 30',
    '<code>servers[].server.name</code>',
    'curl -s &quot;$REGISTRY/v0.1/servers/io.github.example%2Fweather/versions/latest&quot;',
    'curl -s -X POST -H &#39;Content-Type: application/json&#39; --data-binary @server.json &quot;$REGISTRY/v0.1/validate&quot;',
    '@media (prefers-color-scheme: dark)',
  ]) {
    expect(page).toContain(piece);
  }
});

test('it may do nothing but look as it does: no script, nothing from elsewhere, its one style by its hash', async () => {
  await using port = await testPort();
  const response = await fetch(`${port.url}/docs`);
  const page = await response.text();
  const [, style = ''] = /<style>([^]*?)<\/style>/.exec(page) ?? [];
  const hash = createHash('sha256').update(style).digest('base64');
  expect(response.headers.get('content-security-policy')).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(page).not.toMatch(/<script|<img|<iframe|<link|javascript:|\son\w+=|\sstyle=|url\(|@import/i);
  // Links lead to documents beside it and within it.
  for (const [, target = ''] of page.matchAll(/(?:href|src)="([^"]*)"/g)) expect(target).toMatch(/^(?:#\w+|\/openapi\.(?:json|yaml))$/);
});

test('every text is escaped, and tags are balanced', async () => {
  await using port = await testPort([evil]);
  const page = await (await fetch(`${port.url}/docs`)).text();
  expect(page).not.toContain('<script');
  expect(page).toContain('&quot;&gt;&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;amp;');
  expect(page).toContain(`$REGISTRY/evil/${escapeHtml(encodeURIComponent(EVIL))}`);
  const open: string[] = [];
  for (const [, slash, name = ''] of page.replace(/<style>[^]*?<\/style>/, '').matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (name === 'meta') continue;
    if (slash === '') open.push(name);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual([]);
});

test('it is kept, and answered with 304', async () => {
  await using port = await testPort();
  const etag = (await fetch(`${port.url}/docs`)).headers.get('etag') ?? '';
  expect(etag).toMatch(/^"[0-9a-f]{32}(?:-gzip|-br|-zstd)?"$/);
  expect((await fetch(`${port.url}/docs`, { headers: { 'If-None-Match': etag } })).status).toBe(304);
});

test('it is on the public port only', async () => {
  await using port = await testPort([], 'internal');
  expect((await fetch(`${port.url}/docs`)).status).toBe(404);
});

test('a template escapes texts and keeps pieces as they are', () => {
  expect(markup`<p title="${`"<&>'`}">${markup`<b>${1}</b>`}${[markup`<i></i>`]}${undefined}</p>`.text).toBe(
    '<p title="&quot;&lt;&amp;&gt;&#39;"><b>1</b><i></i></p>',
  );
});

test.each<[Record<string, unknown>, string]>([
  [{ type: 'integer', minimum: 1, maximum: 100, default: 30 }, 'integer, 1 to 100, default 30'],
  [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'integer, at least 0'],
  [{ type: 'string', maxLength: 5, pattern: '^a$' }, 'string, at most 5 characters, pattern ^a$'],
  [{ type: 'string', format: 'date-time', pattern: 'long' }, 'string, date-time'],
  [{ enum: ['a', 'b'] }, '"a" | "b"'],
  [{ const: true }, 'true'],
  [{ anyOf: [{ enum: ['a'] }, { type: 'string' }, { type: 'null' }] }, '"a" | string | null'],
  [{ type: 'array', items: { type: 'string' }, maxItems: 3 }, 'list of string, at most 3'],
  [{}, ''],
])('%j reads as %s', (schema, expected) => {
  expect(typeText(schema)).toBe(expected);
});

test('rows of a schema follow references and lists, and end somewhere', () => {
  const node = { type: 'object', required: ['next'], properties: { next: { $ref: '#/components/schemas/Node' } } };
  expect(schemaRows({ type: 'array', items: { $ref: '#/components/schemas/Node' } }, { Node: node })[1]).toEqual({
    path: '[].next.next',
    type: 'object',
    required: true,
    description: '',
  });
});
