import { expect, test } from '@jest/globals';
import { commandPackage, normalImage, normalUrl } from './normal.ts';
import { referencesOf } from './of-server.ts';
import { compileTemplate } from './template.ts';
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
  ['https://mcp.{region}.ovhcloud.com:443/mcp?x={y}', ['https://mcp.eu.ovhcloud.com/mcp'], ['https://mcp.eu.ovhcloud.com:8443/mcp']],
  [
    'https://mcp.example.com:{port}/mcp',
    ['https://mcp.example.com:8443/mcp'],
    ['https://mcp.example.com/mcp', 'https://mcp.example.com:x/mcp'],
  ],
  [
    'https://Example.com/{token}',
    ['https://example.com/a'],
    ['https://example.com/', 'https://example.com/..', 'https://example.com/%2e%2e'],
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
])('template %s admits nothing, with a reason', (template) => {
  expect(compileTemplate(template)).toEqual({ why: expect.any(String) });
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
      { text: 'a b', why: 'it is no reference of an image' },
      { text: 'https://{t}/x', why: expect.stringContaining('not fixed') },
      { text: 'stdio:x', why: expect.stringContaining('no http') },
    ],
  });
});
