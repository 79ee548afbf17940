import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { mkdir, rename } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder, type Folder } from '../testing.ts';

const entry = (name: string, fields: object = {}): object => ({ name, version: '1.0.0', description: `What ${name} does`, ...fields });
const GOOD = JSON.stringify([entry('a/good')]);
const SPEC = { source: { type: 'file', file: { path: 'catalog' } } };

/** Exchanges the file in one step: a half of it is another test. */
async function put(folder: Folder, name: string, content: string | Uint8Array): Promise<void> {
  await folder.write('next', content);
  await rename(join(folder.path, 'next'), join(folder.path, 'catalog', name));
}

const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const withRaw = (raw: string): string => `[${JSON.stringify(entry('a/good'))},${raw}]`;
const many = (count: number): string =>
  `[${Array.from({ length: count }, (_, index) => `{"name":"a/${index}","version":"1","description":"d"}`).join()}]`;

test.each<[what: string, content: () => string | Uint8Array, reason: string]>([
  ['more than 100 MiB', () => Buffer.alloc(101 * 1024 * 1024, ' '), 'SourceTooLarge'],
  ['gzip that unpacks to more than that', () => gzipSync(Buffer.alloc(200 * 1024 * 1024, ' ')), 'DataInvalid'],
  ['more than 200,000 entries', () => many(200_001), 'DataInvalid'],
  ['a list within 100,000 others', () => nested(100_000), 'DataInvalid'],
  ['JSON that is cut off', () => GOOD.slice(0, -5), 'DataInvalid'],
  [
    'a byte that is no UTF-8',
    () => Buffer.concat([Buffer.from(GOOD.slice(0, 20)), Buffer.from([0xff]), Buffer.from(GOOD.slice(20))]),
    'DataInvalid',
  ],
  [
    'a byte that is no UTF-8 in an entry to come late',
    () => Buffer.concat([Buffer.from(withRaw('{"x":"').slice(0, -1)), Buffer.from([0xc3, 0x28]), Buffer.from('"}]')]),
    'DataInvalid',
  ],
  ['NUL between entries', () => GOOD.replace('}]', '}\0]'), 'DataInvalid'],
  ['nothing but bad entries', () => JSON.stringify([{ name: 'x' }]), 'DataInvalid'],
  ['HTML', () => '<!doctype html><title>Sign in</title>', 'DataInvalid'],
])(
  '%s takes nothing down, and is said',
  async (_, content, reason) => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, 'catalog'));
    await put(folder, 'all.json', GOOD);
    await using server = await serverFor(folder, await folder.write('registry.yaml', manifest(SPEC)));
    await eventually(() => serverNames(server.url), has('a/good'));
    await put(folder, 'all.json', content());
    const { sources } = await eventually(
      () => statusOf(server.url),
      (status) => status.sources[0]?.state === 'failed',
      30_000,
    );
    expect(sources[0]?.reason).toBe(reason);
    expect(await serverNames(server.url)).toEqual(['a/good']);
    await put(folder, 'all.json', JSON.stringify([entry('a/good'), entry('a/healed')]));
    await eventually(() => serverNames(server.url), has('a/good', 'a/healed'));
  },
  60_000,
);

test.each<[what: string, name: string, content: () => string, warning: string]>([
  [
    'an entry nested 50,000 levels deep',
    'x.json',
    () => withRaw(`{"name":"a/deep","version":"1","description":"d","x":${nested(50_000)}}`),
    'nested more than 200 levels deep',
  ],
  [
    'a version with a byte that is no character',
    'x.json',
    () => withRaw(JSON.stringify(entry('a/bad', { version: '1.0.1º' }))),
    'a version has at most',
  ],
  ['a name with NUL', 'x.json', () => withRaw(JSON.stringify(entry('a/b\0c'))), 'a name has at most'],
  [
    'YAML that stands for billions of values',
    'x.yaml',
    () =>
      `a: &a [1,1,1,1,1,1,1,1,1,1]\n${'bcdefghi'
        .split('')
        .map((key, index) => `${key}: &${key} [${Array.from({ length: 10 }, () => `*${'abcdefgh'[index]}`).join()}]`)
        .join('\n')}\n`,
    'x.yaml',
  ],
])('%s affects only itself, and is reported', async (_, name, content, warning) => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'catalog'));
  await put(folder, 'all.json', GOOD);
  await put(folder, name, content());
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest(SPEC)));
  await eventually(() => serverNames(server.url), has('a/good'));
  expect((await statusOf(server.url)).sources[0]?.warnings).toEqual(expect.arrayContaining([expect.stringContaining(warning)]));
});

test.each<[what: string, content: () => string | Uint8Array]>([
  ['a byte order mark', () => `\ufeff${GOOD}`],
  ['a key twice', () => withRaw('{"name":"a/x","name":"a/twice","version":"1","description":"d"}')],
  ['the list twice, of which the last counts', () => `{"servers":[{"name":"a/first","version":"1","description":"d"}],"servers":${GOOD}}`],
  [
    'keys of prototypes',
    () => withRaw('{"name":"a/proto","version":"1","description":"d","__proto__":{"name":"x"},"constructor":1,"hasOwnProperty":2}'),
  ],
  ['a description of a megabyte', () => withRaw(JSON.stringify(entry('a/long', { description: 'x'.repeat(1_000_000) })))],
])('%s is served', async (_, content) => {
  await using folder = await temporaryFolder();
  await mkdir(join(folder.path, 'catalog'));
  await put(folder, 'all.json', content());
  await using server = await serverFor(folder, await folder.write('registry.yaml', manifest(SPEC)));
  const names = await eventually(
    () => serverNames(server.url),
    (found) => found.includes('a/good'),
  );
  expect(names.filter((name) => name !== 'a/good')).toHaveLength(names.length - 1);
  expect(await (await fetch(`${server.url}/v0.1/servers?search=proto`)).text()).toMatch(
    names.includes('a/proto') ? /"__proto__":\{"name":"x"\}/ : /"servers":\[\]/,
  );
});
