import { expect, test } from '@jest/globals';
import { testdata } from '../testing.ts';
import { commandPackage, normalImage, normalUrl } from './normal.ts';
import { referencesOf } from './of-server.ts';
import { ReferenceIndex } from './reference-index.ts';
import { compileTemplate, templateAdmits } from './template.ts';
import { commandCases, imageCases, urlCases } from './testing.ts';

test.each(imageCases)('image %s is compared as %s', (reference, normal) => {
  expect(normalImage(reference)).toBe(normal);
  // What is compared is compared with itself.
  expect(normalImage(normal)).toBe(normal);
});

test.each(urlCases)('URL %s is compared as %s', (url, normal) => {
  expect(normalUrl(url)).toBe(normal);
  if (normal !== undefined) expect(normalUrl(normal)).toBe(normal);
});

test.each(commandCases)('%s %j runs package %s', (program, args, normal) => {
  expect(commandPackage(program, args)).toBe(normal);
});

test.each<[template: string, admitted: string[], refused: string[]]>([
  [
    'https://{tenant}.example.com/mcp',
    ['https://a.example.com/mcp', 'https://a.b.example.com/mcp'],
    ['https://example.com/mcp', 'https://evil.com/.example.com/mcp', 'https://a.example.com.evil.com/mcp', 'https://aXexample.com/mcp'],
  ],
  [
    'https://{instance}-be.glean.com/mcp/{server}/',
    ['https://a-be.glean.com/mcp/x'],
    ['https://a-be.glean.com/mcp/x/y', 'https://a-be.glean.com/mcp'],
  ],
  [
    'https://{tenant}.{region}.example.com/{a}/x-{b}',
    ['https://a.eu.example.com/1/x-2'],
    ['https://a.b.eu.example.com/1/x-2', 'https://eu.example.com/1/x-2', 'https://a.eu.example.com/1/2'],
  ],
  ['https://mcp.{region}.ovhcloud.com:443/mcp?x={y}', ['https://mcp.eu.ovhcloud.com/mcp'], ['https://mcp.eu.ovhcloud.com:8443/mcp']],
  [
    'https://mcp.example.com:{port}/mcp',
    ['https://mcp.example.com:8443/mcp', 'https://mcp.example.com:443/mcp', 'https://mcp.example.com/mcp'],
    ['https://mcp.example.com:x/mcp', 'https://mcp.example.com.evil.com/mcp'],
  ],
  [
    'https://Example.com/{token}',
    ['https://example.com/a'],
    [
      'https://example.com/',
      'https://example.com/..',
      'https://example.com/%2e%2e',
      'https://example.com/x%2f..%2fadmin',
      'https://example.com/x;..;a',
    ],
  ],
])('template %s', (template, admitted, refused) => {
  const compiled = compileTemplate(template);
  if ('why' in compiled) throw new Error(compiled.why);
  const pattern = new RegExp(compiled.pattern);
  const admits = (url: string): boolean => pattern.test(normalUrl(url) ?? '');
  expect(admitted.filter((url) => !admits(url))).toEqual([]);
  expect(refused.filter(admits)).toEqual([]);
});

test.each([
  'https://{host}/mcp',
  'https://{a}:{b}/mcp',
  'https://{host}.com/mcp',
  '{base}/mcp',
  'https://example.com.{tld}/x',
  'ftp://a.b.c/{x}',
  'https://{x}.0.0.1/mcp',
  'https://{a}{b}.example.com/mcp',
  'https://{a}-{b}.example.com/mcp',
  'https://example.com/{a}{b}',
  'https://example.com/{a}/\ud800',
  'https://example.com/{a}/\u0007',
])('template %s admits nothing, with a reason', (template) => {
  expect(compileTemplate(template)).toEqual({ why: expect.any(String) });
});

test('a long URL is matched against no template, whatever its pattern', () => {
  const pattern = new RegExp('^https://[a-z0-9._-]+[.]example[.]com$');
  expect(templateAdmits(pattern, 'https://a.example.com')).toBe(true);
  expect(templateAdmits(pattern, `https://${'a'.repeat(1_000)}.example.com`)).toBe(false);
});

const region = (choices: unknown[]): object => ({ url: 'https://{region}.example.co.uk/{x}', variables: { region: { choices } } });

test('a variable with choices stands only for those', () => {
  const { exact, templates } = referencesOf({ remotes: [{ url: 'https://{r}.co.uk/mcp', variables: { r: { choices: ['eu', 'us'] } } }] });
  expect([exact.map(({ text }) => text), templates]).toEqual([['https://eu.co.uk/mcp', 'https://us.co.uk/mcp'], []]);
  expect(referencesOf({ remotes: [region(['eu']) as never] }).templates.map(({ template }) => template)).toEqual([
    'https://eu.example.co.uk/{x}',
  ]);
  const many = Array.from({ length: 101 }, (_, index) => `r${index}`);
  expect(referencesOf({ remotes: [region(many) as never] })).toMatchObject({
    templates: [],
    unusable: [{ why: expect.stringContaining('more than 100 choices') }],
  });
});

test('a package from an index other than the public one admits nothing', () => {
  const packages = [
    { registryType: 'npm', identifier: 'public', registryBaseUrl: 'https://any.npmjs.org/' },
    { registryType: 'pypi', identifier: 'public', registryBaseUrl: 'https://pypi.org' },
    { registryType: 'npm', identifier: 'own', registryBaseUrl: 'https://npmjs.org.example.com' },
    { registryType: 'npm', identifier: 'own', registryBaseUrl: 'https://evilnpmjs.org' },
    { registry_type: 'npm', identifier: 'own', registry_base_url: 'https://npm.internal.example.com' },
    { registryType: 'npm', identifier: 'own', registryBaseUrl: 'https://npmjs.org@example.com' },
    { registryType: 'npm', identifier: 'own', registryBaseUrl: 'http://any.npmjs.org' },
    { registryType: 'npm', identifier: 'own', registryBaseUrl: 'https://npm.internal.example.com' },
    { registryType: 'pypi', identifier: 'own', registryBaseUrl: 'none' },
  ];
  const { exact, unusable } = referencesOf({ packages });
  expect(exact.map(({ text }) => text)).toEqual(['npm public', 'pypi public']);
  expect(unusable.map(({ text }) => text)).toEqual(Array(7).fill('own'));
});

test('npm packages of the official registry, which name the public index, are listed', () => {
  const servers = JSON.parse(testdata('mcp-registry-seed-2025-09-29.json').toString()) as Parameters<typeof referencesOf>[0][];
  const packages = servers.flatMap(
    (server) => (server['packages'] ?? []) as unknown as { registryType?: string; registryBaseUrl?: string; identifier: string }[],
  );
  const named = packages.filter(({ registryType, registryBaseUrl }) => registryType === 'npm' && registryBaseUrl !== undefined);
  const listed = new Set(servers.flatMap((server) => referencesOf(server).exact.map(({ text }) => text)));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter(({ identifier }) => !listed.has(`npm ${identifier}`))).toEqual([]);
});

test('the template of a deleted entry is found, and admits nothing', () => {
  const index = new ReferenceIndex();
  index.add(0, { server: { remotes: [{ url: 'https://{t}.example.com' }] } }, true);
  expect([index.rowsOf('urls', 'https://a.example.com'), index.templates]).toEqual([[0], []]);
  expect(index.has('urls', 'https://a.example.com')).toBe(false);
});

test.each([
  ['npm server', 'npm servers', ['npm server']],
  ['npm server', 'npm sevrer', ['npm server']],
  ['npm server', 'npm ser', ['npm server']],
  ['npm server', 'npm thing', []],
  ['npm a', 'npm abcde', []],
  ['npm @a/server', 'npm @long/server', ['npm @a/server']],
])('with %s in the catalog, the nearest to %s is %j', (there, asked, near) => {
  const index = new ReferenceIndex();
  index.add(0, { server: { packages: [{ registryType: 'npm', identifier: there.slice(4) }] } }, false);
  expect(index.near('packages', asked)).toEqual(near);
});

test('an entry gives images, packages, URLs, templates, and what cannot be compared', () => {
  expect(
    referencesOf({
      packages: [
        { registryType: 'oci', identifier: 'ghcr.io/a/b:1' },
        { registryType: 'oci', identifier: 'a/b', version: '2', registryBaseUrl: 'https://docker.io' },
        { registryType: 'oci', identifier: 'a b' },
        { registryType: 'npm', identifier: '@a/b', version: '1' },
        { registryType: 'pypi', identifier: 'A_b.c' },
        { registryType: 'mcpb', identifier: 'https://example.com/x.mcpb' },
        'none',
      ],
      remotes: [{ url: 'https://Example.com/mcp/' }, { url: 'https://{t}.example.com' }, { url: 'https://{t}/x' }, { url: 'stdio:x' }, {}],
    }),
  ).toEqual({
    exact: [
      { kind: 'images', text: 'ghcr.io/a/b:1' },
      { kind: 'images', text: 'docker.io/a/b:2' },
      { kind: 'packages', text: 'npm @a/b' },
      { kind: 'packages', text: 'pypi a-b-c' },
      { kind: 'urls', text: 'https://example.com/mcp' },
    ],
    templates: [{ template: 'https://{t}.example.com', pattern: String.raw`^https://[a-z0-9._-]+\.example\.com$` }],
    unusable: [
      { text: 'a b', why: 'it is not an image reference' },
      { text: 'https://{t}/x', why: expect.stringContaining('not fixed') },
      { text: 'stdio:x', why: expect.stringContaining('not an http') },
    ],
  });
});
