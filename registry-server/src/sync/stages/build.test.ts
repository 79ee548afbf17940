import { expect, test } from '@jest/globals';
import { openSnapshot } from '@toolhive-registry/catalog';
import { catalog, NOTHING_SERVED, temporaryFolder } from '../../testing.ts';
import type { BuildJob } from './build-job.ts';
import { build, OutOfMemory } from './build.ts';

/** A catalog of that many servers, with descriptions of a kilobyte. */
function large(servers: number): string {
  const image = { image: 'example.com/a:1', description: 'x'.repeat(1000) };
  return JSON.stringify({ servers: Object.fromEntries(Array.from({ length: servers }, (_, index) => [`server-${index}`, image])) });
}

function jobFor(path: string): BuildJob {
  const source = {
    name: 'a',
    format: 'auto',
    validation: 'lenient',
    rulesHash: '',
    candidates: [{ path, hash: 'any', fallback: false }],
  } as const;
  return { registry: { name: 'r', namespace: 'n' }, sources: [source], now: 0 };
}

test.each([
  ['where it is asked for', JSON.stringify(catalog('a', 'b'))],
  ['in a thread', large(2000)],
])('data are built %s', async (_, content) => {
  await using folder = await temporaryFolder();
  const outcome = await build(jobFor(await folder.write('a.json', content)), NOTHING_SERVED, new AbortController().signal);
  expect(outcome.block?.byteLength).toBeGreaterThan(100);
  expect(outcome.reports).toMatchObject([{ name: 'a', used: 0, found: { first: [] } }]);
});

test('in a thread, too, what is removed from a large catalog is listed as deleted', async () => {
  await using folder = await temporaryFolder();
  const before = await build(jobFor(await folder.write('a.json', large(1000))), NOTHING_SERVED, new AbortController().signal);
  const served = openSnapshot(before.block ?? new Uint8Array(), { verify: true });
  const asked: number[] = [];
  const host = {
    rows: (positions: readonly number[]) => {
      asked.push(positions.length);
      return Promise.resolve(positions.map((row) => served.rowAt(row)));
    },
  };
  const job = { ...jobFor(await folder.write('a.json', large(1))), previous: served.predecessorData() };
  const { block, changes } = await build(job, host, new AbortController().signal);
  expect(changes).toEqual({ added: 0, changed: 0, removed: 999 });
  const next = openSnapshot(block ?? new Uint8Array(), { verify: true });
  expect([next.activeCount, next.rowCount]).toEqual([1, 1000]);
  expect(asked).toEqual([250, 250, 250, 249]);
});

test('data that need more memory than there is fail, and the program lives on', async () => {
  await using folder = await temporaryFolder();
  const job = jobFor(await folder.write('a.json', large(40_000)));
  const error: unknown = await build(job, NOTHING_SERVED, new AbortController().signal, 24).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(OutOfMemory);
  expect((error as Error).message).toContain('more memory than the 24 MiB available');
});

test('a build that is given up rejects', async () => {
  await using folder = await temporaryFolder();
  const stopping = new AbortController();
  const building = build(jobFor(await folder.write('a.json', large(20_000))), NOTHING_SERVED, stopping.signal);
  stopping.abort(new Error('stop'));
  await expect(building).rejects.toThrow('stop');
});
