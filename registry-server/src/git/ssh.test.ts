import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder, type Folder } from '../testing.ts';
import { gitLab } from './testing/client.ts';
import { testRepository } from './testing/repository.ts';
import { hasSshServer, sshServer, type SshServer } from './testing/ssh-server.ts';
import { childrenIn, filesIn } from './testing/traces.ts';

// Each read is several programs and handshakes.
jest.setTimeout(60_000);

test('a repository over ssh without a Secret says what to add', async () => {
  await using lab = await gitLab();
  await expect(lab.read('git@example.com:a/b.git')).rejects.toMatchObject({
    reason: 'SecretNotFound',
    message: expect.stringContaining('ssh-privatekey and known_hosts'),
  });
});

test.each([
  ['ssh://git@example.com/a.git', 'ssh-keyscan example.com'],
  ['ssh://git@example.com:2222/a.git', 'ssh-keyscan -p 2222 example.com'],
])('%s without known_hosts is refused with the way to get them', async (repository, command) => {
  await using lab = await gitLab();
  const credentials = { kind: 'ssh', privateKey: 'x' } as const;
  await expect(lab.read({ repository, credentials })).rejects.toMatchObject({
    reason: 'SecretNotFound',
    message: expect.stringContaining(command),
  });
});

// Left out where there is no sshd; in CI that is an error.
(hasSshServer() ? describe : describe.skip)('a repository over ssh', () => {
  let folder: Folder;
  let server: SshServer;
  let repository: string;

  beforeAll(async () => {
    folder = await temporaryFolder();
    testRepository(folder.path).commit({ 'a/x.json': 'one', 'y.bin': 'y' });
    server = await sshServer(folder.path);
    repository = `${server.url}${folder.path}/catalog.git`;
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  const withKey = (changes: { privateKey?: string; knownHosts?: string; repository?: string } = {}) => ({
    repository: changes.repository ?? repository,
    credentials: {
      kind: 'ssh',
      privateKey: changes.privateKey ?? server.privateKey,
      knownHosts: changes.knownHosts ?? server.knownHosts,
    } as const,
  });

  test('is read with the key, which is in no argument, no variable and no file that is left', async () => {
    await using lab = await gitLab();
    const secret = server.privateKey.split('\n')[2] ?? '';
    const seen: string[] = [];
    let isHeld = false;
    const looking = setInterval(() => {
      void childrenIn(lab.temporaryPath).then((children) => seen.push(...children.map(({ cmdline, environ }) => cmdline + environ)));
      void filesIn(lab.temporaryPath).then(
        (files) => (isHeld ||= [...files.values()].some((content) => content.includes(secret))),
        () => undefined,
      );
    }, 5);
    const isSeen = (): boolean => isHeld && seen.some((text) => text.includes('ssh'));
    try {
      // On a busy machine a whole read may pass between two looks.
      for (let round = 0; round < 10 && (round === 0 || !isSeen()); round += 1) {
        const { files } = await lab.read(withKey(), undefined, 'a');
        expect(files).toEqual({ 'x.json': 'one' });
      }
    } finally {
      clearInterval(looking);
    }
    expect(isSeen()).toBe(true);
    expect(seen.filter((text) => text.includes(secret))).toEqual([]);
    await lab.expectNothingLeft();
  });

  test('is read with a key that lost its line end or has those of Windows', async () => {
    await using lab = await gitLab();
    const privateKey = server.privateKey.trimEnd().replaceAll('\n', '\r\n');
    expect((await lab.read(withKey({ privateKey }))).files).toMatchObject({ 'a/x.json': 'one' });
  });

  test('is read at the address that was checked, and its key is looked for by name', async () => {
    await using lab = await gitLab({ resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]) });
    const named = (text: string): string => text.replace('127.0.0.1', 'pinned.invalid');
    const { files } = await lab.read(withKey({ repository: named(repository), knownHosts: named(server.knownHosts) }));
    expect(files).toMatchObject({ 'a/x.json': 'one' });
  });

  test.each<[string, () => Parameters<typeof withKey>[0], reason: string, message: string]>([
    ['another key', () => ({ privateKey: newKey() }), 'AuthenticationFailed', 'the key is refused'],
    ['a key that is none', () => ({ privateKey: 'hunter2' }), 'AuthenticationFailed', 'ssh-privatekey'],
    ['a key with a passphrase', () => ({ privateKey: newKey('secret') }), 'AuthenticationFailed', 'key'],
    [
      'known hosts without the host',
      () => ({ knownHosts: 'example.com ssh-ed25519 AAAA\n' }),
      'SourceUnreachable',
      'its host key is not the one',
    ],
    [
      "another host's key",
      () => ({ knownHosts: server.knownHosts.replace(/ssh-ed25519 .*/, publicKey()) }),
      'SourceUnreachable',
      'its host key is not the one',
    ],
    ['a repository that is not there', () => ({ repository: `${server.url}/none.git` }), 'SourceNotFound', 'does not exist'],
  ])('is refused with %s', async (_, changes, reason, message) => {
    await using lab = await gitLab();
    await expect(lab.read(withKey(changes()))).rejects.toMatchObject({ reason, message: expect.stringContaining(message) });
  });

  /** A new key's file, of which the number tells it from others. */
  let keys = 0;
  function keyFile(passphrase: string): string {
    keys += 1;
    const file = join(folder.path, `key${keys}`);
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', file]);
    return file;
  }
  const newKey = (passphrase = ''): string => execFileSync('cat', [keyFile(passphrase)], { encoding: 'utf8' });
  const publicKey = (): string => execFileSync('cat', [`${keyFile('')}.pub`], { encoding: 'utf8' });
});
