import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@toolhive-registry/catalog';
import type { CatalogItem } from '@toolhive-registry/catalog/compare';
import { diffOfItems, HOSTILE, printable, server } from '../testing.ts';
import { code, htmlCode } from './escape.ts';
import { diffMarkdown } from './markdown.ts';

const image = (tag: string): JsonObject => ({
  packages: [{ registryType: 'oci', identifier: `ghcr.io/a/b:${tag}`, transport: { type: 'stdio' } }],
});
const remote = (url: string): JsonObject => ({ remotes: [{ type: 'sse', url }] });

describe('code', () => {
  test.each([
    ['a', '`a`'],
    ['', '`(empty)`'],
    ['  ', '`(empty)`'],
    ['a`b', '``a`b``'],
    ['`a', '`` `a ``'],
    ['a``', '``` a`` ```'],
    [' a ', '`  a  `'],
    [' a', '` a`'],
    ['a|b', '`a\\u{7c}b`'],
    ['a\\|b', '`a\\\\u{7c}b`'],
    ['a\nb', '`a\\u{a}b`'],
    ['<b>&', '`<b>&`'],
    ['x'.repeat(300), `\`${'x'.repeat(260)}…\``],
    ['😀'.repeat(200), `\`${'😀'.repeat(130)}…\``],
  ])('of %j is %s', (text, expected) => {
    expect(code(text, printable)).toBe(expected);
  });

  test.each([
    ['a', '<code>a</code>'],
    [`<b a="1" c='2'>&amp;`, '<code>&#60;b a=&#34;1&#34; c=&#39;2&#39;&#62;&#38;amp;</code>'],
    ['a\n\n</details>', '<code>a\\u{a}\\u{a}&#60;/details&#62;</code>'],
  ])('of %j in HTML is %s', (text, expected) => {
    expect(htmlCode(text, printable)).toBe(expected);
  });

  test('no line break gets through, whatever is made of a text before', () => {
    for (const escape of [code, htmlCode]) expect(escape('a\n\r\n\u2028b\u0085c', (text) => text)).not.toMatch(/[\n\r\u2028\u0085]/);
  });
});

test('the whole comment', () => {
  const before = [
    server('a/changed', '1.0.0', image('1')),
    server('a/gone', '1.0.0'),
    server('a/same', '1.0.0'),
    server('a/text', '1.0.0'),
  ];
  const after = [
    server('a/changed', '1.1.0', { ...image('2'), ...remote('https://b.example/mcp') }),
    server('a/new', '1.0.0', image('1')),
    server('a/same', '1.0.0'),
    server('a/text', '1.0.0', { title: 'T' }),
  ];
  expect(diffMarkdown(diffOfItems(before, after, { by: 'server' }), { printable })).toBe(
    [
      '### Catalog: 1 added, 1 removed, 2 changed, 1 the same',
      '',
      'From `a.json` to `b.json`. **2 entries need a close look**: what is marked as security.',
      '',
      '| | entry | version | what to look at first |',
      '| --- | --- | --- | --- |',
      '| changed | `a/changed` | `1.0.0` → `1.1.0` | **security**: new remote URL: `https://b.example/mcp` (sse); and 2 more |',
      '| added | `a/new` | `1.0.0` | **security**: new package: `oci ghcr.io/a/b:1`; and 1 more |',
      '| removed | `a/gone` | `1.0.0` |  |',
      '| changed | `a/text` | `1.0.0` | text: title added: `T` |',
      '',
      '<details>',
      '<summary>changed <code>a/changed</code> <code>1.0.0</code> → <code>1.1.0</code>: 1 security, 2 behavior</summary>',
      '',
      '- **security**: new remote URL: `https://b.example/mcp` (sse)',
      '- behavior: version changed: `1.0.0` → `1.1.0`',
      '- behavior: image changed: `ghcr.io/a/b:1` → `ghcr.io/a/b:2`',
      '',
      '</details>',
      '',
      '<details>',
      '<summary>added <code>a/new</code> <code>1.0.0</code>: 1 security, 1 text</summary>',
      '',
      '- **security**: new package: `oci ghcr.io/a/b:1`',
      '- text: description: `What it does`',
      '',
      '</details>',
      '',
      '<details>',
      '<summary>changed <code>a/text</code> <code>1.0.0</code>: 1 text</summary>',
      '',
      '- text: title added: `T`',
      '',
      '</details>',
      '',
      '',
    ].join('\n'),
  );
});

test('two catalogs that are the same', () => {
  const items = [server('a/b', '1.0.0')];
  expect(diffMarkdown(diffOfItems(items, items), { printable })).toBe(
    '### Catalog: 0 added, 0 removed, 0 changed, 1 the same\n\nFrom `a.json` to `b.json`.\n\n',
  );
});

test('what is not compared is reported', () => {
  const diff = diffOfItems([server('a/b', '1.0.0')], [server('a/b', '1.0.0'), server('a/b', '1.0.0')]);
  const findings = { counts: { leftOut: 2, shadowed: 0, repaired: 0, noted: 0 }, kept: [] };
  const lines = diffMarkdown({ ...diff, before: { ...diff.before, findings } }, { printable }).split('\n');
  expect(lines).toContain('Not compared: 2 entries that cannot be served in `a.json`.');
  expect(lines).toContain('Not compared: 1 entry that occurs twice in `b.json`.');
});

/** A line without code: code spans (CommonMark 6.1), or where HTML stands, which knows none, its own. */
function outsideCode(line: string): string {
  if (line.startsWith('<')) return line.replaceAll(/<code>[^<>]*<\/code>/g, '');
  return line.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/g, '');
}

/** All that may stand outside of code: words of ours. */
const OURS = /^(?:[A-Za-z0-9 ,.:;()→…/#*"'’=+-]|\||<\/?(?:details|summary)>)*$/;

test.each(HOSTILE)('%j does nothing, wherever it occurs', (text) => {
  const fields = (value: string): JsonObject => ({
    title: value,
    description: value,
    [value]: value,
    repository: { url: value, source: value },
    packages: [
      {
        registryType: 'oci',
        identifier: value,
        version: value,
        registryBaseUrl: value,
        environmentVariables: [{ name: value, default: value, isSecret: true }],
      },
      { registryType: value, identifier: value, packageArguments: [{ name: value, value }], transport: { type: value, url: value } },
    ],
    remotes: [{ type: value, url: value, headers: [{ name: value, value }] }],
    _meta: {
      [value]: value,
      'io.modelcontextprotocol.registry/publisher-provided': {
        'io.github.stacklok': {
          [value]: { tools: [value], tags: [value], permissions: { network: { outbound: { allow_host: [value] } } } },
        },
      },
    },
  });
  const items = (value: string): CatalogItem[] => [
    server('a/b', value, fields(value)),
    server(`x/${value}`, value, fields(value)),
    server(value, value, fields(value)),
  ];
  const diff = diffOfItems(items('before'), items(text), { by: 'server' });
  const markdown = diffMarkdown({ ...diff, after: { ...diff.after, label: text } }, { printable });
  const lines = markdown.split('\n');
  const outside = lines.map(outsideCode);
  expect(outside.filter((line) => !OURS.test(line))).toEqual([]);
  expect(lines.filter((line) => /^[^A-Za-z|<-]/.test(line))).toEqual([lines[0]]);
  for (const row of lines.filter((line) => line.startsWith('|'))) expect(row.match(/\|/g)).toHaveLength(5);
  const count = (tag: string): number => outside.filter((line) => line.includes(tag)).length;
  expect([count('<details>'), count('</details>'), count('<summary>'), count('</summary>')]).toEqual([3, 3, 3, 3]);
  expect(markdown).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
});

describe('a comment has an end', () => {
  const many = (count: number, fields: JsonObject): CatalogItem[] =>
    Array.from({ length: count }, (_, index) => server(`a/b${String(index).padStart(5, '0')}`, '1.0.0', fields));

  test.each([8_000, 60_000])('within %i characters, with what is left out', (most) => {
    const markdown = diffMarkdown(diffOfItems([], many(5_000, image('1'))), { printable, most });
    expect(markdown.length).toBeLessThanOrEqual(most);
    expect(markdown.length).toBeGreaterThan(most * 0.8);
    const rows = markdown.match(/^\| added/gm)?.length ?? 0;
    const details = markdown.match(/^<details>/gm)?.length ?? 0;
    expect(markdown.split('\n').at(-2)).toBe(
      `Left out, since a comment may not be longer: ${5_000 - rows} rows of the table and the details of ${5_000 - details} entries. **${5_000 - details} entries of these need a close look.**`,
    );
  });

  test('60,000 characters by default', () => {
    expect(diffMarkdown(diffOfItems([], many(5_000, image('1'))), { printable }).length).toBeLessThanOrEqual(60_000);
  });

  test('of entries that are not known to differ in what, the row says so', () => {
    const markdown = diffMarkdown(diffOfItems([], many(2, {}), { details: 1 }), { printable });
    expect(markdown).toContain('| added | `a/b00001` | `1.0.0` | too many entries differ; compare this one by itself |');
    expect(markdown).toContain('**1 entry needs a close look**');
  });

  test('one large entry leaves room for the others', () => {
    const hosts = Array.from({ length: 300 }, (_, index) => `https://${'x'.repeat(300)}${index}`);
    const large = server('a/a', '1.0.0', {
      remotes: hosts.map((url) => ({ type: 'sse', url })),
      x: hosts,
      y: Object.fromEntries(hosts.map((host) => [host, host])),
    });
    const markdown = diffMarkdown(diffOfItems([], [large, server('a/b', '1.0.0', image('1'))]), { printable });
    expect(markdown).toContain('<summary>added <code>a/b</code>');
    expect(markdown).toContain('and 280 more');
    expect(markdown.length).toBeLessThan(20_000);
  });

  test('an entry with omitted details says so', () => {
    const fields = Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`x${index}`, 'y'.repeat(100)]));
    const odd = (value: string): JsonObject => ({ _meta: Object.fromEntries(Object.entries(fields).map(([key]) => [key, value])) });
    const markdown = diffMarkdown(diffOfItems([server('a/b', '1', odd('1'))], [server('a/b', '1', odd('2'))]), { printable });
    expect(markdown).toContain("- text: publisher's metadata changed: ");
    expect(markdown).toContain(' and 480 more');
  });

  test.each([0, 7_999])('%i characters are too few', (most) => {
    expect(() => diffMarkdown(diffOfItems([], []), { printable, most })).toThrow(
      new RangeError(`a comment needs 8000 characters or more, and may have ${most}`),
    );
  });
});
