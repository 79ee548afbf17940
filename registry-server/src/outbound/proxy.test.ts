import { describe, expect, test } from '@jest/globals';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import { HTTP_PROXIES, proxyFor, proxySettings } from './proxy.ts';
import { ask, clientOf, httpHost, httpProxy, reply, secretsOf } from './testing.ts';

const both = { HTTP_PROXY: 'http://one:1', HTTPS_PROXY: 'http://two:2' };

describe('the proxy for a URL', () => {
  test.each<[string, Record<string, string>, string, string | undefined]>([
    ['http', both, 'http://a.test/', 'http://one:1/'],
    ['https', both, 'https://a.test/', 'http://two:2/'],
    ['lower case first', { ...both, https_proxy: 'http://three:3' }, 'https://a.test/', 'http://three:3/'],
    ['without a scheme', { HTTPS_PROXY: 'proxy.test:3128' }, 'https://a.test/', 'http://proxy.test:3128/'],
    ['all', { ALL_PROXY: 'proxy.test:1' }, 'https://a.test/', 'http://proxy.test:1/'],
    ['one before all', { ...both, ALL_PROXY: 'http://all:1' }, 'https://a.test/', 'http://two:2/'],
    ['none', {}, 'https://a.test/', undefined],
    ['an empty one', { HTTPS_PROXY: '' }, 'https://a.test/', undefined],
    ['loopback', both, 'http://127.0.0.2:8080/', undefined],
    ['loopback by name', both, 'http://localhost:8080/', undefined],
    ['loopback of IPv6', both, 'http://[::1]/', undefined],
    ['all direct', { ...both, NO_PROXY: '*' }, 'http://a.test/', undefined],
    ['a name', { ...both, NO_PROXY: 'b.test, a.test' }, 'http://a.test/', undefined],
    ['a name in lower case', { ...both, no_proxy: 'A.test' }, 'http://a.TEST/', undefined],
    ['an absolute name', { ...both, NO_PROXY: 'a.test' }, 'http://a.test./', undefined],
    ['below a domain', { ...both, NO_PROXY: 'test' }, 'http://a.test/', undefined],
    ['below a domain with a dot', { ...both, NO_PROXY: '.svc.cluster.local' }, 'http://r.ns.svc.cluster.local:8080/', undefined],
    ['below a domain with an asterisk', { ...both, NO_PROXY: '*.a.test' }, 'http://x.a.test/', undefined],
    ['another domain with the same end', { ...both, NO_PROXY: 'a.test' }, 'http://aa.test/', 'http://one:1/'],
    ['that port', { ...both, NO_PROXY: 'a.test:8080' }, 'http://a.test:8080/', undefined],
    ['the port that goes without saying', { ...both, NO_PROXY: 'a.test:443' }, 'https://a.test/', undefined],
    ['another port', { ...both, NO_PROXY: 'a.test:8080' }, 'http://a.test/', 'http://one:1/'],
    ['a network', { ...both, NO_PROXY: '10.0.0.0/8' }, 'http://10.1.2.3/', undefined],
    ['another network', { ...both, NO_PROXY: '10.0.0.0/8' }, 'http://11.1.2.3/', 'http://one:1/'],
    ['a network that is none', { ...both, NO_PROXY: '10.0.0.0/99' }, 'http://10.1.2.3/', 'http://one:1/'],
    ['a network of IPv6', { ...both, NO_PROXY: 'fd00::/8' }, 'http://[fd12::1]/', undefined],
    ['an address', { ...both, NO_PROXY: '10.1.2.3' }, 'http://10.1.2.3/', undefined],
    ['an address of IPv6', { ...both, NO_PROXY: '[FD12:0::1]' }, 'http://[fd12::1]/', undefined],
    ['an address of IPv6 in another network', { ...both, NO_PROXY: '10.0.0.0/8' }, 'http://[fd12::1]/', 'http://one:1/'],
    ['an address that a name ends in', { ...both, NO_PROXY: '2.3' }, 'http://10.1.2.3/', 'http://one:1/'],
  ])('%s', (_, env, url, proxy) => {
    expect(proxyFor(new URL(url), proxySettings(env), HTTP_PROXIES)?.url.href).toBe(proxy);
  });

  test('is named with any scheme where the one who asks knows more than HTTP proxies', () => {
    const settings = proxySettings({ ALL_PROXY: 'socks5://proxy.test:1' });
    expect(proxyFor(new URL('https://a.test/'), settings, ['socks5'])?.url.href).toBe('socks5://proxy.test:1');
  });

  test.each([
    ['socks5://user:hidden@proxy:1', 'HTTPS_PROXY has the scheme socks5; write http://HOST:PORT'],
    ['http://user:hidden@', 'HTTPS_PROXY is not a URL'],
    ['not a URL, hidden', 'HTTPS_PROXY is not a URL'],
    ['http://user:a#hidden@proxy:1', 'HTTPS_PROXY is not a URL; write http://HOST:PORT, and "/", "?", "#"'],
    ['http://user:1#hidden@proxy:1', 'HTTPS_PROXY is not the URL of a proxy; write'],
    ['http://user:1/hidden@proxy:1', 'HTTPS_PROXY is not the URL of a proxy; write'],
    ['http://user:hidden%@proxy:1', 'HTTPS_PROXY is not the URL of a proxy; write'],
  ])('%s is refused without quoting it', (setting, message) => {
    const settings = proxySettings({ HTTPS_PROXY: setting });
    const read = (): unknown => proxyFor(new URL('https://a.test'), settings, HTTP_PROXIES);
    expect(read).toThrow(message);
    expect(read).not.toThrow('hidden');
  });
});

describe('through a proxy', () => {
  test('plain HTTP is forwarded, with the credentials of both where they belong', async () => {
    await using host = await httpHost((_, res) => reply(res, 200, 'here'));
    await using proxy = await httpProxy();
    const proxies = proxySettings({ HTTP_PROXY: proxy.url.replace('//', '//user:proxy-password@') });
    const home = `http://catalog.test:${host.port}`;
    await using client = clientOf(home, { proxies, secrets: secretsOf({ kind: 'bearer', token: 'canary-token-0123' }) });
    expect(await ask(client, `${home}/x`)).toBe('here');
    expect(proxy.requests).toEqual([
      { line: `GET ${home}/x`, authorization: `Basic ${Buffer.from('user:proxy-password').toString('base64')}` },
    ]);
    expect(host.requests[0]?.headers).toMatchObject({ authorization: 'Bearer canary-token-0123', host: `catalog.test:${host.port}` });
  });

  test('TLS is tunneled, with the credentials for the host inside of it', async () => {
    const tls = selfSigned('catalog.test');
    await using host = await httpHost((_, res) => reply(res, 200, 'here'), { tls });
    await using proxy = await httpProxy();
    const home = `https://catalog.test:${host.port}`;
    const secrets = secretsOf({ kind: 'bearer', token: 'canary-token-0123' }, tls.cert);
    await using client = clientOf(home, { proxies: proxySettings({ HTTPS_PROXY: proxy.url }), secrets });
    expect(await ask(client, home)).toBe('here');
    expect(host.requests[0]?.headers.authorization).toBe('Bearer canary-token-0123');
    expect(proxy.requests).toEqual([{ line: `CONNECT catalog.test:${host.port}`, authorization: undefined }]);
  });

  test('the host at the end of a tunnel is checked: a certificate for another name is refused', async () => {
    const tls = selfSigned();
    await using host = await httpHost((_, res) => reply(res, 200, 'here'), { tls });
    await using proxy = await httpProxy();
    const proxies = proxySettings({ HTTPS_PROXY: proxy.url });
    const home = `https://catalog.test:${host.port}`;
    await using client = clientOf(home, { proxies, secrets: secretsOf(undefined, tls.cert) });
    await expect(ask(client, home)).rejects.toMatchObject({
      reason: 'SourceUnreachable',
      message: expect.stringContaining('the certificate is for another name'),
    });
    expect(proxy.requests).toEqual([{ line: `CONNECT catalog.test:${host.port}`, authorization: undefined }]);
    expect(host.requests).toEqual([]);
  });

  test('a host of NO_PROXY is asked directly', async () => {
    await using host = await httpHost((_, res) => reply(res, 200, 'here'));
    await using proxy = await httpProxy();
    await using client = clientOf(host.url, { proxies: proxySettings({ HTTP_PROXY: proxy.url, NO_PROXY: 'catalog.test' }) });
    expect(await ask(client, `http://catalog.test:${host.port}/`)).toBe('here');
    expect(proxy.requests).toEqual([]);
  });

  test.each([
    [407, 'the proxy requires credentials, or different ones; correct the variable'],
    [502, 'the proxy refused to connect, with status 502'],
  ])('a tunnel that is refused with status %i is reported', async (status, message) => {
    await using proxy = await httpProxy({ refuseWith: status });
    await using client = clientOf('https://catalog.test', { proxies: proxySettings({ HTTPS_PROXY: proxy.url }) });
    await expect(ask(client, 'https://catalog.test/')).rejects.toMatchObject({
      reason: 'SourceUnreachable',
      message: `https://catalog.test/ (through the proxy ${new URL(proxy.url).host} of HTTPS_PROXY): ${message}`,
    });
  });

  test.each([
    ['http://user:hidden@127.0.0.1:1', '127.0.0.1:1', 'connection refused; nothing is listening there'],
    ['http://user:hidden@nowhere.invalid:1', 'nowhere.invalid:1', 'the name cannot be resolved'],
  ])('a failure of %s is attributed to the proxy', async (setting, host, message) => {
    await using client = clientOf('http://catalog.test', { proxies: proxySettings({ HTTP_PROXY: setting }) });
    await expect(ask(client, 'http://catalog.test/x')).rejects.toMatchObject({
      reason: 'SourceUnreachable',
      message: `http://catalog.test/x (through the proxy ${host} of HTTP_PROXY): ${message}`,
    });
  });

  test('a metadata address that is written out is refused, and the proxy is not asked', async () => {
    await using proxy = await httpProxy();
    await using client = clientOf('http://169.254.169.254', { proxies: proxySettings({ HTTP_PROXY: proxy.url }) });
    await expect(ask(client, 'http://169.254.169.254/')).rejects.toMatchObject({ reason: 'AddressRefused' });
    expect(proxy.requests).toEqual([]);
  });
});
