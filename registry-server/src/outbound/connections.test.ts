import { describe, expect, test } from '@jest/globals';
import type { RequestListener } from 'node:http';
import { rootCertificates } from 'node:tls';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import type { Resolve } from './addresses.ts';
import { ask, clientOf, httpHost, reply, secretsOf, silentHost } from './testing.ts';

const QUICK = { connectMs: 2_000, headersMs: 100, bodyMs: 100 };

describe('a failure says how far the request got', () => {
  const stall: RequestListener = () => undefined;
  const begin: RequestListener = (_, res) => void res.writeHead(200).write('{');
  const cut: RequestListener = (_, res) => {
    res.writeHead(200, { 'content-length': '100' }).write('{', () => res.socket?.resetAndDestroy());
  };
  const end: RequestListener = (_, res) => {
    res.writeHead(200, { 'content-length': '100' }).write('{', () => res.socket?.end());
  };
  test.each<[string, RequestListener, string]>([
    ['no headers', stall, 'connected, but timed out waiting for a response'],
    ['a body that stops', begin, 'the response started, then stalled'],
    [
      'a reset before the headers',
      (_, res) => void res.socket?.resetAndDestroy(),
      'the connection was closed before the response was complete',
    ],
    ['a reset in the body', cut, 'the connection was closed before the response was complete'],
    ['an end before it is due', end, 'the connection was closed before the response was complete'],
    ['no HTTP', (_, res) => void res.socket?.end('SSH-2.0-OpenSSH\r\n'), 'connected, but the server does not speak HTTP'],
    [
      'headers without end',
      (_, res) => void res.socket?.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`),
      'the response headers are too large',
    ],
  ])('%s', async (_, listener, message) => {
    await using host = await httpHost(listener);
    await using client = clientOf(host.url, { times: QUICK });
    await expect(ask(client, host.url)).rejects.toMatchObject({
      reason: 'SourceUnreachable',
      message: expect.stringContaining(`${host.url}/: ${message}`),
    });
  });

  test('nothing listens', async () => {
    const host = await httpHost(stall);
    await host.stop();
    await using client = clientOf(host.url);
    await expect(ask(client, host.url)).rejects.toMatchObject({
      reason: 'SourceUnreachable',
      message: `${host.url}/: connection refused; nothing is listening there`,
    });
  });

  test('a handshake that does not go on', async () => {
    await using host = await silentHost();
    const url = `https://127.0.0.1:${host.port}`;
    await using client = clientOf(url, { times: { ...QUICK, connectMs: 100 } });
    await expect(ask(client, url)).rejects.toMatchObject({ message: `${url}/: timed out while connecting` });
  });

  test('a name that is not known', async () => {
    const resolve: Resolve = () => Promise.reject(Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' }));
    await using client = clientOf('http://nowhere.test', { resolve });
    await expect(ask(client, 'http://nowhere.test')).rejects.toMatchObject({
      reason: 'SourceUnreachable',
      message: 'http://nowhere.test/: nowhere.test cannot be resolved: the name is not known',
    });
  });
});

test('aborts a response that never ends when the signal fires', async () => {
  const stopped: string[] = [];
  await using host = await httpHost((_, res) => {
    const timer = setInterval(() => res.write(' '), 5);
    res.on('close', () => {
      clearInterval(timer);
      stopped.push('closed');
    });
  });
  await using client = clientOf(host.url);
  await expect(ask(client, host.url, { signal: AbortSignal.timeout(100) })).rejects.toThrow('timeout');
  while (stopped.length === 0) await new Promise(setImmediate);
  expect(await host.connections()).toBe(0);
});

describe('a certificate', () => {
  const tls = selfSigned();
  const here: RequestListener = (_, res) => reply(res, 200, 'here');

  test('of an authority that the manifest names is trusted, one of another is not', async () => {
    await using host = await httpHost(here, { tls });
    await using trusting = clientOf(host.url, { secrets: secretsOf(undefined, `${rootCertificates[0]}\n${tls.cert}`) });
    expect(await ask(trusting, host.url)).toBe('here');
    for (const certificates of [undefined, selfSigned().cert]) {
      await using client = clientOf(host.url, { secrets: secretsOf(undefined, certificates) });
      await expect(ask(client, host.url)).rejects.toMatchObject({
        reason: 'SourceUnreachable',
        message: expect.stringMatching(/certificate is not trusted \(\w+\); name its authority in tls.caSecretRef/),
      });
    }
  });

  test('that is removed is no longer trusted, even with an open connection', async () => {
    await using host = await httpHost(here, { tls });
    let certificates: string | undefined = tls.cert;
    const secrets = { ...secretsOf(), certificates: () => Promise.resolve(certificates) };
    await using client = clientOf(host.url, { secrets });
    expect(await ask(client, host.url)).toBe('here');
    certificates = undefined;
    await expect(ask(client, host.url)).rejects.toThrow('certificate is not trusted');
  });

  test('is asked for where there is none', async () => {
    await using host = await httpHost(here);
    const url = host.url.replace('http:', 'https:');
    await using client = clientOf(url);
    await expect(ask(client, url)).rejects.toThrow('the TLS handshake failed; is this an https address?');
  });
});

describe('an address that is connected to', () => {
  test('is the one that was checked, whatever the name means a moment later', async () => {
    await using host = await httpHost((_, res) => reply(res, 200, 'here', { connection: 'close' }));
    const answers = ['127.0.0.1', '169.254.169.254'];
    const asked: string[] = [];
    const resolve: Resolve = (name) => {
      asked.push(name);
      return Promise.resolve([{ address: answers[asked.length - 1] ?? '', family: 4 }]);
    };
    const url = `http://rebind.test:${host.port}/`;
    await using client = clientOf(url, { resolve });
    expect(await ask(client, url)).toBe('here');
    expect(asked).toEqual(['rebind.test']);
    expect(host.requests[0]?.headers.host).toBe(`rebind.test:${host.port}`);
    // The next connection is judged again.
    await expect(ask(client, url)).rejects.toMatchObject({ reason: 'AddressRefused', message: expect.stringContaining('169.254.169.254') });
    expect(host.requests).toHaveLength(1);
  });

  test.each([
    ['http://127.0.0.1:1/', { privateNetworks: true, loopback: false }, 'loopback addresses are allowed on a laptop only'],
    ['http://10.0.0.1:1/', { privateNetworks: false, loopback: true }, 'private addresses are not allowed with --private-addresses=deny'],
  ])('%s is refused where the policy does', async (url, addresses, message) => {
    await using client = clientOf(url, { addresses });
    await expect(ask(client, url)).rejects.toMatchObject({ reason: 'AddressRefused', message: expect.stringContaining(message) });
  });
});

test('an SSH key cannot be used over HTTP, and a token with a line end is reported', async () => {
  const session = (credentials: Parameters<typeof secretsOf>[0]): Promise<unknown> =>
    clientOf('http://a.test', { secrets: secretsOf(credentials) }).session();
  await expect(session({ kind: 'ssh', privateKey: 'key' })).rejects.toMatchObject({ reason: 'SecretNotFound' });
  await expect(session({ kind: 'bearer', token: 'a\nb' })).rejects.toThrow('contains whitespace or control characters');
});
