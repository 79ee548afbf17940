import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import type { RequestListener, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { builtProgram, createHosts, type Ended, type Program } from '../../testing.ts';

let program: Program;
const hosts = createHosts();
beforeAll(async () => {
  program = await builtProgram();
}, 60_000);
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

async function run(listener: RequestListener, ...args: string[]): Promise<Ended> {
  const server = await hosts.start(listener);
  const kubeconfig = join(program.folder, `${new URL(server).port}.json`);
  const contexts = [{ name: 'c', context: { cluster: 'k', user: 'u' } }];
  const clusters = [{ name: 'k', cluster: { server } }];
  await writeFile(kubeconfig, JSON.stringify({ 'current-context': 'c', clusters, users: [{ name: 'u', user: { token: 'x' } }], contexts }));
  return program.run(args, { env: { KUBECONFIG: kubeconfig } });
}

function answer(status: number, body: string): RequestListener {
  return (_, res) => res.writeHead(status, status === 302 ? { location: '/login' } : {}).end(body);
}

describe.each<[what: string, listener: RequestListener, said: string, remedy: string]>([
  ['500 and a page', answer(500, '<h1>Oops</h1>'), 'answers 500: it does not say why', 'try again later'],
  ['500 and other JSON', answer(500, '{"code":1}'), 'answers 500: it does not say why', 'try again later'],
  ['429', answer(429, 'too many'), 'answers 429: too many', 'try again later'],
  ['a page', answer(200, '<h1>Log in</h1>'), 'does not answer like a Kubernetes API server', 'check the server of the kubeconfig'],
  ['a redirect', answer(302, ''), 'does not answer like a Kubernetes API server', 'check the server of the kubeconfig'],
  ['a list', answer(200, '[]'), 'does not answer like a Kubernetes API server', 'check the server of the kubeconfig'],
  ['null', answer(200, 'null'), 'does not answer like a Kubernetes API server', 'check the server of the kubeconfig'],
  ['nothing', () => undefined, 'no complete answer within', '--request-timeout lets them take longer'],
])('an API server that answers with %s', (_, listener, said, remedy) => {
  test('is a problem for doctor', async () => {
    const found = await run(listener, 'doctor', '--request-timeout', '2s', '-o', 'json');
    expect(found.code).toBe(1);
    const { findings } = JSON.parse(found.stdout) as { findings: object[] };
    expect(findings).toEqual([
      {
        about: 'API server',
        check: 'reachable',
        state: 'problem',
        sentence: expect.stringContaining(said),
        remedy: expect.stringContaining(remedy),
      },
    ]);
    expect(found.stderr).toBe('1 problem; 1 check.\n');
  });

  test('is an error for list', async () => {
    const found = await run(listener, 'list', '--request-timeout', '2s');
    expect([found.code, found.stdout]).toEqual([1, '']);
    expect(found.stderr).toMatch(/^error: .*\n$/);
    expect(found.stderr).toContain(said);
    expect(found.stderr).toContain(remedy);
  });
});

test.each<[what: string, rest: (res: ServerResponse) => unknown, code: number, summary: RegExp]>([
  ['fails', (res) => res.writeHead(500).end('etcd is away'), 1, /^\d+ problems; /],
  ['may not be asked', (res) => res.writeHead(403).end('{"kind":"Status","message":"no","code":403}'), 0, /^No problem, \d+ unknown; /],
])('where all but the version %s', async (_, rest, code, summary) => {
  const found = await run((request, res) => {
    if (request.url === '/version') res.end('{"major":"1","minor":"35","gitVersion":"v1.35.0"}');
    else rest(res);
  }, 'doctor');
  expect(found.stderr).toMatch(summary);
  expect(found.code).toBe(code);
});
