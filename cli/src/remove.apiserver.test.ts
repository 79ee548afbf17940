import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { groups } from '@toolhive-registry/api/group';
import { testCluster, type TestCluster } from './testing.ts';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
}, 120_000);
afterAll(async () => {
  await cluster?.[Symbol.asyncDispose]();
}, 60_000);

test('a dry run deletes nothing, neither the registry nor its catalog', async () => {
  const into = await cluster.namespace();
  const file = join(cluster.folder, 'one.json');
  await writeFile(file, JSON.stringify([{ name: 'a/b', version: '1', description: 'x' }]));
  expect((await cluster.run('add team', '-n', into, '--from-file', file)).code).toBe(0);
  const tried = await cluster.run('remove team --dry-run', '-n', into);
  expect([tried.code, tried.stdout]).toEqual([
    0,
    'mcpregistry.toolhive.stacklok.dev/team deleted (dry run)\nconfigmap/team-catalog deleted (dry run)\n',
  ]);
  expect((await cluster.read(into, 'team')).metadata).toMatchObject({ name: 'team' });
  expect((await cluster.read(into, 'team-catalog', 'api/v1', 'configmaps')).data).toEqual(expect.anything());
  // Without it both go.
  expect((await cluster.run('remove team', '-n', into)).code).toBe(0);
  expect((await cluster.run('list', '-n', into, '-o', 'name')).stdout).toBe('');
});

test.each(['', 'A b', '../kube-system', 'a?x=', 'Upper'])('the namespace "%s" is refused, and means no other', async (name) => {
  for (const command of [
    'remove team',
    'set team --interval 1h',
    'list',
    'status team',
    'add team --from url --at https://example.com -o yaml',
  ]) {
    const refused = await cluster.run(command, '--namespace', name);
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      2,
      '',
      name === ''
        ? 'error: --namespace is empty; give it a value, or leave it out\n'
        : `error: --namespace is "${name}"; give it the name of one namespace: lower-case letters, digits and dashes\n`,
    ]);
  }
});

test("a registry whose name another one has is not answered for with that one's catalog", async () => {
  const into = await cluster.namespace();
  for (const group of groups) await cluster.registry(into, 'team', group);
  const condition = {
    type: 'Stalled',
    status: 'True',
    reason: 'NameTaken',
    message: 'MCPRegistry team of toolhive.stacklok.dev has the objects of this name',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
  await cluster.request('PUT', `/apis/${groups[1]}/v1alpha1/namespaces/${into}/mcpregistries/team/status`, {
    ...(await cluster.read(into, 'team', `apis/${groups[1]}/v1alpha1`)),
    status: { phase: 'Failed', conditions: [condition] },
  });
  const said = `registry ${into}/team serves nothing: MCPRegistry team of toolhive.stacklok.dev has the objects of this name; ask the other one with --group`;
  for (const command of ['list team', 'info team/fetch', 'explain team fetch', 'history team', 'export team -f -']) {
    const found = await cluster.run(command, '-n', into, '--group', groups[1]);
    expect([command, found.code, found.stderr]).toEqual([command, 1, expect.stringContaining(said)]);
  }
  // What the cluster knows is shown all the same.
  const status = await cluster.run('status team', '-n', into, '--group', groups[1]);
  expect([status.code, status.stdout]).toEqual([1, expect.stringContaining('NameTaken')]);
});
