import { expect, test } from '@jest/globals';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import { eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder } from '../testing.ts';

const entry = (name: string, fields: object = {}): object => ({ name, version: '1.0.0', description: `What ${name} does`, ...fields });

const MANIFEST = manifest(
  {
    sources: [
      { name: 'first', type: 'configmap', configmap: { name: 'one' } },
      { name: 'second', type: 'configmap', configmap: { name: 'two' } },
      { name: 'away', type: 'file', file: { path: 'away.json' } },
    ],
  },
  {
    one: { 'registry.json': [entry('a/good'), entry('a/mended', { repository: {} }), entry('a/lost', { version: '1.0.1º' })] },
    two: { 'registry.json': [entry('a/good', { version: '2.0.0' }), entry('b/good')] },
  },
);

test('the line of a sync has counts, bytes and durations, of the whole and of each source', async () => {
  const lines: Record<string, unknown>[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>);
      done();
    },
  });
  await using folder = await temporaryFolder();
  await using server = await serverFor(folder, await folder.write('registry.yaml', MANIFEST), { logger: pino({ level: 'debug' }, sink) });
  await eventually(() => serverNames(server.url), has('a/good', 'a/mended', 'b/good'));
  const status = await eventually(
    () => statusOf(server.url),
    ({ syncing, sources }) => !syncing && sources.every(({ state }) => state !== 'pending'),
  );
  const [line] = lines.filter(({ msg }) => msg === 'synced');
  const ms = expect.any(Number);
  const counts = status.sources.map((source) => source.counts);
  expect(line).toMatchObject({
    type: 'automatic',
    servers: 3,
    changed: true,
    added: 3,
    leftOut: 1,
    repaired: 1,
    durationMs: ms,
    buildMs: ms,
  });
  expect(line).toMatchObject({ hash: status.snapshotHash?.slice(0, 12), bytes: expect.any(Number) });
  const sources = line?.['sources'] as { name: string }[];
  expect(sources.toSorted((one, other) => (one.name < other.name ? -1 : 1))).toEqual([
    { name: 'away', result: 'SourceNotFound', fetchMs: ms, ...counts[2] },
    { name: 'first', result: 'success', fetchMs: ms, bytes: ms, ...counts[0] },
    { name: 'second', result: 'success', fetchMs: ms, bytes: ms, ...counts[1] },
  ]);

  await fetch(`${server.url}/registry/sync?source=first`, { method: 'POST' });
  const next = await eventually(
    () => lines.filter(({ msg }) => msg === 'synced')[1],
    (found) => found !== undefined,
  );
  // Nothing was built, and nobody else was asked.
  expect(next).toMatchObject({ type: 'manual', changed: false, sources: [{ name: 'first', result: 'success', fetchMs: ms }] });
  expect(next).not.toHaveProperty('buildMs');
});
