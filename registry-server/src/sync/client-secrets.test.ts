import { expect, test } from '@jest/globals';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { codeOf } from '../errors.ts';
import { eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder, type Folder } from '../testing.ts';

const CONFIGURATION = {
  mcpServers: {
    a: { command: 'npx', args: ['-y', '@example/a@1.0.0', '--token', 'S3CRET'], env: { API_KEY: 'S3CRET' } },
    b: { url: 'https://me:S3CRET@example.com/mcp', headers: { Authorization: 'Bearer S3CRET' } },
  },
  other: 'S3CRET',
};
const YAML = 'mcpServers:\n  a: {command: npx, args: ["@example/a", S3CRET]}\n  b: {url: "https://example.com/?S3CRET"}\n';

/** Everything that is on the disk, with the names of the files. */
async function stored(folder: Folder): Promise<string> {
  const files = await readdir(join(folder.path, 'storage'), { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map(async ({ parentPath, name }) => `${name}\n${await readFile(join(parentPath, name), 'latin1').catch(whatIsRenamed)}`);
  return (await Promise.all(texts)).join('\n');
}

/** A temporary file gets its name while it is looked for. It is read under that the next time; any other failure is one of the test. */
function whatIsRenamed(error: unknown): string {
  if (codeOf(error) === 'ENOENT') return '';
  throw error;
}

test.each<[string, Record<string, string | Uint8Array>, string]>([
  ['a file', { 'catalog.json': JSON.stringify(CONFIGURATION) }, 'catalog.json'],
  ['a file in YAML', { 'catalog.json': YAML }, 'catalog.json'],
  ['a file with a byte order mark', { 'catalog.json': `\ufeff${JSON.stringify(CONFIGURATION)}` }, 'catalog.json'],
  ['packed', { 'catalog.json': gzipSync(JSON.stringify(CONFIGURATION)) }, 'catalog.json'],
  ['a file of a folder', { 'catalog/one.json': JSON.stringify(CONFIGURATION), 'catalog/two.json': '[]' }, 'catalog'],
  ['a file of a folder in YAML', { 'catalog/one.yaml': `---\n${YAML}---\n[]\n` }, 'catalog'],
])("secrets of a client's configuration are not kept, and its servers are: %s", async (_, files, path) => {
  await using folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) await folder.write(name, content);
  const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path } } }));
  const before: string[] = [];
  const said = async (url: string): Promise<string[]> => {
    const paths = ['/v0.1/servers', '/registry.json', '/registry.json?format=toolhive', '/registry.yaml', '/registry/report'];
    return Promise.all(paths.map(async (one) => (await fetch(`${url}${one}`)).text()));
  };
  {
    await using server = await serverFor(folder, config);
    await eventually(() => serverNames(server.url), has('local.mcp/a', 'local.mcp/b'));
    await eventually(
      () => stored(folder),
      (text) => text.includes('@example/a') && text.includes('.good'),
    );
    before.push(...(await said(server.url)));
    const seed = await (await fetch(`${server.url}/registry/snapshot`)).text();
    expect([await stored(folder), seed, JSON.stringify(await statusOf(server.url)), ...before].join('\n')).not.toContain('S3CRET');
  }
  // From the last good data it is the same, findings included.
  await rm(join(folder.path, path), { recursive: true });
  await using again = await serverFor(folder, config);
  await eventually(() => serverNames(again.url), has('local.mcp/a', 'local.mcp/b'));
  const findings = (report: string | undefined): unknown => (JSON.parse(report ?? '') as { findings: unknown }).findings;
  const after = await said(again.url);
  expect(after.slice(0, 4)).toEqual(before.slice(0, 4));
  expect(findings(after[4])).toEqual(findings(before[4]));
});

test.each<[string, string]>([
  ['JSON', '{"mcpServers": {"a": {"url": "https://example.com/", "env": {"K": S3CRET}}}}'],
  ['YAML', 'mcpServers:\n  a: {url: "https://example.com/", env: {K: *S3CRET}}\n'],
  ['of VS Code', '{"servers": {"a": {"command": "npx", "args": ["x"], "env": {"K": S3CRET}}}}'],
])('nor is one that cannot be read repeated in a message: %s', async (_, text) => {
  await using folder = await temporaryFolder();
  await folder.write('catalog.json', text);
  const config = await folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'catalog.json' } } }));
  await using server = await serverFor(folder, config);
  const status = await eventually(
    () => statusOf(server.url),
    (one) => one.sources[0]?.state === 'failed',
  );
  expect(status.sources[0]?.message).toMatch(/not valid (?:JSON|YAML)/);
  expect(JSON.stringify(status) + (await stored(folder))).not.toContain('S3CRET');
});
