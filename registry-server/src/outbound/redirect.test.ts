import { describe, expect, test } from '@jest/globals';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import { nextHop } from './redirect.ts';
import { ask, clientOf, httpHost, reply, resolver, secretsOf, type Host } from './testing.ts';

const BASIC = { kind: 'basic', username: 'reader', password: 'canary-password-123' } as const;
const HEADER = `Basic ${Buffer.from('reader:canary-password-123').toString('base64')}`;

/** A host on which `/` leads to where the test says. */
function redirecting(to: (host: { port: number }) => string, status = 302): Promise<Host> {
  const started: Promise<Host> = httpHost((req, res) => {
    if (req.url !== '/') return reply(res, 200, 'here');
    return void started.then(
      (host) => reply(res, status, '', { location: to(host) }),
      () => undefined,
    );
  });
  return started;
}

describe('a redirect is followed', () => {
  test.each([301, 302, 303, 307, 308])('with status %i, on the same host with the credentials', async (status) => {
    await using host = await redirecting(() => '/there?x=1', status);
    await using client = clientOf(host.url, { secrets: secretsOf(BASIC) });
    expect(await ask(client, `${host.url}/`)).toBe('here');
    expect(host.requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/', HEADER],
      ['/there?x=1', HEADER],
    ]);
  });

  test('to another host without the credentials, and back without them as well', async () => {
    await using home = await redirecting(() => `${away.url}/`);
    await using away = await redirecting(() => `${home.url}/there`);
    await using client = clientOf(home.url, { secrets: secretsOf(BASIC) });
    expect(await ask(client, `${home.url}/`)).toBe('here');
    expect(home.requests.map(({ headers }) => headers.authorization)).toEqual([HEADER, undefined]);
    expect(away.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('to the same name at another port without the credentials, and a refusal there says so', async () => {
    await using away = await httpHost((_, res) => reply(res, 401));
    await using home = await redirecting(() => `http://127.0.0.1:${away.port}/`);
    await using client = clientOf(home.url, { secrets: secretsOf(BASIC) });
    await expect(ask(client, `${home.url}/`)).rejects.toMatchObject({
      reason: 'AuthenticationFailed',
      message: expect.stringContaining('requires credentials after a redirect to another origin, where they are not sent'),
    });
    expect(away.requests[0]?.headers.authorization).toBeUndefined();
  });

  test('from http to https', async () => {
    const tls = selfSigned();
    await using away = await httpHost((_, res) => reply(res, 200, 'here'), { tls });
    await using home = await redirecting(() => `${away.url}/`);
    await using client = clientOf(home.url, { secrets: secretsOf(undefined, tls.cert) });
    expect(await ask(client, `${home.url}/`)).toBe('here');
  });
});

describe('a redirect is refused', () => {
  test.each<[string, string, object]>([
    [
      'to a metadata address',
      'http://169.254.169.254/latest/',
      { reason: 'AddressRefused', message: expect.stringContaining('169.254.169.254') },
    ],
    ['to one as IPv6 writes it', 'http://[::ffff:a9fe:a9fe]/', { reason: 'AddressRefused' }],
    ['to one as a number', 'http://2852039166/', { reason: 'AddressRefused' }],
    [
      'to a name that is there',
      'http://metadata.test/',
      { reason: 'AddressRefused', message: expect.stringContaining('metadata.test is 169.254.169.254') },
    ],
    ['to a file', 'file:///etc/passwd', { reason: 'AddressRefused', message: expect.stringContaining('redirects to a file address') }],
    ['that is no address', 'http://[', { reason: 'SourceUnreadable', message: expect.stringContaining('without a valid Location') }],
    ['that does not end', '/', { reason: 'SourceUnreadable', message: expect.stringContaining('redirects more than 5 times') }],
  ])('%s', async (_, to, failure) => {
    await using host = await redirecting(() => to);
    await using client = clientOf(host.url, { resolve: resolver({ 'metadata.test': '169.254.169.254' }) });
    await expect(ask(client, `${host.url}/`)).rejects.toMatchObject(failure);
  });

  test('from https to http, and nothing is asked there', async () => {
    const tls = selfSigned();
    await using away = await httpHost((_, res) => reply(res, 200, 'here'));
    await using home = await httpHost((_, res) => reply(res, 302, '', { location: `${away.url}/?token=hidden` }), { tls });
    await using client = clientOf(home.url, { secrets: secretsOf(BASIC, tls.cert) });
    const asking = ask(client, home.url);
    await expect(asking).rejects.toMatchObject({ reason: 'AddressRefused', message: expect.stringContaining('from https to http') });
    await expect(asking).rejects.not.toThrow('hidden');
    expect(away.requests).toEqual([]);
  });

  test('without a target', () => {
    expect(() => nextHop(new URL('https://a.test/'), undefined)).toThrow('https://a.test/ redirects without a valid Location');
  });

  test('and a secret in the name of its target is not revealed', async () => {
    await using host = await redirecting(() => 'http://canary-password-123.test:1/canary-password-123');
    await using client = clientOf(host.url, { secrets: secretsOf(BASIC) });
    const message = await ask(client, `${host.url}/`).catch(String);
    expect(message).toContain('redirected to http://***.test:1');
    expect(message).not.toContain('canary');
  });
});

test('a redirect with credentials in it sends none', () => {
  expect(nextHop(new URL('http://a.test/'), 'http://user:password@b.test/x').href).toBe('http://b.test/x');
});
