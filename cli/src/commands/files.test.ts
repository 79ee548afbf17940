import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { load } from 'js-yaml';
import { builtProgram, expectFile, type Ended, type Program } from '../testing.ts';

const LEGACY = fileURLToPath(new URL('../../../catalog/testdata/toolhive-legacy-2025-10-22.json', import.meta.url));
const MIGRATION = fileURLToPath(new URL('../migrate/testdata/', import.meta.url));

const GOOD = {
  $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
  name: 'com.example/good',
  description: 'Is good',
  version: '1.0.0',
  packages: [{ registryType: 'oci', identifier: 'ghcr.io/example/good:1.0.0', transport: { type: 'stdio' } }],
};
/** What a change does that a reviewer has to see: another registry, a secret that is none any more, a host that is asked. */
const CHANGED = {
  ...GOOD,
  version: '1.1.0',
  packages: [
    {
      registryType: 'oci',
      identifier: 'evil.example/good:1.1.0',
      transport: { type: 'stdio' },
      environmentVariables: [{ name: 'TOKEN', description: 'Is asked\u001b[2J for', isRequired: true, isSecret: true }],
    },
  ],
};

let program: Program;
let folder: string;
let web: Server;
let origin: string;

async function put(name: string, content: unknown): Promise<void> {
  const file = join(folder, name);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content, null, 2));
}

beforeAll(async () => {
  [program, folder] = await Promise.all([builtProgram(), mkdtemp(join(tmpdir(), 'cli-files-'))]);
  await put('good.json', [GOOD]);
  await put('changed.json', [CHANGED, { ...GOOD, name: 'com.example/more' }]);
  await put('server.json', { ...GOOD, packages: [{ registryType: 'npm', transport: { type: 'stdio' } }] });
  await put('warning.json', [{ ...GOOD, packages: undefined, repository: {} }]);
  await put('catalog/team.yaml', 'servers:\n  one:\n    image: ghcr.io/example/one:1\n    description: One\n  two: {}\n');
  await put('catalog/deep/bad.json', '{\n  "servers": [\n    {"name" 1}\n  ]\n}');
  await put('catalog/package.json', { name: 'no-catalog', version: '1.0.0' });
  await put('empty/notes.txt', 'nothing');
  web = createServer((request, response) => {
    if (request.url === '/moved.json') response.writeHead(302, { location: '/good.json' }).end();
    else if (request.url === '/good.json') response.end(JSON.stringify([GOOD]));
    else response.writeHead(404).end('x'.repeat(300_000));
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(web.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  web?.close();
  await program?.[Symbol.asyncDispose]();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

function run(...args: string[]): Promise<Ended> {
  return program.run(args, { cwd: folder });
}

describe('validate', () => {
  test.each<[file: string, args: string[], code: number]>([
    ['validate-good.txt', ['good.json'], 0],
    ['validate-server.txt', ['server.json'], 1],
    ['validate-folder.txt', ['catalog'], 1],
    ['validate-folder.json', ['catalog', '-o', 'json'], 1],
    ['validate-folder.sarif', ['catalog', '-o', 'sarif'], 1],
    ['validate-folder.xml', ['catalog', '-o', 'junit', '--fail-on', 'warning'], 1],
  ])('%s', async (file, args, code) => {
    const found = await run('validate', ...args);
    expect([found.code, found.stderr]).toEqual([code, '']);
    expectFile(file, found.stdout);
  });

  test('reads addresses and standard input', async () => {
    const found = await run('validate', `${origin}/moved.json`, `${origin}/gone.json`);
    expect(found.code).toBe(1);
    expect(found.stdout).toContain('answers 404');
    expect(found.stdout).toContain('2 files checked');
    const input = await program.run(['validate', '-'], { cwd: folder, input: JSON.stringify([GOOD]) });
    expect([input.code, input.stderr]).toEqual([0, '']);
  });

  test.each<[what: string, args: string[], code: number, said: string]>([
    ['a warning is none where errors count', ['warning.json'], 0, ''],
    ['a warning counts where it is to', ['warning.json', '--fail-on', 'warning'], 1, ''],
    ['a file of another format', ['good.json', '--format', 'toolhive'], 1, ''],
    ['a folder without catalogs', ['empty'], 1, ''],
    ['a file that there is not', ['nowhere.json'], 1, ''],
    ['no file', [], 2, "error: missing required argument 'FILE|DIR|URL'"],
  ])('%s', async (_, args, code, said) => {
    const found = await run('validate', ...args);
    expect([found.code, found.stderr.includes(said)]).toEqual([code, true]);
  });
});

describe('convert', () => {
  test('keeps all of a real catalog on the way there and back', async () => {
    const there = await program.run(['convert', LEGACY, '--to', 'upstream', '--quiet'], { cwd: folder });
    expect([there.code, there.stderr]).toEqual([0, '']);
    await put('there.json', there.stdout);
    const same = await run('diff', LEGACY, 'there.json', '--exit-code');
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('0 added, 0 removed, 0 changed, 88 the same')]);
    expect((await run('convert', 'there.json', '--to', 'toolhive', '--output-file', 'back.json')).code).toBe(0);
    expect((await run('validate', 'back.json')).code).toBe(0);
    const docker = await run('convert', LEGACY, '--to', 'docker');
    expect(docker.code).toBe(0);
    expect(load(docker.stdout)).toHaveProperty('registry');
  });

  test('says what cannot be kept, and with --strict writes nothing', async () => {
    const found = await run('convert', 'catalog', '--to', 'upstream');
    expect(found.code).toBe(0);
    expect(found.stderr).toContain('not read: 3');
    const strict = await run('convert', 'catalog', '--to', 'upstream', '--strict', '--output-file', 'never.json');
    expect(strict.code).toBe(1);
    await expect(readFile(join(folder, 'never.json'))).rejects.toThrow('ENOENT');
  });

  test.each<[what: string, args: string[], said: string]>([
    ['no form', ['good.json'], '--to is missing; give the form'],
    ['another form', ['good.json', '--to', 'xml'], '--to is "xml"; use one of upstream, toolhive, official, docker'],
    ['no catalog', ['catalog/package.json', '--to', 'upstream'], 'catalog/package.json: unknown format'],
    ['an empty folder', ['empty', '--to', 'upstream'], 'empty'],
    [
      'a file that cannot be written',
      ['good.json', '--to', 'upstream', '--output-file', 'no/such/folder'],
      'no/such/folder cannot be written',
    ],
  ])('%s', async (_, args, said) => {
    const found = await run('convert', ...args);
    expect(found.stderr).toContain(said);
    expect([found.code, found.stdout]).toEqual([2, '']);
  });
});

describe('diff', () => {
  test.each<[file: string, args: string[], code: number]>([
    ['diff.txt', ['good.json', 'changed.json', '--exit-code'], 1],
    ['diff.md', ['good.json', 'changed.json', '-o', 'markdown'], 0],
    ['diff.json', ['good.json', 'changed.json', '-o', 'json'], 0],
    ['diff-versions.txt', ['good.json', 'changed.json', '--by', 'version'], 0],
    ['diff-none.txt', ['good.json', 'good.json', '--exit-code'], 0],
  ])('%s', async (file, args, code) => {
    const found = await run('diff', ...args);
    expect([found.code, found.stderr]).toEqual([code, '']);
    expectFile(file, found.stdout);
  });

  test('compares what a registry serves with files and addresses', async () => {
    await using server = await servingFiles({ team: [GOOD] });
    const same = await run('diff', server.url, 'good.json', '--exit-code');
    expect([same.code, same.stdout]).toEqual([0, expect.stringContaining('1 the same')]);
    const other = await run('diff', `${origin}/good.json`, 'changed.json', '--exit-code');
    expect([other.code, other.stdout]).toEqual([1, expect.stringContaining('1 added, 0 removed, 1 changed')]);
  });

  test.each<[what: string, args: string[], code: number, said: string]>([
    ['one side only', ['good.json'], 2, "error: missing required argument 'AFTER'"],
    ['a file that there is not', ['good.json', 'x.json'], 2, 'x.json does not exist; correct the path'],
    ['a file that is no catalog', ['good.json', 'catalog/package.json'], 2, 'catalog/package.json: unknown format'],
    ['an address that is none', ['good.json', 'http://127.0.0.1:1'], 1, 'nothing listens there'],
  ])('%s', async (_, args, code, said) => {
    const found = await run('diff', ...args);
    expect(found.stderr).toContain(said);
    expect([found.code, found.stdout]).toEqual([code, '']);
  });
});

describe('anything but a regular file is refused, even if something would write to it', () => {
  beforeAll(() => {
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
  });

  test.each([
    ['validate pipe.json', 1, 'stdout'],
    ['validate /dev/null', 1, 'stdout'],
    ['convert pipe.json --to upstream', 2, 'stderr'],
    ['diff good.json pipe.json', 2, 'stderr'],
    ['diff /dev/zero good.json', 2, 'stderr'],
    ['add team --from-file pipe.json', 2, 'stderr'],
  ] as const)('%s', async (line, code, where) => {
    const found = await run(...line.split(' '));
    expect(found[where]).toContain('is not a regular file');
    expect(found.code).toBe(code);
  });
});

test('what a shell substitutes for a command is read', async () => {
  const script = `'${process.execPath}' '${program.file}' validate <(cat good.json)`;
  expect(execFileSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' })).toContain(
    '1 file checked; 1 of 1 entry served; 0 errors',
  );
});

describe('migrate', () => {
  test('prints manifests of every version of ToolHive, with what is left to do', async () => {
    const found = await program.run(['migrate', '--filename', MIGRATION], { cwd: folder });
    expect(found.code).toBe(0);
    expect(found.stdout).toContain('kind: MCPRegistry');
    expect(found.stderr).toMatch(/manifests read, \d+ registries written; \d+ things to do by hand/);
    expect((await program.run(['migrate', '--filename', MIGRATION, '--strict', '--quiet'], { cwd: folder })).code).toBe(1);
  });

  test('counts a file that cannot be read, and fails', async () => {
    await put('broken.yaml', 'a: [\n');
    const found = await program.run(['migrate', '--filename', MIGRATION, '--filename', 'broken.yaml', '--quiet'], { cwd: folder });
    expect(found.code).toBe(1);
    expect(found.stdout).toContain('# todo broken.yaml: is not valid YAML');
  });

  test('reports an invalid namespace', async () => {
    const metadata = { name: 'team', namespace: 'Team_A' };
    const spec = { source: { type: 'configmap', configmap: { name: 'servers' } } };
    await put('namespace.json', { apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPRegistry', metadata, spec });
    const found = await program.run(['migrate', '--filename', 'namespace.json'], { cwd: folder });
    expect(found.stdout).toContain('# todo metadata.namespace "Team_A": is not a valid name of a namespace');
    expect(found.stdout).toContain('use lower-case letters, digits and dashes');
  });

  test.each<[what: string, args: string[], said: string]>([
    ['a file that there is not', ['-f', 'nowhere.yaml'], 'there is no file or folder nowhere.yaml; correct the path'],
    ['a file without such a manifest', ['-f', 'good.json'], 'the input contains no MCPRegistry of ToolHive'],
    ['files and a cluster', ['-f', 'good.json', '-A'], '--filename and --all-namespaces exclude each other'],
    [
      'an empty folder',
      ['-f', 'empty'],
      'folder empty has no manifests (.yaml, .yml or .json); name another folder, or look into its subfolders with --recursive',
    ],
  ])('%s', async (_, args, said) => {
    const found = await run('migrate', ...args);
    expect(found.stderr).toContain(said);
    expect([found.code, found.stdout]).toEqual([2, '']);
  });
});
