import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '@toolhive-registry/testenv';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { builtProgram, watched, type Program } from '../testing.ts';

const CATALOG = [{ name: 'com.example/one', version: '1.0.0', description: 'One' }];

let program: Program;
let folder: string;
beforeAll(async () => {
  [program, folder] = await Promise.all([builtProgram(), mkdtemp(join(tmpdir(), 'cli-archive-'))]);
}, 60_000);
afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

test('a registry comes back with its catalog and its history, and without its sources', async () => {
  const archive = join(folder, 'team.tar.gz');
  let hash: string;
  {
    await using server = await servingFiles({ team: CATALOG });
    const saved = await program.run(['export', '--url', server.url, '--output-file', archive]);
    expect([saved.code, saved.stdout]).toEqual([0, '']);
    expect(saved.stderr).toMatch(/: 6 files, \d+ bytes in /);
    hash = (await program.run(['history', '--url', server.url, '--snapshots', '-o', 'jsonpath={.snapshots[0].hash}'])).stdout;
  }
  // An archive as any other: `tar` reads it.
  const listed = spawnSync('tar', ['-tzf', archive], { encoding: 'utf8' }).stdout.trim().split('\n');
  expect(listed).toEqual(['export.json', 'catalog.json', 'last-good.seed', 'status.json', 'history.json', 'report.json']);

  const into = join(folder, 'back');
  const restored = await program.run(['restore', archive, '--into', into]);
  expect(restored.code).toBe(0);
  expect((await readdir(into)).sort()).toEqual([...listed, 'registry.yaml'].sort());
  // What was saved counts, not the source.
  await writeFile(join(into, 'catalog.json'), '{');
  const [port = 0] = await freePorts(1);
  const words = restored.stdout.trim().split(' ').slice(1);
  const serving = watched([...words, '--address', `127.0.0.1:${port}`], program);
  const url = `http://127.0.0.1:${port}`;
  await serving.until('seeded from a file');
  const { stdout } = await program.run(['list', '--url', url, '-o', 'name']);
  expect(stdout).toBe('com.example/one\n');
  const { stdout: kept } = await program.run(['history', '--url', url, '--snapshots', '-o', 'jsonpath={.snapshots[*].hash}']);
  expect(kept.split(' ')).toContain(hash);
  expect(await serving.interrupt()).toBe(0);

  const again = await program.run(['restore', archive, '--into', into]);
  expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('it has such files already; name an empty folder')]);
  const nowhere = await program.run(['restore', archive]);
  expect([nowhere.code, nowhere.stderr]).toEqual([
    2,
    expect.stringContaining('it is of a registry without a cluster; unpack it with --into'),
  ]);
}, 60_000);

test.each<[what: string, content: Uint8Array | undefined, said: string]>([
  ['no file', undefined, 'there is no such file'],
  ['no archive', Buffer.from('hello'), 'is not an export archive'],
  ['another archive', spawnSync('tar', ['-cz', '-C', tmpdir(), '--files-from', '/dev/null']).stdout, 'it has no export.json'],
])('%s cannot be restored', async (what, content, said) => {
  const file = join(folder, `${what.replace(' ', '-')}.tar.gz`);
  if (content !== undefined) await writeFile(file, content);
  const found = await program.run(['restore', file, '--into', join(folder, 'never')]);
  expect(found.stderr).toContain(said);
  expect([found.code, found.stdout]).toEqual([2, '']);
});
