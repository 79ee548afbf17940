import { describe, expect, test } from '@jest/globals';
import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { FILES_KEY, type CatalogFile } from '@toolhive-registry/catalog';
import { gitBackend, type Backend } from '../../git/testing/backend.ts';
import { testRepository, type Content, type TestRepository } from '../../git/testing/repository.ts';
import { temporaryFolder, type Folder } from '../../testing.ts';
import type { SourceAnswer, SourceOf, Surroundings } from '../contract.ts';
import { gitType } from './git.ts';

type Git = SourceOf<'git'>['git'];

/** A source of a repository over HTTP, asked as the sync asks. */
interface Asked extends AsyncDisposable {
  readonly repository: TestRepository;
  readonly backend: Backend;
  ask(git?: Partial<Git>, known?: string): Promise<{ answer: SourceAnswer; content: string }>;
}

async function asked(files: Readonly<Record<string, Content>>): Promise<Asked> {
  const folder: Folder = await temporaryFolder();
  const repository = testRepository(folder.path);
  repository.commit(files);
  const backend = await gitBackend({ root: folder.path });
  const surroundings: Surroundings = {
    directory: folder.path,
    sourcesPath: folder.path,
    configMap: () => undefined,
    unread: () => [],
    secrets: () => ({ credentials: () => Promise.resolve(undefined), certificates: () => Promise.resolve(undefined), mounts: [] }),
    addresses: { privateNetworks: true, loopback: true },
    proxies: { direct: [] },
    temporaryPath: folder.path,
    env: { PATH: process.env['PATH'] },
  };
  return {
    repository,
    backend,
    ask: async (git = {}, known) => {
      const place: Git = { repository: `${backend.url}/catalog.git`, path: '', ...git };
      const source: SourceOf<'git'> = { name: 'team', type: 'git', format: 'auto', timeoutMs: 10_000, git: place };
      const pieces: Uint8Array[] = [];
      const answer = await gitType.create(source, surroundings).fetch({
        ...(known === undefined ? {} : { known }),
        save: async (content) => {
          for await (const piece of content) pieces.push(piece);
          return { receivedHash: '' };
        },
        signal: AbortSignal.timeout(50_000),
      });
      return { answer, content: Buffer.concat(pieces).toString('latin1') };
    },
    [Symbol.asyncDispose]: async () => {
      await backend.stop();
      const left = (await readdir(folder.path)).filter((name) => name !== 'catalog.git');
      await folder[Symbol.asyncDispose]();
      expect(left).toEqual([]);
    },
  };
}

function filesOf(content: string): CatalogFile[] {
  return (JSON.parse(content) as { [FILES_KEY]: CatalogFile[] })[FILES_KEY];
}

function validatorOf(answer: SourceAnswer): string {
  return (answer.unchanged ? undefined : answer.validator) ?? '';
}

const LFS = `version https://git-lfs.github.com/spec/v1\noid sha256:${'4'.repeat(64)}\nsize 12345\n`;
const SUBMODULE = { submodule: 'a'.repeat(40) };

describe('a branch', () => {
  test('that has not moved costs one listing and no fetch', async () => {
    await using at = await asked({ 'x.json': '{}' });
    const { answer } = await at.ask({ path: 'x.json' });
    const before = at.backend.requests.length;
    const revision = at.repository.git('rev-parse', 'HEAD');
    expect((await at.ask({ path: 'x.json' }, validatorOf(answer))).answer).toEqual({ unchanged: true, revision });
    expect(at.backend.requests.slice(before).map(({ method }) => method)).toEqual(['GET', 'POST']);
  });

  test('that has moved is read', async () => {
    await using at = await asked({ 'x.json': '{}' });
    const { answer } = await at.ask({ path: 'x.json' });
    const commit = at.repository.commit({ 'x.json': '[]' });
    const second = await at.ask({ path: '/x.json' }, validatorOf(answer));
    expect(second).toEqual({ answer: { unchanged: false, validator: `${commit} x.json`, revision: commit }, content: '[]' });
  });

  test('of which another path is asked for is read', async () => {
    await using at = await asked({ 'x.json': '{}', 'y.json': '[]' });
    const { answer } = await at.ask({ path: 'x.json' });
    expect((await at.ask({ path: 'y.json' }, validatorOf(answer))).content).toBe('[]');
  });
});

test.each([40, 10])('a commit by %d digits of its hash is asked for once only', async (digits) => {
  await using at = await asked({ 'x.json': '{}' });
  const revision = at.repository.git('rev-parse', 'HEAD');
  const name = revision.slice(0, digits);
  const git = { path: 'x.json', ref: { kind: 'commit', name: name.toUpperCase() } } as const;
  const { answer, content } = await at.ask(git);
  expect(content).toBe('{}');
  const before = at.backend.requests.length;
  expect((await at.ask(git, validatorOf(answer))).answer).toEqual({ unchanged: true, revision });
  expect(at.backend.requests).toHaveLength(before);
});

describe('a file', () => {
  test('of JSON passes as it is, packed or not', async () => {
    const packed = gzipSync('{"servers":{}}');
    await using at = await asked({ 'x.json.gz': packed, 'deep/er/x.json': '{"servers":{}}', 'large.json': `"${'x'.repeat(3_000_000)}"` });
    expect((await at.ask({ path: 'x.json.gz' })).content).toBe(packed.toString('latin1'));
    expect((await at.ask({ path: './deep//er/x.json' })).content).toBe('{"servers":{}}');
    expect((await at.ask({ path: 'large.json' })).content).toHaveLength(3_000_002);
  });

  test('of YAML passes as a text for the reader of catalogs', async () => {
    await using at = await asked({ 'x.yaml': 'servers: {}\n' });
    expect(filesOf((await at.ask({ path: 'x.yaml' })).content)).toEqual([{ path: 'x.yaml', text: 'servers: {}\n' }]);
  });

  test.each<[string, path: string, reason: string, message: string]>([
    ['not there', 'none.json', 'SourceNotFound', 'there is no such file or folder at commit'],
    ['a symbolic link out of the tree', 'link.json', 'SourceUnreadable', '"link.json" is a symbolic link, which is not followed'],
    ['behind a symbolic link', 'elsewhere/a/x.json', 'SourceUnreadable', '"elsewhere" is a symbolic link'],
    ['a submodule', 'sub', 'SourceUnreadable', '"sub" is a submodule'],
    ['inside a submodule', 'sub/x.json', 'SourceUnreadable', '"sub" is a submodule'],
    ['a pointer of Git LFS', 'lfs.json', 'SourceUnreadable', 'is a Git LFS pointer, which is not followed; commit the file itself'],
    ['a folder without catalogs', 'empty', 'SourceNotFound', 'the folder has no .json, .yaml or .yml file'],
    ['a pattern', '*.json', 'SourceNotFound', 'there is no such file'],
    ['magic of a path', ':(top)lfs.json', 'SourceNotFound', 'there is no such file'],
  ])('that is %s is refused by name', async (_, path, reason, message) => {
    await using at = await asked({
      'link.json': { link: '/etc/passwd' },
      elsewhere: { link: '..' },
      sub: SUBMODULE,
      'lfs.json': LFS,
      'empty/readme.md': 'x',
    });
    await expect(at.ask({ path })).rejects.toMatchObject({ reason, message: expect.stringContaining(message) });
  });
});

describe('what unpacks to too much', () => {
  const spaces = (mebibytes: number): Buffer => Buffer.alloc(mebibytes * 1024 * 1024, ' ');

  // A busy machine takes a while to pack so much.
  test.each<[string, path: string, files: Record<string, Buffer>]>([
    ['a file', 'x.json', { 'x.json': spaces(101) }],
    ['files together', '', { 'a.json': spaces(51), 'b.json': spaces(51) }],
  ])(
    'as %s is refused with the limit',
    async (_, path, files) => {
      await using at = await asked(files);
      await expect(at.ask({ path })).rejects.toMatchObject({
        reason: 'SourceTooLarge',
        message: expect.stringContaining('has more than 104857600 bytes; split the catalog into several sources'),
      });
    },
    60_000,
  );
});

describe('a folder', () => {
  test('gives every catalog file in it, sorted, and names those that cannot be read', async () => {
    await using at = await asked({
      'all/b/server.json': '{"b":1}',
      'all/a.yaml': 'a: 1',
      'all/c.YML': 'c: 1',
      'all/ünï "x".json': '"same"',
      'all/z.json': '"same"',
      'all/readme.md': 'x',
      'all/.github/workflow.yaml': 'x: 1',
      'all/link.json': { link: '../secret.json' },
      'all/sub.json': SUBMODULE,
      'all/module': SUBMODULE,
      'all/linked': { link: 'b' },
      'all/LICENSE': { link: '../LICENSE' },
      LICENSE: 'x',
      'all/packed.json': gzipSync('"gzip"'),
      'all/lfs.json': LFS,
      'all/latin.json': Buffer.from([0x22, 0xff, 0x22]),
      'other.json': '{}',
    });
    expect(
      filesOf((await at.ask({ path: 'all/' })).content).map((file) => [
        file.path,
        'text' in file ? Buffer.from(file.text, 'latin1').toString() : file.problem,
      ]),
    ).toEqual([
      ['a.yaml', 'a: 1'],
      ['b/server.json', '{"b":1}'],
      ['c.YML', 'c: 1'],
      ['latin.json', 'is not valid UTF-8; save it as UTF-8'],
      ['lfs.json', 'is a Git LFS pointer, which is not followed; commit the file itself'],
      ['link.json', 'is a symbolic link, which is not followed'],
      ['linked', 'is a symbolic link, which is not followed'],
      ['module', 'is a submodule, which is not followed'],
      ['packed.json', '"gzip"'],
      ['sub.json', 'is a submodule, which is not followed'],
      ['z.json', '"same"'],
      [Buffer.from('ünï "x".json').toString('latin1'), '"same"'],
    ]);
  });

  test('may be the whole repository', async () => {
    await using at = await asked({ 'b/x.json': '1', 'a.json': '2' });
    expect(filesOf((await at.ask({ path: '' })).content).map(({ path }) => path)).toEqual(['a.json', 'b/x.json']);
  });

  test('of 2,000 files is read, and of 3,000 is refused with the limit', async () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`f/${index}.json`, `{"n":${index}}`]));
    await using at = await asked(many(2000));
    expect(filesOf((await at.ask({ path: 'f' })).content)).toHaveLength(2000);
    at.repository.commit(many(3000));
    await expect(at.ask({ path: 'f' })).rejects.toMatchObject({
      reason: 'SourceTooLarge',
      message: expect.stringContaining('the folder has 3000 files; the limit is 2000'),
    });
  });
});
