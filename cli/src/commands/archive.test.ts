import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { freePorts } from '@toolhive-registry/testenv';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { readArchive, writeArchive } from '../archive/archive.ts';
import { EXPORTED, MAX_EXPORTED_BYTES } from '../archive/export-file.ts';
import { builtProgram, watched, type Program } from '../testing.ts';

const execute = promisify(execFile);

const CATALOG = [{ name: 'com.example/one', version: '1.0.0', description: 'One' }];

let program: Program;
let folder: string;
beforeAll(async () => {
  [program, folder] = await Promise.all([builtProgram(), mkdtemp(join(tmpdir(), 'cli-archive-'))]);
}, 60_000);
afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test('a registry comes back with its catalog and its history, and without its sources', async () => {
  const archive = join(folder, 'team.tar.gz');
  let hash: string;
  {
    await using server = await servingFiles({ team: CATALOG });
    const saved = await program.run(['export', '--url', server.url, '--output-file', archive]);
    expect([saved.code, saved.stdout]).toEqual([0, '']);
    expect(saved.stderr).toMatch(/: 6 files, \d+ bytes in /);
    hash = (await program.run(['history', '--url', server.url, '--snapshots', '-o', 'jsonpath={.snapshots[0].hash}'])).stdout;
  }
  // An archive as any other: `tar` reads it.
  const listed = spawnSync('tar', ['-tzf', archive], { encoding: 'utf8' }).stdout.trim().split('\n');
  expect(listed).toEqual(['export.json', 'catalog.json', 'last-good.seed', 'status.json', 'history.json', 'report.json']);

  const into = join(folder, 'back');
  const restored = await program.run(['restore', archive, '--into', into]);
  expect(restored.code).toBe(0);
  expect((await readdir(into)).sort()).toEqual([...listed, 'registry.yaml'].sort());
  // What was saved counts, not the source.
  await writeFile(join(into, 'catalog.json'), '{');
  const [port = 0] = await freePorts(1);
  const words = restored.stdout.trim().split(' ').slice(1);
  const serving = watched([...words, '--address', `127.0.0.1:${port}`], program);
  const url = `http://127.0.0.1:${port}`;
  await serving.until('seeded from a file');
  const { stdout } = await program.run(['list', '--url', url, '-o', 'name']);
  expect(stdout).toBe('com.example/one\n');
  const { stdout: kept } = await program.run(['history', '--url', url, '--snapshots', '-o', 'jsonpath={.snapshots[*].hash}']);
  expect(kept.split(' ')).toContain(hash);
  expect(await serving.interrupt()).toBe(0);

  // What is not unpacked is not there.
  for (const flag of ['--dry-run', '--wait', '--namespace=other']) {
    const refused = await program.run(['restore', archive, '--into', join(folder, 'other'), flag]);
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([2, '', expect.stringContaining('--into for a folder; leave out')]);
  }
  expect(await readdir(folder)).toEqual(['back', 'team.tar.gz']);

  const again = await program.run(['restore', archive, '--into', into]);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('is not empty; name an empty folder')]);
  const nowhere = await program.run(['restore', archive]);
  expect([nowhere.code, nowhere.stderr]).toEqual([
    2,
    expect.stringContaining('it is of a registry without a cluster; unpack it with --into'),
  ]);
}, 60_000);

test.each<[what: string, content: Uint8Array | undefined, said: string]>([
  ['no file', undefined, 'does not exist; correct the path'],
  ['no archive', Buffer.from('hello'), 'is not an export archive'],
  ['another archive', spawnSync('tar', ['-cz', '-C', tmpdir(), '--files-from', '/dev/null']).stdout, 'it has no export.json'],
])('%s cannot be restored', async (what, content, said) => {
  const file = join(folder, `${what.replace(' ', '-')}.tar.gz`);
  if (content !== undefined) await writeFile(file, content);
  const found = await program.run(['restore', file, '--into', join(folder, 'never')]);
  expect(found.stderr).toContain(said);
  expect([found.code, found.stdout]).toEqual([2, '']);
});

const ABOUT = { form: 1, exportedAt: '2026-01-01T00:00:00Z', version: '0.1.0', registry: { name: 'team', namespace: 'default' } };
const GOOD = { [EXPORTED.about]: JSON.stringify(ABOUT), [EXPORTED.catalog]: JSON.stringify(CATALOG) };
const REGISTRY = `apiVersion: toolhive.stacklok.dev/v1alpha1
kind: MCPRegistry
metadata: {name: team, namespace: default}
spec: {source: {type: configmap, configmap: {name: data}}}
`;
const other = (kind: string, name: string): string => `---\napiVersion: v1\nkind: ${kind}\nmetadata: {name: ${name}, namespace: default}\n`;
const BOMB = `a: &a [x, x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((name, index) => `${name}: &${name} [${`*${'abcdefgh'[index] ?? ''}, `.repeat(9)}]`).join('\n')}\n`;

test.each<[what: string, files: Readonly<Record<string, string>>, said: string]>([
  ['a catalog that is none', { [EXPORTED.catalog]: '{' }, 'the catalog.json of'],
  ['a catalog of which nothing can be used', { [EXPORTED.catalog]: '[{"name":"a"}]' }, 'no entry in the catalog.json of '],
  ['no catalog', { [EXPORTED.catalog]: '' }, 'the catalog is empty'],
  ['a history that is none', { [EXPORTED.history]: 'null,' }, 'the history.json of'],
  ['two registries', { [EXPORTED.manifest]: `${REGISTRY}---\n${REGISTRY.replace('team', 'two')}` }, 'has MCPRegistry two, which no export'],
  ['a Secret', { [EXPORTED.manifest]: `${REGISTRY}${other('Secret', 'data')}` }, 'has Secret data, which no export'],
  [
    'a ConfigMap that is not read',
    { [EXPORTED.manifest]: `${REGISTRY}${other('ConfigMap', 'kube-root-ca.crt')}` },
    'has ConfigMap kube-root-ca.crt',
  ],
  ['aliases of aliases', { [EXPORTED.manifest]: BOMB }, 'once aliases are written out'],
  ['no YAML', { [EXPORTED.manifest]: '{' }, 'its manifest.yaml is not valid YAML'],
  ['another form', { [EXPORTED.about]: JSON.stringify({ ...ABOUT, form: 2 }) }, 'has a format that this version does not know'],
  ['null', { [EXPORTED.about]: 'null' }, 'its export.json is damaged'],
])('an archive with %s is refused, and nothing is unpacked', async (_, changed, said) => {
  const files = new Map(Object.entries({ ...GOOD, ...changed }).map(([name, text]) => [name, Buffer.from(text)]));
  const file = join(folder, 'changed.tar.gz');
  await writeFile(file, await writeArchive(files, 0));
  const before = await readdir(folder);
  const found = await program.run(['restore', file, '--into', join(folder, 'never')]);
  expect(found.stderr).toContain(said);
  expect([found.code, found.stdout]).toEqual([2, '']);
  expect(await readdir(folder)).toEqual(before);
});

test('foreign files of an archive are left out, and an archive can come on standard input', async () => {
  const files = new Map(Object.entries({ ...GOOD, '../evil.sh': 'x', 'evil.sh': 'x' }).map(([name, text]) => [name, Buffer.from(text)]));
  const file = join(folder, 'foreign.tar.gz');
  await writeFile(file, await writeArchive(files, 0));
  const into = join(folder, 'foreign');
  const piped = spawnSync('sh', ['-c', `"$0" "$1" restore - --into "$2" -q <"$3"`, process.execPath, program.file, into, file]);
  expect([piped.status, piped.stderr.toString()]).toEqual([0, '']);
  expect((await readdir(into)).sort()).toEqual(['catalog.json', 'export.json', 'registry.yaml']);
  const nowhere = await program.run(['restore', file, '--into', join(folder, 'no', 'such')]);
  expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('there is no folder')]);
});

test.each<[what: string, files: ReadonlyMap<string, Uint8Array>, said: string]>([
  ['a file that is too large', new Map([[EXPORTED.about, new Uint8Array(2 * 1024 * 1024)]]), 'its export.json has 2097152 bytes'],
  ['too many files', new Map(Array.from({ length: 200 }, (_, index) => [`${index}`, new Uint8Array(1)])), 'more than 100 files'],
])('%s is not unpacked', async (_, files, said) => {
  await expect(readArchive('a', await writeArchive(files, 0), MAX_EXPORTED_BYTES)).rejects.toThrow(said);
});

test('an archive replaces an older one completely, and can go to standard output', async () => {
  await using server = await servingFiles({ team: CATALOG });
  const file = join(folder, 'nightly.tar.gz');
  await writeFile(file, 'the last one');
  // Half a file is what the limit leaves room for.
  const limited = ['-c', 'ulimit -f 1; exec "$0" "$1" export --url "$2" -f "$3"', process.execPath, program.file, server.url, file];
  await expect(execute('sh', limited)).rejects.toThrow('cannot be written');
  expect(await readFile(file, 'utf8')).toBe('the last one');
  const { stdout } = await execute(process.execPath, [program.file, 'export', '--url', server.url, '-f', '-'], { encoding: 'buffer' });
  expect([...(await readArchive('stdout', stdout, MAX_EXPORTED_BYTES)).keys()]).toContain(EXPORTED.catalog);
});
