import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { LastChange, RegistryHistory, RegistryStatusDocument, SyncRecord } from '@toolhive-registry/api';
import { catalog, eventually, has, manifest, serverFor, serverNames, statusOf, temporaryFolder, type Folder } from '../testing.ts';
import { storedChange } from './history.ts';

const ROLLBACK = 'toolhive.stacklok.dev/rollback-to';

/** A manifest and its data. */
async function write(folder: Folder, names: readonly string[], annotations: Record<string, string> = {}): Promise<string> {
  await folder.write('catalog.json', JSON.stringify(catalog(...names)));
  return folder.write('registry.yaml', manifest({ source: { type: 'file', file: { path: 'catalog.json' } } }, {}, { annotations }));
}

async function historyOf(url: string): Promise<RegistryHistory> {
  return (await (await fetch(`${url}/registry/history`)).json()) as RegistryHistory;
}

/** Waits until these are served and nothing is asked or built. */
async function serving(url: string, ...names: string[]): Promise<RegistryStatusDocument> {
  await eventually(() => serverNames(url), has(...names));
  return eventually(
    () => statusOf(url),
    ({ syncing, lastSync }) => !syncing && lastSync !== null,
  );
}

/** Asks for a sync that finds nothing new, and waits for it. */
async function syncInVain(url: string): Promise<void> {
  const { lastSync } = await statusOf(url);
  await fetch(`${url}/registry/sync`, { method: 'POST' });
  await eventually(
    () => statusOf(url),
    (status) => !status.syncing && status.lastSync?.type === 'manual' && status.lastSync.completionTime !== lastSync?.completionTime,
  );
}

describe('the last change of what is served', () => {
  test('is what the history says of its sync, and stays while syncs find nothing new', async () => {
    await using folder = await temporaryFolder();
    await using server = await serverFor(folder, await write(folder, ['a', 'b', 'c']));
    const first = await serving(server.url, 'a', 'b', 'c');
    expect(first.lastChange).toEqual({ hash: first.snapshotHash, added: 3, changed: 0, removed: 0 });
    await write(folder, ['a', 'd']);
    const second = await serving(server.url, 'a', 'd');
    expect(second.lastChange).toEqual({ hash: second.snapshotHash, added: 1, changed: 0, removed: 2 });
    // The file may have been looked at once more since, in vain.
    const record = (await historyOf(server.url)).syncs.find(({ completionTime }) => completionTime === second.lastChangeTime);
    expect(record).toMatchObject({ ...second.lastChange });
    await syncInVain(server.url);
    expect((await historyOf(server.url)).syncs[0]).toMatchObject({ added: 0, removed: 0 });
    expect(await statusOf(server.url)).toMatchObject({ lastChange: second.lastChange, lastChangeTime: second.lastChangeTime });
  });

  test('is absent while nothing is served', async () => {
    await using folder = await temporaryFolder();
    const config = await write(folder, ['a']);
    await folder.write('catalog.json', '{');
    await using server = await serverFor(folder, config);
    const status = await eventually(
      () => statusOf(server.url),
      ({ lastSync }) => lastSync !== null,
    );
    expect(status).not.toHaveProperty('lastChange');
  });

  test('is that of the rollback while an earlier snapshot is served, and that of its end afterwards', async () => {
    await using folder = await temporaryFolder();
    await using server = await serverFor(folder, await write(folder, ['a', 'b', 'c']));
    const first = await serving(server.url, 'a', 'b', 'c');
    await eventually(
      () => historyOf(server.url),
      ({ snapshots }) => snapshots.length > 0,
    );
    await write(folder, ['d']);
    await serving(server.url, 'd');
    await write(folder, ['d'], { [ROLLBACK]: first.snapshotHash ?? '' });
    const back = await serving(server.url, 'a', 'b', 'c');
    expect(back.lastChange).toEqual({ hash: back.snapshotHash, added: 3, changed: 0, removed: 1 });
    await write(folder, ['d']);
    const end = await serving(server.url, 'd');
    expect(end.lastChange).toEqual({ hash: end.snapshotHash, added: 1, changed: 0, removed: 3 });
  });

  test('outlives a restart, and is known to a replica that was seeded, also by a state that does not have it', async () => {
    await using folder = await temporaryFolder();
    const config = await write(folder, ['a', 'b']);
    let before: RegistryStatusDocument;
    {
      await using server = await serverFor(folder, config);
      await serving(server.url, 'a', 'b');
      await write(folder, ['a']);
      before = await serving(server.url, 'a');
      await syncInVain(server.url);
    }
    expect(before.lastChange).toMatchObject({ added: 0, removed: 1 });
    const { lastChange, lastChangeTime } = before;
    {
      await using again = await serverFor(folder, config, { internal: true });
      expect(await serving(again.url, 'a')).toMatchObject({ lastChange, lastChangeTime });
      await using other = await serverFor(folder, config, { storage: join(folder.path, 'second'), seedFrom: again.internalUrl });
      expect(await serving(other.url, 'a')).toMatchObject({ lastChange, lastChangeTime });
      expect((await historyOf(other.url)).syncs.map(({ type }) => type)).toContain('seeded');
    }
    const path = join(folder.path, 'storage/state');
    const { lastChange: stored, ...state } = JSON.parse(await readFile(path, 'utf8')) as { lastChange: unknown };
    expect(stored).toEqual(lastChange);
    await writeFile(path, JSON.stringify(state));
    await using older = await serverFor(folder, config);
    expect(await serving(older.url, 'a')).toMatchObject({ lastChange, lastChangeTime });
  });

  test('is absent where the state that goes with the snapshot was lost, and known again with the next change', async () => {
    await using folder = await temporaryFolder();
    const config = await write(folder, ['a']);
    {
      await using server = await serverFor(folder, config);
      await serving(server.url, 'a');
    }
    await writeFile(join(folder.path, 'storage/state'), '{}');
    await using again = await serverFor(folder, config);
    expect(await serving(again.url, 'a')).not.toHaveProperty('lastChange');
    await write(folder, ['a', 'b']);
    const { lastChange, snapshotHash } = await serving(again.url, 'a', 'b');
    expect(lastChange).toEqual({ hash: snapshotHash, added: 1, changed: 0, removed: 0 });
  });
});

describe('the last change by what is stored', () => {
  const sync = (hash: string | null, added: number, type: SyncRecord['type'] = 'automatic'): SyncRecord => ({
    type,
    startTime: '2026-01-01T00:00:00Z',
    completionTime: '2026-01-01T00:00:01Z',
    hash,
    serverCount: 1,
    result: 'completed',
    attemptCount: 0,
    errorMessage: null,
    added,
    changed: 0,
    removed: 0,
  });
  const change = (hash: string, added: number): LastChange => ({ hash, added, changed: 0, removed: 0 });
  test.each<[string, LastChange | undefined, SyncRecord[], string | undefined, LastChange | undefined]>([
    ['what was remembered counts first', change('b', 7), [sync('b', 2)], 'b', change('b', 7)],
    ['one of another snapshot does not count', change('a', 7), [sync('a', 7), sync('b', 2)], 'b', change('b', 2)],
    ['syncs that changed nothing are passed over', undefined, [sync('a', 1), sync('b', 2), sync('b', 0)], 'b', change('b', 2)],
    ['a seed is no change', undefined, [sync('b', 2), sync('b', 0, 'seeded')], 'b', change('b', 2)],
    ['a forgotten change is not known', undefined, [sync('b', 0), sync('b', 0)], 'b', undefined],
    [
      'what was served by the same hash before others does not count',
      undefined,
      [sync('b', 2), sync('a', 1), sync('b', 0)],
      'b',
      undefined,
    ],
    ['a snapshot that no sync speaks of', change('a', 1), [sync('a', 1)], 'b', undefined],
    ['nothing is served', change('a', 1), [sync(null, 0)], undefined, undefined],
    ['nothing is stored', undefined, [], 'b', undefined],
  ])('%s', (_, lastChange, history, hash, expected) => {
    expect(storedChange(lastChange === undefined ? {} : { lastChange }, history, hash)).toEqual(expected);
  });
});
