import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { builtProgram, type Program } from '../testing.ts';

let program: Program;
beforeAll(async () => {
  program = await builtProgram();
}, 60_000);
afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
});

const SERVER = JSON.stringify({
  apiVersion: 'toolhive.stacklok.dev/v1beta1',
  kind: 'MCPServer',
  metadata: { name: 'fetch' },
  spec: { image: 'example.com/a:1' },
});
const ADDRESS = 'http://127.0.0.1:1';
test.each([
  ['status x', /a registry is named twice: "x" and --url http:\/\/127\.0\.0\.1:1; leave one of them out/],
  ['report x', /named twice/],
  ['history x', /named twice/],
  ['list x', /named twice/],
  ['version x', /named twice/],
  ['version x --client', /named twice/],
  ['explain x fetch', /named twice/],
  ['export x', /named twice/],
  ['sync x', /named twice/],
  ['rollback x --end', /named twice/],
  ['status -n x', /--namespace is for registries of a cluster, and --url http:\/\/127\.0\.0\.1:1 asks none; leave one of them out/],
  ['info y --context x', /--context is for registries of a cluster/],
  ['sync --kubeconfig x', /--kubeconfig is for registries of a cluster/],
  ['list --via api-server', /--via is for registries of a cluster/],
  ['template y --group toolhive.stacklok.dev', /--group is for registries of a cluster/],
  ['enforce check --context x -f x.json', /--context is for registries of a cluster/],
])('a registry is named once: %s', async (line, said) => {
  await writeFile(join(program.folder, 'x.json'), SERVER);
  const found = await program.run([...line.split(' '), '--url', ADDRESS], { env: { KUBECONFIG: '/nowhere' } });
  expect(found.stderr).toMatch(said);
  expect([found.code, found.stdout]).toEqual([2, '']);
});
