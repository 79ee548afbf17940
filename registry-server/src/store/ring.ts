import { copyFile, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readHeader, type Snapshot, type SnapshotHeader } from '@toolhive-registry/catalog';
import { syncFolder, writeAtomic } from './atomic.ts';

/** A snapshot that is kept, so that it can be served again. */
export interface KeptSnapshot extends Pick<SnapshotHeader, 'hash' | 'createdAt' | 'serverCount'> {
  readonly path: string;
}

/** The last good snapshots, the newest first. */
export interface SnapshotRing {
  readonly list: () => readonly KeptSnapshot[];
  /** Reads the folder again. Snapshots with a damaged header are removed; the rest is checked on opening. */
  refresh(): Promise<void>;
  /** The one whose hash begins with this; undefined: there is none, or several. */
  find(hash: string): KeptSnapshot | undefined;
  /** Keeps a snapshot as the newest; the oldest makes room, unless its hash begins with `pinned`. Returns the file. */
  add(snapshot: Snapshot, pinned?: string): Promise<string>;
}

/** Maximum number of snapshots that are kept. */
const MAX_KEPT = 5;
/** A header has the name, the groups and the counts of each source; findings are elsewhere. */
const MAX_HEADER = 4 * 1024 * 1024;
/** Fewer digits do not identify a hash. */
const MIN_DIGITS = 8;
const FILE = /^[0-9a-f]{64}$/;
const OURS = /^[0-9a-f]{64}(?:\.[0-9a-f]{12}\.tmp)?$/;

/** Creates the folder of a ring. It is empty until it is refreshed. */
export async function openRing(folder: string): Promise<SnapshotRing> {
  await makeFolder(folder);
  let kept: readonly KeptSnapshot[] = [];

  return {
    list: () => kept,
    refresh: async () => {
      kept = await readRing(folder);
    },
    find: (hash) => {
      const wanted = hash.toLowerCase();
      const found = wanted.length < MIN_DIGITS ? [] : kept.filter((one) => one.hash.startsWith(wanted));
      return found.length === 1 ? found[0] : undefined;
    },
    add: async (snapshot, pinned) => {
      const { hash, createdAt, serverCount } = snapshot.header;
      const path = join(folder, hash);
      // The hash covers answers only: the same snapshot may have been rebuilt after sources were renamed.
      await writeAtomic(path, snapshot.block);
      const others = kept.filter((one) => one.hash !== hash);
      const room = others.filter((one, index) => index < MAX_KEPT - 1 || isPinned(one, pinned));
      kept = [{ hash, createdAt, serverCount, path }, ...room];
      for (const one of others) if (!room.includes(one)) await rm(one.path, { force: true });
      return path;
    },
  };
}

function isPinned({ hash }: KeptSnapshot, pinned: string | undefined): boolean {
  return pinned !== undefined && pinned.length >= MIN_DIGITS && hash.startsWith(pinned);
}

/** Gives a file another name as well, in place of what has that name, without copying it where the file system can do that. */
export async function replaceByLink(file: string, name: string): Promise<void> {
  const temporary = `${name}.${Date.now().toString(16).padStart(12, '0').slice(-12)}.tmp`;
  await rm(temporary, { force: true });
  await link(file, temporary).catch(() => copyFile(file, temporary));
  await rename(temporary, name);
  await syncFolder(join(name, '..'));
}

/** Whatever else has its name makes room. */
async function makeFolder(folder: string): Promise<void> {
  const is = await stat(folder).catch(() => undefined);
  if (is?.isDirectory() === true) return;
  await rm(folder, { force: true });
  await mkdir(folder, { mode: 0o700 });
}

async function readRing(folder: string): Promise<KeptSnapshot[]> {
  const found: KeptSnapshot[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const kept = FILE.test(name) ? await readKept(path).catch(() => undefined) : undefined;
    if (kept?.hash === name) found.push(kept);
    // Other names are not ours, such as lost+found; of ours only snapshots are usable.
    else if (OURS.test(name)) await rm(path, { recursive: true, force: true });
  }
  return found.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
}

async function readKept(path: string): Promise<KeptSnapshot> {
  await using file = await open(path, 'r');
  const bytes = Buffer.alloc(Math.min((await file.stat()).size, MAX_HEADER));
  await file.read(bytes, 0, bytes.length, 0);
  const { hash, createdAt, serverCount } = readHeader(bytes);
  return { hash, createdAt, serverCount, path };
}
