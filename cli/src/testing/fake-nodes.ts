import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, request as plainRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import { request as tlsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ApiServer } from '@toolhive-registry/testenv';

/** For tests: an API server with something behind its Services, as if it had nodes. */
export interface FakeNodes extends AsyncDisposable {
  /** Kubeconfig of an administrator. */
  readonly kubeconfig: string;
  /** A kubeconfig for another bearer token, in this namespace. */
  kubeconfigFor(token: string, namespace?: string): Promise<string>;
  /** What was asked of the API server, Services aside. */
  readonly requests: readonly FakeNodesRequest[];
  /** Lets a registry answer at its Services; without a URL it takes requests, and never answers. */
  serve(namespace: string, registry: string, url: string | undefined): void;
}

/** For tests: a request that came. */
export interface FakeNodesRequest {
  readonly method: string;
  readonly url: string;
  readonly accept: string;
}

/** `/api/v1/namespaces/prod/services/team-int:8081/proxy/registry/status?wait=…` */
const SERVICE = /^\/api\/v1\/namespaces\/([^/]+)\/services\/(.+)-(?:api|int):\d+\/proxy(\/.*)$/;

/** For tests: passes requests on to an API server, except for those through its proxy to Services, which no cluster without nodes can answer. */
export async function fakeNodes(api: ApiServer): Promise<FakeNodes> {
  const served = new Map<string, string | undefined>();
  const requests: FakeNodesRequest[] = [];
  const folder = await mkdtemp(join(tmpdir(), 'fake-nodes-'));
  const server = createServer((request, response) => {
    const [, namespace = '', registry = '', path = ''] = SERVICE.exec(request.url ?? '') ?? [];
    const key = `${namespace}/${registry}`;
    const url = served.get(key);
    if (url === undefined && served.has(key)) return;
    if (url === undefined) requests.push({ method: request.method ?? '', url: request.url ?? '', accept: request.headers.accept ?? '' });
    passOn(request, response, url === undefined ? new URL(request.url ?? '/', api.url) : new URL(path, url), api.ca);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  let count = 0;
  async function kubeconfigFor(token: string, namespace = 'default'): Promise<string> {
    const name = 'played';
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name, cluster: { server: `http://127.0.0.1:${port}` } }],
      users: [{ name, user: { token } }],
      contexts: [{ name, context: { cluster: name, user: name, namespace } }],
      'current-context': name,
    };
    const path = join(folder, `kubeconfig-${(count += 1)}`);
    await writeFile(path, JSON.stringify(config));
    return path;
  }
  return {
    kubeconfig: await kubeconfigFor(api.adminToken),
    kubeconfigFor,
    requests,
    serve: (namespace, registry, url) => void served.set(`${namespace}/${registry}`, url),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function passOn(request: IncomingMessage, response: ServerResponse, url: URL, ca: string): void {
  const { host: _host, ...headers } = request.headers;
  const onward = (url.protocol === 'https:' ? tlsRequest : plainRequest)(url, { method: request.method, headers, ca }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', (error) => {
    if (!response.headersSent) response.writeHead(502);
    response.end(error.message);
  });
  request.pipe(onward);
}
