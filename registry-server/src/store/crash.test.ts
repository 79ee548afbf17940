import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { catalog, eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder, type Folder } from '../testing.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const PRELOAD = new URL('testing/kill-at.mjs', import.meta.url).href;
const SPEC = {
  sources: ['one', 'two'].map((name) => ({ name, type: 'file', file: { path: `${name}.json` } })),
};

async function put(folder: Folder, name: string, keys: readonly string[]): Promise<void> {
  const file = await folder.write(`${name}.json`, JSON.stringify(catalog(...keys)));
  // What was written in the last second is read once more.
  await utimes(file, 0, 0);
}

/** Runs the program until it has taken the change over, or is killed at that change to files. Answers whether it was killed. */
async function run(config: string, storage: string, killAt: number): Promise<boolean> {
  const args = [
    '--import',
    PRELOAD,
    MAIN,
    '--config',
    config,
    '--storage-path',
    storage,
    '--address',
    '127.0.0.1:0',
    '--log-level',
    'info',
  ];
  const child = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'] ?? '', KILL_AT: String(killAt) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const exit = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const synced = eventually(
    () => log,
    (text) => text.includes('"msg":"synced"') || child.exitCode !== null || child.signalCode !== null,
    20_000,
  ).then(() => child.kill('SIGTERM'));
  const [code, signal] = await exit;
  await synced;
  if (signal === null && code !== 0) throw new Error(`the program ended with ${code}: ${log}`);
  return signal === 'SIGKILL';
}

test('a server that is killed at any change that it makes to its files loses nothing and mixes nothing up', async () => {
  await using folder = await temporaryFolder();
  await put(folder, 'one', ['a', 'b']);
  await put(folder, 'two', ['x']);
  const config = await folder.write('registry.yaml', manifest(SPEC));
  const before = join(folder.path, 'before');
  {
    await using server = await serverFor(folder, config, { storage: before });
    await eventually(() => serverNames(server.url), has('a', 'b', 'x'));
  }
  await put(folder, 'one', ['a', 'c']);
  await put(folder, 'two', ['y']);
  const outcomes = new Set<string>();
  let kills = 0;
  for (let killAt = 1; ; killAt += 1) {
    const storage = join(folder.path, `storage-${killAt}`);
    await cp(before, storage, { recursive: true });
    const wasKilled = await run(config, storage, killAt);
    if (!wasKilled) break;
    kills += 1;
    // What is there counts: the sources are away.
    const [one, two] = ['one', 'two'].map((name) => join(folder.path, `${name}.json`));
    await cp(one ?? '', `${one}.away`);
    await cp(two ?? '', `${two}.away`);
    await rm(one ?? '');
    await rm(two ?? '');
    {
      await using server = await serverFor(folder, config, { storage });
      const status = await eventually(
        () => statusOf(server.url),
        ({ sources, syncing }) => !syncing && sources.every(({ state }) => state === 'failed'),
      );
      expect(status.conditions.find(({ reason }) => reason === 'SyncFailed')).toBeUndefined();
      outcomes.add((await serverNames(server.url)).join(' '));
    }
    await cp(`${one}.away`, one ?? '', { preserveTimestamps: true });
    await cp(`${two}.away`, two ?? '', { preserveTimestamps: true });
    await utimes(one ?? '', 0, 0);
    await utimes(two ?? '', 0, 0);
    await rm(storage, { recursive: true });
  }
  expect(kills).toBeGreaterThan(10);
  // Each source as it was or as it is.
  expect([...outcomes].filter((names) => !['a b x', 'a c y', 'a b y', 'a c x'].includes(names))).toEqual([]);
  expect(outcomes).toContain('a b x');
  expect(outcomes).toContain('a c y');
}, 240_000);
