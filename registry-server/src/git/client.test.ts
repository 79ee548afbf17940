import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import type { Credentials } from '../sources/secrets.ts';
import type { GitRef } from './refs.ts';
import { gitBackend, type BackendOptions } from './testing/backend.ts';
import { gitLab } from './testing/client.ts';
import { testRepository, type TestRepository } from './testing/repository.ts';
import { temporaryFolder, type Folder } from '../testing.ts';

describe('a ref', () => {
  test('of every kind is resolved without data, and read', async () => {
    await using lab = await gitLab();
    const repository = testRepository(lab.folder.path);
    const first = repository.commit({ 'a/x.json': 'one' });
    repository.git('tag', 'light', first);
    repository.git('-c', 'user.name=T', '-c', 'user.email=t@e', 'tag', '-a', '-m', 'x', 'annotated', first);
    const second = repository.commit({ 'a/x.json': 'two' });
    const other = repository.commit({ 'a/x.json': 'three' }, 'feature/ünïcode');
    await using backend = await gitBackend({ root: lab.folder.path });
    const cases: [ref: GitRef | undefined, commit: string, content: string][] = [
      [undefined, second, 'two'],
      [{ kind: 'branch', name: 'main' }, second, 'two'],
      [{ kind: 'branch', name: 'feature/ünïcode' }, other, 'three'],
      [{ kind: 'tag', name: 'light' }, first, 'one'],
      [{ kind: 'tag', name: 'annotated' }, first, 'one'],
      [{ kind: 'commit', name: first }, first, 'one'],
      [{ kind: 'commit', name: first.slice(0, 10).toUpperCase() }, first, 'one'],
    ];
    for (const [ref, commit, content] of cases) {
      const read = await lab.read(`${backend.url}/catalog.git`, ref, 'a');
      expect(read).toMatchObject({ commit, files: { 'x.json': content } });
      if (read.resolved !== undefined) expect(read.resolved).toBe(commit);
    }
  });

  test.each<[string, GitRef | undefined, reason: string, message: string]>([
    ['a branch that is not there', { kind: 'branch', name: 'none' }, 'SourceNotFound', 'has no branch "none"; correct git.branch'],
    ['a tag that is not there', { kind: 'tag', name: 'main' }, 'SourceNotFound', 'has no tag "main"; correct git.tag'],
    ['a commit that is not there', { kind: 'commit', name: 'a'.repeat(40) }, 'SourceNotFound', 'has no such commit; correct git.commit'],
    ['a short commit that is not there', { kind: 'commit', name: 'abcdef0' }, 'SourceNotFound', 'has no such commit'],
    ['an option', { kind: 'branch', name: '--upload-pack=touch x' }, 'SourceNotFound', 'is not a name that Git allows; correct git.branch'],
    ['a space', { kind: 'branch', name: 'a b' }, 'SourceNotFound', 'is not a name that Git allows'],
    ['two names', { kind: 'branch', name: 'refs/heads/x:y' }, 'SourceNotFound', 'is not a name that Git allows'],
    ['a pattern', { kind: 'tag', name: 'ma*' }, 'SourceNotFound', 'is not a name that Git allows; correct git.tag'],
    ['a revision', { kind: 'branch', name: 'main@{1}' }, 'SourceNotFound', 'is not a name that Git allows'],
  ])('%s is named in the error', async (_, ref, reason, message) => {
    await using lab = await gitLab();
    testRepository(lab.folder.path).commit({ x: 'one' });
    await expect(lab.read(`file://${lab.folder.path}/catalog.git`, ref)).rejects.toMatchObject({
      reason,
      message: expect.stringContaining(message),
    });
  });

  test('of a repository without a commit is reported', async () => {
    await using lab = await gitLab();
    testRepository(lab.folder.path);
    await expect(lab.read(`file://${lab.folder.path}/catalog.git`)).rejects.toMatchObject({
      reason: 'SourceNotFound',
      message: expect.stringContaining('has no commit on its default branch'),
    });
  });
});

test.each(['true', 'false'])(
  'a commit behind a branch is read from a host of the old protocol (gives out reachable commits: %s)',
  async (gives) => {
    await using lab = await gitLab();
    const repository = testRepository(lab.folder.path);
    const first = repository.commit({ x: 'one' });
    repository.commit({ x: 'two' });
    repository.git('config', 'uploadpack.allowReachableSHA1InWant', gives);
    await using backend = await gitBackend({
      root: lab.folder.path,
      instead: ({ headers }) => {
        delete headers['git-protocol'];
        return false;
      },
    });
    const { files } = await lab.read(`${backend.url}/catalog.git`, { kind: 'commit', name: first });
    expect(files).toEqual({ x: 'one' });
  },
);

describe('a large file elsewhere in the repository', () => {
  const MIB = 1024 * 1024;
  let folder: Folder;
  let repository: TestRepository;

  beforeAll(async () => {
    folder = await temporaryFolder();
    repository = testRepository(folder.path);
    // Random bytes only cost time.
    repository.git('config', 'core.compression', '0');
    repository.commit({ 'catalog/x.json': 'one', 'large.bin': randomBytes(200 * MIB) });
  }, 60_000);
  afterAll(async () => {
    await folder[Symbol.asyncDispose]();
  });

  test('is not fetched from a host that offers partial clones', async () => {
    await using lab = await gitLab({ maxFetchBytes: MIB });
    repository.git('config', 'uploadpack.allowFilter', 'true');
    await using backend = await gitBackend({ root: folder.path });
    expect((await lab.read(`${backend.url}/catalog.git`, undefined, 'catalog')).files).toEqual({ 'x.json': 'one' });
  });

  test('ends the fetch at the limit where the host does not', async () => {
    await using lab = await gitLab({ maxFetchBytes: 8 * MIB });
    repository.git('config', 'uploadpack.allowFilter', 'false');
    await using backend = await gitBackend({ root: folder.path });
    await expect(lab.read(`${backend.url}/catalog.git`, undefined, 'catalog')).rejects.toMatchObject({
      reason: 'SourceTooLarge',
      message: expect.stringMatching(/more than 8 MiB would have to be fetched; .*uploadpack\.allowFilter/),
    });
  });
});

test('a host without partial clones is read as well', async () => {
  await using lab = await gitLab();
  const repository = testRepository(lab.folder.path);
  repository.commit({ 'catalog/x.json': 'one', 'y.bin': randomBytes(2_000_000) });
  repository.git('config', 'uploadpack.allowFilter', 'false');
  await using backend = await gitBackend({ root: lab.folder.path });
  expect((await lab.read(`${backend.url}/catalog.git`, undefined, 'catalog')).files).toEqual({ 'x.json': 'one' });
});

describe('a private repository over HTTP', () => {
  const basic: Credentials = { kind: 'basic', username: 'reader', password: 'pass"wörd\\1' };
  const bearer: Credentials = { kind: 'bearer', token: 'token-0123456789' };
  const expected: Record<string, string> = {
    basic: `Basic ${Buffer.from('reader:pass"wörd\\1').toString('base64')}`,
    bearer: 'Bearer token-0123456789',
  };

  async function served(options: Partial<BackendOptions>) {
    const lab = await gitLab();
    testRepository(lab.folder.path).commit({ x: 'one' });
    const backend = await gitBackend({ root: lab.folder.path, ...options });
    return {
      lab,
      repository: `${backend.url}/catalog.git`,
      [Symbol.asyncDispose]: async () => {
        await backend.stop();
        await lab[Symbol.asyncDispose]();
      },
    };
  }

  test.each([basic, bearer])('is read with credentials of the kind $kind', async (credentials) => {
    await using at = await served({ authorization: expected[credentials.kind] ?? '' });
    expect((await at.lab.read({ repository: at.repository, credentials })).files).toEqual({ x: 'one' });
  });

  test.each<[string, Credentials | undefined]>([
    ['without credentials', undefined],
    ['with wrong ones', { kind: 'bearer', token: 'wrong-one' }],
  ])('is refused %s', async (_, credentials) => {
    await using at = await served({ authorization: 'Bearer right' });
    await expect(at.lab.read({ repository: at.repository, credentials })).rejects.toMatchObject({ reason: 'AuthenticationFailed' });
  });

  test('is read over TLS with the authority of the source, and not without', async () => {
    const tls = selfSigned();
    await using at = await served({ tls, authorization: expected['bearer'] ?? '' });
    const remote = { repository: at.repository, credentials: bearer };
    expect((await at.lab.read({ ...remote, certificates: tls.cert })).files).toEqual({ x: 'one' });
    await expect(at.lab.read(remote)).rejects.toMatchObject({
      reason: 'SourceUnreachable',
      message: expect.stringContaining('name the authority in tls.caSecretRef'),
    });
    await expect(at.lab.read({ ...remote, certificates: selfSigned().cert })).rejects.toMatchObject({ reason: 'SourceUnreachable' });
  });

  test.each<[string, Credentials, string]>([
    ['a token with a line break', { kind: 'bearer', token: 'a\r\nX-Evil: 1' }, '"token" of the Secret has line breaks'],
    ['a user name with a colon', { kind: 'basic', username: 'a:b', password: 'c' }, 'has a colon'],
    ['a key for ssh', { kind: 'ssh', privateKey: 'x' }, 'the Secret has an ssh-privatekey but the repository is at http://'],
  ])('is not asked with %s', async (_, credentials, message) => {
    await using at = await served({});
    await expect(at.lab.read({ repository: at.repository, credentials })).rejects.toMatchObject({
      reason: 'SecretNotFound',
      message: expect.stringContaining(message),
    });
  });
});
