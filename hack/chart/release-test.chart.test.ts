import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { container, nameOf, only, render, type Rendered, type Values } from './render.ts';

const FILE = { files: { 'registry.json': '{}' } };
const hooks = (values: Values = {}): Rendered[] =>
  render(values).filter(({ metadata }) => metadata.annotations?.['helm.sh/hook'] === 'test');
const pod = (values: Values = {}): Rendered => only(hooks(values), 'Pod');

/** What the Pod asks. */
interface Asked {
  readonly patienceSeconds: number;
  readonly targets: readonly { readonly what: string; readonly ready: string; readonly list?: string }[];
}

const command = (values: Values): string[] => pod(values)['spec'].containers[0].command;
const asked = (values: Values = {}): Asked => JSON.parse(command(values).at(-1) ?? '') as Asked;

describe('helm test asks', () => {
  test('whether the controller is ready, by a Service that is there for the test', () => {
    expect(hooks().map(nameOf)).toEqual(['Service system/check-toolhive-registry-test', 'Pod system/check-toolhive-registry-test']);
    expect(asked().targets).toEqual([
      { what: 'the controller', ready: 'http://check-toolhive-registry-test.system.svc.cluster.local:8081/readyz' },
    ]);
    const { selector, ports } = only(hooks(), 'Service')['spec'];
    expect(selector).toEqual(only(render(), 'Deployment')['spec'].selector.matchLabels);
    expect(container(render())['ports']).toContainEqual({ name: ports[0].targetPort, containerPort: ports[0].port, protocol: 'TCP' });
  });

  test('every registry of the release, where it is', () => {
    const values = { clusterDomain: 'example.internal', registries: { b: { ...FILE, namespace: 'other' }, a: FILE } };
    expect(asked(values).targets.slice(1)).toEqual(
      [
        ['a', 'system'],
        ['b', 'other'],
      ].map(([name, namespace]) => ({
        what: `registry ${name} in namespace ${namespace}`,
        ready: `http://${name}-api.${namespace}.svc.example.internal:8080/readiness`,
        list: `http://${name}-api.${namespace}.svc.example.internal:8080/v0.1/servers?limit=1`,
      })),
    );
  });

  test('a paused controller nothing', () => {
    expect(hooks({ replicas: 0 })).toEqual([]);
    expect(asked({ replicas: 0, registries: { a: FILE } }).targets.map(({ what }) => what)).toEqual(['registry a in namespace system']);
  });
});

test('its Pod runs the image of the controller, restricted, without a token, and is not one of its pods', () => {
  const { image, securityContext, resources } = container(render());
  const { spec, metadata } = pod({ nodeSelector: { disk: 'ssd' }, imagePullSecrets: [{ name: 'mirror' }] });
  expect(spec).toMatchObject({
    automountServiceAccountToken: false,
    restartPolicy: 'Never',
    nodeSelector: { disk: 'ssd' },
    imagePullSecrets: [{ name: 'mirror' }],
    securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    containers: [{ image, securityContext, resources }],
  });
  expect(metadata.labels).not.toMatchObject(only(render(), 'Deployment')['spec'].selector.matchLabels);
  for (const { metadata: one } of hooks())
    expect(one.annotations?.['helm.sh/hook-delete-policy']).toBe('before-hook-creation,hook-succeeded');
});

describe('what it says', () => {
  const answers: Record<string, [status: number, body: string]> = {
    '/good/readiness': [200, '{"status":"ready"}'],
    '/good/servers': [200, '{"servers":[]}'],
    '/starting/readiness': [503, '{"status":"starting"}\n'],
    '/odd/servers': [200, '{"items":[]}'],
  };
  let server: Server;
  let url: string;

  beforeAll(async () => {
    server = createServer(({ url: path = '' }, response) => {
      const [status, body] = answers[path] ?? [404, 'not found'];
      response.writeHead(status).end(body);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** Runs what the Pod runs, against the server here. */
  async function run(targets: object[]): Promise<[code: number | null, said: string]> {
    const [program = '', ...args] = command({ registries: { a: FILE } });
    const patience = JSON.stringify({ patienceSeconds: 0, targets });
    const child = spawn(program, [...args.slice(0, -1), patience], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return [code, said];
  }

  test.each<[code: number, target: { ready: string; list?: string }, says: string]>([
    [0, { ready: '/good/readiness' }, 'x is ready\n'],
    [0, { ready: '/good/readiness', list: '/good/servers' }, 'x is ready, and lists servers\n'],
    [1, { ready: '/starting/readiness', list: '/good/servers' }, 'x: URL/starting/readiness answers 503: {"status":"starting"}\n'],
    [1, { ready: '/good/readiness', list: '/odd/servers' }, 'x: URL/odd/servers answers no list of servers\n'],
  ])('%i: %j', async (code, { ready, list }, says) => {
    const target = { what: 'x', ready: `${url}${ready}`, ...(list === undefined ? {} : { list: `${url}${list}` }) };
    expect(await run([target])).toEqual([code, says.replace('URL', url)]);
  });

  test('one that does not answer, beside one that does', async () => {
    const good = { what: 'good', ready: `${url}/good/readiness` };
    const [code, said] = await run([{ what: 'away', ready: 'http://127.0.0.1:1/readiness' }, good]);
    expect(code).toBe(1);
    expect(said).toContain('good is ready\n');
    expect(said).toMatch(/^away: .*(ECONNREFUSED|bad port).*$/m);
  });
});
