import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { InputError } from './file-errors.ts';
import { readInputs, type Input, type InputContext } from './inputs.ts';

let cwd: string;

beforeEach(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'inputs-'));
});

afterEach(async () => {
  await rm(cwd, { recursive: true });
});

async function write(path: string, content: string | Uint8Array = path): Promise<void> {
  await mkdir(dirname(join(cwd, path)), { recursive: true });
  await writeFile(join(cwd, path), content);
}

/** What arguments give: `name = bytes`, with a mark for what was found in a folder, or `name: why not`. */
async function read(args: readonly string[], context: Partial<InputContext> = {}): Promise<string[]> {
  const inputs: Input[] = [];
  for await (const input of readInputs(args, { cwd, stdin: nothing(), ...context })) inputs.push(input);
  return inputs.map((input) => {
    if ('problem' in input) return `${input.name}: ${input.problem}`;
    if ('skipped' in input) return `${input.name}: skipped: ${input.skipped}`;
    return `${input.inFolder === true ? '+ ' : ''}${input.name} = ${Buffer.from(input.bytes).toString()}`;
  });
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield Buffer.from(text);
}

test('a file is read whatever its name', async () => {
  await write('catalog.txt', 'x');
  expect(await read(['./catalog.txt', join(cwd, 'catalog.txt')])).toEqual(['catalog.txt = x']);
});

test('an empty path is not the folder', async () => {
  await write('catalog.json');
  await expect(read([''])).rejects.toThrow(new InputError('the path is empty; name a file, a folder or "-"'));
  await expect(read(['catalog.json', ''])).rejects.toThrow(InputError);
});

test('standard input', async () => {
  expect(await read(['-'], { stdin: pieces('a', 'b') })).toEqual(['stdin = ab']);
});

test('a folder is read with all below it, but for what belongs to tools, always in the same order', async () => {
  const wanted = ['b.json', 'a/z.yaml', 'a/b/c.YML', 'a.json'];
  for (const path of [...wanted, 'README.md', '.hidden.json', '.github/x.yaml', 'node_modules/p/package.json', 'a/node_modules/p.json'])
    await write(path);
  expect(await read(['.'])).toEqual(['+ a.json = a.json', '+ a/b/c.YML = a/b/c.YML', '+ a/z.yaml = a/z.yaml', '+ b.json = b.json']);
});

test('a file that is named and found as well is read once, as one that is named', async () => {
  for (const path of ['d/a.json', 'd/b.json']) await write(path);
  expect(await read(['d', 'd/a.json'])).toEqual(['d/a.json = d/a.json', '+ d/b.json = d/b.json']);
});

test('a file outside of the folder of the command has its whole path', async () => {
  await write('x.json');
  await mkdir(join(cwd, 'below'));
  expect(await read([join(cwd, 'x.json')], { cwd: join(cwd, 'below') })).toEqual([`${join(cwd, 'x.json')} = x.json`]);
});

test('links: inside the folder they are followed to files, and nowhere else', async () => {
  await write('outside.json', 'secret');
  await write('d/sub/a.json', 'a');
  await symlink(join(cwd, 'outside.json'), join(cwd, 'd/out.json'));
  await symlink('sub/a.json', join(cwd, 'd/link.json'));
  await symlink('nothing.json', join(cwd, 'd/nowhere.json'));
  await symlink('loop.json', join(cwd, 'd/loop.json'));
  await symlink('..', join(cwd, 'd/sub/up'));
  await symlink('sub', join(cwd, 'd/folder.json'));
  expect(await read(['d'])).toEqual([
    'd/folder.json: skipped: is a link to a folder, which is not followed',
    '+ d/link.json = a',
    'd/loop.json: is a broken link; correct or remove it',
    'd/nowhere.json: is a broken link; correct or remove it',
    'd/out.json: is a link that leads out of the folder, which is not followed',
    '+ d/sub/a.json = a',
  ]);
});

test('gzip is unpacked', async () => {
  await write('a.json', gzipSync('packed'));
  await write('b.json', gzipSync('x'.repeat(100)));
  await write('c.json', Buffer.concat([gzipSync('packed').subarray(0, 12)]));
  expect(await read(['a.json', 'b.json', 'c.json'], { maxBytes: 50 })).toEqual([
    'a.json = packed',
    'b.json: is gzip that unpacks to more than 50 bytes; split it',
    'c.json: is damaged gzip; compress the file again',
  ]);
});

test.each<[what: string, args: string[], expected: string]>([
  ['a file that is not there', ['no.json'], 'no.json: does not exist; correct the path'],
  ['a folder without files', ['.'], '.: is a folder without any .json, .yaml or .yml file; correct the path'],
])('%s is a problem', async (_, args, expected) => {
  expect(await read(args)).toEqual([expected]);
});

test('a file or standard input over the limit is a problem of its own', async () => {
  await write('big.json', '12345');
  await write('small.json', '1234');
  expect(await read(['big.json', 'small.json', '-'], { maxBytes: 4, stdin: pieces('123', '45') })).toEqual([
    'big.json: has more than 4 bytes, the limit of a catalog; split it',
    'small.json = 1234',
    'stdin: has more than 4 bytes, the limit of a catalog; split it',
  ]);
});

test('more files than are checked at once are refused before any is read', async () => {
  for (const path of ['a.json', 'b.json', 'c.json']) await write(path);
  await expect(read(['.'], { maxFiles: 2 })).rejects.toThrow(
    new InputError('there are more than 2 files to check; name fewer folders at a time'),
  );
  expect(await read(['.'], { maxFiles: 3 })).toHaveLength(3);
});
