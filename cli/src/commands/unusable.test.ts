import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { builtProgram, type Ended, type Program } from '../testing.ts';

/** An entry that is left out, since a description is missing. */
function broken(name: string): object {
  return { name: `com.example/${name}`, version: '1.0.0', description: '' };
}
const GOOD = { name: 'com.example/good', version: '1.0.0', description: 'Is good' };

let program: Program;
beforeAll(async () => {
  program = await builtProgram();
  await put('five.json', ['a', 'b', 'c', 'd', 'e'].map(broken));
  await put('one.json', [broken('a\u001b[2J')]);
  await put('good.json', [GOOD, broken('a')]);
  await put('empty.json', { version: '1.0.0', data: { servers: [] } });
  await mkdir(join(program.folder, 'folder'));
  await put('folder/a.json', [broken('a')]);
  await put('folder/b.json', '{');
}, 60_000);
afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
});

async function put(name: string, content: unknown): Promise<void> {
  await writeFile(join(program.folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

/** Every command that makes something of one catalog; none of them gets as far as a cluster. */
const COMMANDS: readonly (readonly [command: string, args: (file: string) => readonly string[]])[] = [
  ['add', (file) => ['add', 'x', '--from-file', file, '-o', 'yaml']],
  ['set', (file) => ['set', 'x', '--from-file', file]],
  ['convert', (file) => ['convert', file, '--to', 'upstream', '--output-file', 'written.json']],
];

describe.each(COMMANDS)('%s', (_, args) => {
  const run = (file: string): Promise<Ended> => program.run(args(file));

  test('without a usable entry creates nothing, and gives three reasons', async () => {
    const found = await run('five.json');
    const reasons = ['a', 'b', 'c'].map((name) => `com.example/${name}: "description" is empty`).join('; ');
    expect([found.code, found.stdout, found.stderr]).toEqual([
      1,
      '',
      `error: five.json has 5 entries, and none of them can be used: ${reasons}; toolhive-registry validate five.json shows all\n`,
    ]);
    expect(await readdir(program.folder)).not.toContain('written.json');
  });

  test('of one entry that cannot be used makes nothing', async () => {
    const found = await run('one.json');
    expect([found.code, found.stdout]).toEqual([1, '']);
    expect(found.stderr).toMatch(
      /^error: one\.json has one entry, which cannot be used: .*; toolhive-registry validate one\.json shows all\n$/,
    );
    expect(found.stderr).not.toContain('\u001b');
  });
});

test('a folder in which nothing can be used is not converted', async () => {
  const found = await program.run(['convert', 'folder', '--to', 'docker']);
  expect([found.code, found.stdout]).toEqual([1, '']);
  expect(found.stderr).toMatch(/^error: folder has 2 entries, and none of them can be used: .*b\.json/);
});

test.each<[what: string, args: string[], code: number, stdout: string, said: string]>([
  ['an empty catalog is converted', ['convert', 'empty.json', '--to', 'toolhive'], 0, '"servers":{}', '0 servers'],
  ['one usable entry is enough', ['convert', 'good.json', '--to', 'toolhive'], 0, 'com.example/good', 'not read: 1'],
  [
    'one usable entry is enough to add',
    ['add', 'x', '--from-file', 'good.json', '-o', 'yaml'],
    0,
    'kind: ConfigMap',
    '1 server of 2 entries',
  ],
  ['an empty catalog is not added', ['add', 'x', '--from-file', 'empty.json', '-o', 'yaml'], 2, '', 'it has no servers'],
])('%s', async (_, args, code, stdout, said) => {
  const found = await program.run(args);
  expect([found.code, found.stdout.includes(stdout), found.stderr.includes(said)]).toEqual([code, true, true]);
});

test.each([
  ['validate', ['validate', '']],
  ['convert', ['convert', '', '--to', 'upstream']],
  ['diff', ['diff', '', 'good.json']],
  ['diff, the other side', ['diff', 'good.json', '']],
])('%s: an empty argument is not the folder', async (_, args) => {
  const found = await program.run(args);
  expect([found.code, found.stdout]).toEqual([2, '']);
  expect(found.stderr).toContain('empty');
});

test('a catalog that no ConfigMap holds is refused with both sizes', async () => {
  const servers = Array.from({ length: 100 }, (_, index) => ({
    ...GOOD,
    name: `com.example/s${index}`,
    _meta: { random: randomBytes(12_000).toString('base64') },
  }));
  await put('large.json', servers);
  const found = await program.run(['add', 'x', '--from-file', 'large.json', '-o', 'yaml', '--quiet']);
  expect([found.code, found.stdout]).toEqual([2, '']);
  const [, compressed] = /has \d+ bytes, (\d+) compressed; a ConfigMap holds 1048576; put it/.exec(found.stderr) ?? [];
  expect(Number(compressed)).toBeGreaterThan(1_048_576);
});
