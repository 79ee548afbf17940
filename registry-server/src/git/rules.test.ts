import { describe, expect, test } from '@jest/globals';
import { isSameOrigin, parseRepository } from './address.ts';
import { secretsOf, sourceErrorOf } from './failure.ts';
import { GitFailure } from './program.ts';
import { commitIn } from './refs.ts';
import { readTree } from './tree.ts';

describe('addresses', () => {
  test.each([
    ['https://example.com/a.git', 'https', 'example.com', 443],
    ['http://EXAMPLE.com:8080/a', 'http', 'example.com', 8080],
    ['https://[::1]:444/a', 'https', '[::1]', 444],
    ['ssh://git@example.com:2222/a', 'ssh', 'example.com', 2222],
    ['git@example.com:a/b.git', 'ssh', 'example.com', 22],
    ['file:///srv/a.git', 'file', '', 0],
  ])('%s', (repository, scheme, host, port) => {
    expect(parseRepository(repository)).toMatchObject({ scheme, host, port });
  });

  test.each([
    ['https://a/x', 'https://a:443/y', true],
    ['https://a/x', 'https://a:444/x', false],
    ['https://a/x', 'https://b/x', false],
    ['https://a/x', 'http://a:443/x', false],
  ])('%s and %s are of one origin: %s', (a, b, same) => {
    expect(isSameOrigin(parseRepository(a), parseRepository(b))).toBe(same);
  });
});

describe('a failure of git', () => {
  const judged = (stderr: string, secrets: readonly string[] = []) =>
    sourceErrorOf(new GitFailure(stderr), 'https://a/x.git', secrets) as Error;

  test.each([
    ["fatal: could not read Username for 'https://a': terminal prompts disabled", 'AuthenticationFailed'],
    ["fatal: unable to access 'https://a/': The requested URL returned error: 403", 'AuthenticationFailed'],
    ['git@a: Permission denied (publickey).\nfatal: Could not read from remote repository.', 'AuthenticationFailed'],
    ["remote: Not Found\nfatal: repository 'https://a/x.git/' not found", 'SourceNotFound'],
    ['ERROR: Repository not found.\nfatal: Could not read from remote repository.', 'SourceNotFound'],
    ["fatal: couldn't find remote ref refs/heads/x", 'SourceNotFound'],
    ["fatal: unable to access 'https://a/': Could not resolve host: a", 'SourceUnreachable'],
    ["fatal: unable to access 'https://a/': server certificate verification failed.", 'SourceUnreachable'],
    ['Host key verification failed.', 'SourceUnreachable'],
    ["fatal: detected dubious ownership in repository at '/srv/x.git'", 'SourceUnreadable'],
    ['fatal: write error: No space left on device', 'StorageFailed'],
    ['fatal: attempting to allocate 9 over limit 5', 'SourceTooLarge'],
    ['error: cannot run ssh: No such file or directory\nfatal: unable to fork', 'UnsupportedSource'],
    ['exec: 1: ssh: not found', 'UnsupportedSource'],
    ['something new', 'SourceUnreachable'],
    ['', 'SourceUnreachable'],
  ])('%j is %s', (stderr, reason) => {
    expect(judged(stderr)).toMatchObject({ reason, message: expect.stringMatching(/^https:\/\/a\/x\.git: /) });
  });

  test.each<[string, string, readonly string[], hidden: string]>([
    ['a token', 'fatal: bad token tok-123456', ['tok-123456'], 'tok-123456'],
    ['an address with credentials', 'fatal: https://user:hunter2@a/', [], 'hunter2'],
    ['a header', 'fatal: Authorization: Basic aGk6aG8=', [], 'aGk6aG8='],
    ['anything with a secret that is too short to take out', 'fatal: abc', ['a'], 'abc'],
    ['what the server says as its own text', 'remote: secret plans\nfatal: no', [], 'plans'],
    ['control characters', 'fatal: \u001b[31mred\u0007\u202e', [], '\u001b'],
  ])('%s is not passed on', (_, stderr, secrets, hidden) => {
    expect(judged(stderr, secrets).message).not.toContain(hidden);
  });

  test('of ssh is reported in the words of ssh', () => {
    const ssh = 'ssh: connect to host a port 22: Connection refused';
    expect(judged(`${ssh}\r\nfatal: Could not read from remote repository.\n\nPlease make sure you have`).message).toContain(
      `(git: ${ssh})`,
    );
  });

  test('is not repeated at any length', () => {
    expect(judged(`fatal: ${'x'.repeat(5000)}`).message.length).toBeLessThan(400);
  });

  test('other errors pass as they are', () => {
    const error = new Error('x');
    expect(sourceErrorOf(error, 'x', [])).toBe(error);
  });
});

test('the forms of a secret are known', () => {
  expect(secretsOf({ kind: 'basic', username: 'u', password: 'p w/d' })).toEqual(
    expect.arrayContaining(['p w/d', 'p%20w%2Fd', Buffer.from('u:p w/d').toString('base64')]),
  );
  expect(secretsOf({ kind: 'ssh', privateKey: `-----BEGIN X-----\n${'a'.repeat(64)}\n-----END X-----\n` })).toEqual(['a'.repeat(64)]);
});

test('a listing of refs gives the commit of exactly one name', () => {
  const [one, two, three] = ['1', '2', '3'].map((digit) => digit.repeat(40));
  const listing = `${one}\trefs/tags/v1\n${two}\trefs/tags/v1^{}\n${three}\trefs/remotes/x/refs/tags/v1\nnonsense\n`;
  expect([commitIn(listing, 'refs/tags/v1'), commitIn(listing, 'refs/tags/v2'), commitIn('', 'HEAD')]).toEqual([two, undefined, undefined]);
});

test('a tree says what each entry is', () => {
  const hash = 'a'.repeat(40);
  const lines = [
    `100644 blob ${hash}\ta b.json`,
    `100755 blob ${hash}\tx\ny`,
    `120000 blob ${hash}\tl`,
    `160000 commit ${hash}\ts`,
    `040000 tree ${hash}\td`,
  ];
  const output = lines.map((line) => `${line}\0`).join('');
  expect(readTree(Buffer.from(output)).map(({ kind, path }) => [kind, path])).toEqual([
    ['file', 'a b.json'],
    ['file', 'x\ny'],
    ['link', 'l'],
    ['submodule', 's'],
    ['folder', 'd'],
  ]);
});
