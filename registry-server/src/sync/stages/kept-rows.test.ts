import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { encodeOrigins, openSnapshot, type RowOrigin, type Snapshot } from '@toolhive-registry/catalog';
import { NOTHING_SERVED, temporaryFolder, type Folder } from '../../testing.ts';
import { runBuildJob, type SourceJob } from './build-job.ts';
import type { KeptFiles } from './kept-rows.ts';

/** Long enough that 100 of them are a list that is cut into items. */
const LONG = { 'com.example': 'd'.repeat(20_000) };
const COUNT = 100;

function server(index: number, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return { name: `a/${String(index).padStart(3, '0')}`, version: '1.0.0', description: 'Short', _meta: LONG, ...fields };
}

const BEFORE = Array.from({ length: COUNT }, (_, index) => server(index));
const AFTER = BEFORE.with(50, server(50, { title: 'Fifty' })).slice(0, -1);

/** Where a source's rows are kept: in what is served, as when it is alone, or in a file of its own. */
function keptIn(folder: Folder, isServed: boolean): KeptFiles {
  return { rows: `${folder.path}/${isServed ? 'snapshot' : 'rows'}`, isServed, origins: `${folder.path}/origins` };
}

async function build(folder: Folder, servers: readonly unknown[], previous?: Snapshot, rules: Partial<SourceJob> = {}): Promise<Snapshot> {
  const text = JSON.stringify(servers);
  const hash = createHash('sha256').update(text).digest('hex');
  const candidates = [{ path: await folder.write('data.json', text), hash, fallback: false }];
  const source: SourceJob = { name: 's', format: 'auto', validation: 'lenient', rulesHash: 'r', candidates, ...rules };
  const host = previous === undefined ? NOTHING_SERVED : { rows: async (at: readonly number[]) => at.map((row) => previous.rowAt(row)) };
  const { block } = await runBuildJob(
    {
      registry: { name: 'r', namespace: 'n' },
      sources: [source],
      now: previous === undefined ? 1000 : 2000,
      ...(previous === undefined ? {} : { previous: previous.predecessorData() }),
    },
    host,
  );
  if (block === undefined) throw new Error('nothing was built');
  await writeFile(`${folder.path}/snapshot`, block);
  return openSnapshot(block, { verify: true });
}

function titleOf(snapshot: Snapshot): unknown {
  const item = snapshot.version('a/050', 'latest', { includeDeleted: false });
  return (JSON.parse(item?.toString() ?? '') as { server: { title?: string } }).server.title;
}

test.each([
  ['alone', true],
  ['one of several', false],
])('a source that changed is built from what is kept of it: %s', async (_, isServed) => {
  await using folder = await temporaryFolder();
  const kept = keptIn(folder, isServed);
  const first = await build(folder, BEFORE, undefined, { kept });
  const second = await build(folder, AFTER, first, { kept });
  expect(second.header.hash).toBe((await build(folder, AFTER, first)).header.hash);
  expect(titleOf(second)).toBe('Fifty');
  // The last one is a tombstone by now.
  expect([second.activeCount, second.rowCount]).toEqual([COUNT - 1, COUNT]);
});

test.each([
  ['the same rules', 'what is kept', {}, undefined],
  ['other rules', 'the data', { rulesHash: 'other' }, 'Fifty'],
])('by %s a row is taken from %s', async (_, _from, rules, title) => {
  await using folder = await temporaryFolder();
  const kept = keptIn(folder, true);
  const first = await build(folder, BEFORE, undefined, { kept });
  // As if the changed entry had produced the previous row.
  const origins = await originsOf(kept);
  const changed = createHash('sha256').update(JSON.stringify(AFTER[50])).digest('base64url');
  const forged = origins.map((origin) => (origin.position === 50 ? { ...origin, hash: changed } : origin));
  await writeFile(kept.origins, encodeOrigins(first.header.hash, forged));
  expect(titleOf(await build(folder, AFTER, first, { kept, ...rules }))).toBe(title);
});

test.each(['rows', 'origins'] as const)('without the kept %s the data are read', async (file) => {
  await using folder = await temporaryFolder();
  const kept = keptIn(folder, false);
  const first = await build(folder, BEFORE, undefined, { kept });
  await writeFile(kept[file], 'damaged');
  expect(titleOf(await build(folder, AFTER, first, { kept }))).toBe('Fifty');
});

/** Reads what encodeOrigins wrote: a hash of 32 bytes and two numbers each, behind two hashes. */
async function originsOf({ origins }: KeptFiles): Promise<RowOrigin[]> {
  const bytes = await readFile(origins);
  const found: RowOrigin[] = [];
  for (let at = 64; at < bytes.length; at += 40) {
    found.push({
      hash: bytes.toString('base64url', at, at + 32),
      position: bytes.readUInt32LE(at + 32),
      latestAt: bytes.readUInt32LE(at + 36),
    });
  }
  return found;
}
