import { readdir } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { encodeSource, openSnapshot, readSource, type Snapshot } from '@toolhive-registry/catalog';
import { temporaryFolder } from '../../testing.ts';
import { createCatalogFiles, type FileBody } from './catalog-files.ts';

/** A snapshot of a hundred servers of that version. */
function snapshotOf(version: number): Snapshot {
  const servers = Array.from({ length: 100 }, (_, index) => ({
    name: `a/${index}`,
    version: `${version}.0.0`,
    description: 'd'.repeat(200),
  }));
  const bytes = Buffer.from(JSON.stringify(servers));
  const draft = readSource({ name: 's', format: 'auto', filters: [] }, { bytes }, { now: 0 });
  return openSnapshot(encodeSource({ registry: { name: 'r', namespace: 'n' }, draft, rules: '', now: 0 }).block, { verify: true });
}

async function contentOf(file: FileBody): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of file.read()) pieces.push(piece);
  return Buffer.concat(pieces);
}

test('a request during a change of catalogs gets a complete file of the one that was served then', async () => {
  await using folder = await temporaryFolder();
  const files = createCatalogFiles(`${folder.path}/files`);
  const snapshots = [1, 2, 3, 4, 5, 6, 7, 8].map(snapshotOf);
  const asked: Promise<void>[] = [];
  const check = async (snapshot: Snapshot, version: number): Promise<void> => {
    const { plain, gzip } = await files.of(snapshot, 'upstream');
    const content = await contentOf(plain);
    expect(content.length).toBe(plain.bytes);
    const { data } = JSON.parse(content.toString()) as { data: { servers: { version: string }[] } };
    expect(new Set(data.servers.map((server) => server.version))).toEqual(new Set([`${version}.0.0`]));
    expect(gunzipSync(await contentOf(gzip)).equals(content)).toBe(true);
  };
  for (const [index, snapshot] of snapshots.entries()) {
    for (let time = 0; time < 3; time += 1) asked.push(check(snapshot, index + 1));
    // Some ask for what was served just before, as a request in flight does; others come while the file is being made.
    const before = snapshots[index - 1];
    if (before !== undefined) asked.push(check(before, index));
    await new Promise((resolve) => setImmediate(resolve));
  }
  await Promise.all(asked);
});

test('one that would be too large is refused, and not tried again', async () => {
  await using folder = await temporaryFolder();
  const files = createCatalogFiles(`${folder.path}/files`, 1_000);
  const snapshot = snapshotOf(1);
  const first = files.of(snapshot, 'upstream');
  await expect(first).rejects.toMatchObject({ code: 'fileTooLarge', message: expect.stringContaining('more than 1000 bytes') });
  expect(files.of(snapshot, 'upstream')).toBe(first);
  expect(await readdir(`${folder.path}/files`)).toEqual([]);
});
