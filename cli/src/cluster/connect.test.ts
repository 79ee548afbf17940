import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtProgram, createHosts, type Program } from '../testing.ts';

let program: Program;
const hosts = createHosts();
beforeAll(async () => {
  program = await builtProgram();
}, 60_000);
afterAll(async () => {
  await hosts[Symbol.asyncDispose]();
  await program?.[Symbol.asyncDispose]();
});

/** Writes a kubeconfig of one cluster. */
async function kubeconfig(cluster: object): Promise<string> {
  const file = join(program.folder, 'config.json');
  const contexts = [{ name: 'c', context: { cluster: 'k', user: 'u' } }];
  const clusters = [{ name: 'k', cluster }];
  await writeFile(file, JSON.stringify({ 'current-context': 'c', clusters, users: [{ name: 'u', user: { token: 'x' } }], contexts }));
  return file;
}

test.each<[line: string, remedy: string]>([
  ['list', 'name a kubeconfig with --kubeconfig, or a registry without a cluster with --url'],
  ['status x', 'name a kubeconfig with --kubeconfig, or a registry by its URL'],
  ['diff mcpregistry/x mcpregistry/y', 'name a kubeconfig with --kubeconfig, or a registry by its URL'],
  ['migrate', 'name a kubeconfig with --kubeconfig, or manifests with -f'],
  ['doctor', 'name a kubeconfig with --kubeconfig'],
  ['remove x', 'name a kubeconfig with --kubeconfig'],
])('without a kubeconfig %s names the alternative', async (line, remedy) => {
  const found = await program.run(line.split(' '));
  expect([found.code, found.stdout]).toEqual([2, '']);
  expect(found.stderr).toMatch(/^error: no cluster to talk to: /);
  expect(found.stderr.trimEnd().endsWith(`; ${remedy}`)).toBe(true);
});

test.each<[what: string, cluster: object, code: number, said: RegExp]>([
  ['a server that is no URL', { server: 'HOST:6443' }, 2, /^error: server of the kubeconfig's cluster "k" is not a URL; name a kubeconfig/],
  [
    'a proxy that is no URL',
    { server: 'https://api.invalid', 'proxy-url': 'http://u:s3cret@:1' },
    2,
    /^error: proxy-url of the kubeconfig's cluster "k" is not a URL; name a kubeconfig/,
  ],
  [
    'a proxy that is not there',
    { server: 'https://api.invalid', 'proxy-url': 'http://u:s3cret@127.0.0.1:1' },
    1,
    /^error: the API server https:\/\/api\.invalid cannot be reached through the proxy 127\.0\.0\.1:1: .*; check the proxy: the proxy-url/,
  ],
  ['nobody', { server: 'http://127.0.0.1:1' }, 1, /cannot be reached: .*; nothing listens there; check that the cluster runs/],
])('a kubeconfig with %s', async (_, cluster, code, said) => {
  const config = JSON.parse(JSON.stringify(cluster).replace('HOST', '127.0.0.1')) as object;
  const found = await program.run(['list', '--kubeconfig', await kubeconfig(config)]);
  expect(found.stderr).toMatch(said);
  expect([found.code, found.stdout]).toEqual([code, '']);
  expect(found.stderr).not.toContain('s3cret');
});

test('a kubeconfig that is not YAML is reported without the name of an exception', async () => {
  const file = join(program.folder, 'bad.yaml');
  await writeFile(file, 'a: [\nclusters: {');
  const found = await program.run(['list', '--kubeconfig', file]);
  expect(found.code).toBe(2);
  expect(found.stderr).toMatch(/^error: cannot read the kubeconfig .*bad\.yaml: deficient indentation \(2:1\); name a kubeconfig/);
});

test('a schema that is not published yet: when to try again', async () => {
  const server = await hosts.start((request, res) => {
    const path = request.url ?? '';
    const isResources = path.startsWith('/apis/toolhive.stacklok.dev/');
    if (isResources) res.end('{"resources":[{"name":"mcpregistries"}]}');
    else if (path.startsWith('/openapi/v3')) res.end('{"paths":{}}');
    else res.writeHead(404).end('{}');
  });
  const found = await program.run(['list', '--kubeconfig', await kubeconfig({ server })]);
  expect([found.code, found.stdout, found.stderr]).toEqual([
    1,
    '',
    'error: the API server has not published the schema of mcpregistries.toolhive.stacklok.dev yet; try again in a few seconds: this happens right after the CRD is installed\n',
  ]);
});
