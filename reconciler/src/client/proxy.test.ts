import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { FakeApi } from '../testing/fake-api.ts';
import { KubeClient } from './client.ts';
import { proxyFromEnvironment } from './proxy.ts';

const PROXY = 'http://proxy.test:3128';
const both = { HTTPS_PROXY: PROXY, HTTP_PROXY: 'plain.test:80' };
const api = 'https://10.96.0.1:443';

describe('the proxy for', () => {
  test.each<[what: string, env: Record<string, string>, server: string, proxy: string | undefined]>([
    ['nothing in the environment', {}, api, undefined],
    ['a server', both, api, PROXY],
    ['a plain server', both, 'http://api.test', 'http://plain.test:80'],
    ['a server, in lower case', { https_proxy: PROXY }, api, PROXY],
    ['a server, in upper case before lower case', { HTTPS_PROXY: PROXY, https_proxy: 'http://other' }, api, PROXY],
    ['loopback', both, 'https://127.0.0.1:6443', undefined],
    ['loopback of IPv6', both, 'https://[::1]:6443', undefined],
    ['localhost', both, 'https://localhost:6443', undefined],
    ['all direct', { ...both, NO_PROXY: '*' }, api, undefined],
    ['an address', { ...both, NO_PROXY: 'a.test, 10.96.0.1' }, api, undefined],
    ['a network', { ...both, NO_PROXY: '10.0.0.0/8' }, api, undefined],
    ['another network', { ...both, NO_PROXY: '10.0.0.0/16' }, api, PROXY],
    ['a network that is none', { ...both, NO_PROXY: '10.0.0.0/99,/8,x/8' }, api, PROXY],
    ['a network of IPv6', { ...both, NO_PROXY: 'fd00::/8' }, 'https://[fd00::1]:6443', undefined],
    ['an address of IPv6', { ...both, NO_PROXY: 'FD00:0::1' }, 'https://[fd00::1]:6443', undefined],
    ['an address of IPv6 with a port', { ...both, NO_PROXY: '[fd00::1]:6443' }, 'https://[fd00::1]:6443', undefined],
    ['a name', { ...both, no_proxy: 'API.test' }, 'https://api.test', undefined],
    ['what is below a domain', { ...both, NO_PROXY: 'test' }, 'https://api.test', undefined],
    ['a domain itself, where what is below is meant', { ...both, NO_PROXY: '.api.test' }, 'https://api.test', PROXY],
    ['what is below an asterisk', { ...both, NO_PROXY: '*.test' }, 'https://api.test', undefined],
    ['another name with the same end', { ...both, NO_PROXY: 'pi.test' }, 'https://api.test', PROXY],
    ['the port', { ...both, NO_PROXY: 'api.test:443' }, 'https://api.test', undefined],
    ['another port', { ...both, NO_PROXY: 'api.test:6443' }, 'https://api.test', PROXY],
  ])('%s', (_, env, server, proxy) => {
    expect(proxyFromEnvironment(server, env)).toBe(proxy);
  });
});

describe('a client behind a proxy', () => {
  let server: FakeApi;
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const proxy = createServer();

  beforeAll(async () => {
    server = await FakeApi.start({ tls: true });
    proxy.on('connect', (request, socket: Socket) => {
      asked.push(request.url ?? '');
      const { port } = new URL(server.access.server);
      const through = connect(Number(port), '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
      for (const one of [socket, through]) sockets.add(one.on('error', () => undefined));
      through.pipe(socket).pipe(through);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  });

  afterAll(async () => {
    for (const socket of sockets) socket.destroy();
    proxy.close();
    await server.down();
  });

  test('reaches its server by a tunnel', async () => {
    const proxyUrl = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    await using client = new KubeClient({ access: { ...server.access, proxyUrl } });
    expect(await client.requestText({ method: 'GET', path: '/api/v1/namespaces' })).toContain('List');
    expect(asked).toEqual([new URL(server.access.server).host]);
  });

  test('refuses another kind of proxy, and quotes no password', async () => {
    await using client = new KubeClient({ access: { ...server.access, proxyUrl: 'socks5://user:hidden@proxy.test:1' } });
    const failure = await client.requestText({ method: 'GET', path: '/version' }).catch((error: unknown) => String(error));
    expect(failure).toContain('the proxy has the scheme socks5; only http and https are supported');
    expect(failure).not.toContain('hidden');
  });
});
