import { copyFile, link, mkdir, open, readdir, rename, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { readHeader, type Snapshot, type SnapshotHeader } from '@toolhive-registry/catalog';
import { codeOf } from '../errors.ts';
import { syncFolder, writeAtomic } from './atomic.ts';

/** A snapshot that is kept, so that it can be served again. */
export interface KeptSnapshot extends Pick<SnapshotHeader, 'hash' | 'createdAt' | 'serverCount'> {
  readonly path: string;
}

/** The last good snapshots, the newest first. */
export interface SnapshotRing {
  readonly list: () => readonly KeptSnapshot[];
  /** The one whose hash begins so; undefined: there is none, or several. */
  find(hash: string): KeptSnapshot | undefined;
  /** Keeps a snapshot as the newest; the oldest makes room, unless its hash begins with `pinned`. */
  add(snapshot: Snapshot, pinned?: string): Promise<void>;
}

/** Most snapshots that are kept. */
const MAX_KEPT = 5;
/** A header has the name, the groups and the counts of each source; findings are elsewhere. */
const MAX_HEADER = 4 * 1024 * 1024;
/** Fewer digits of a hash are no name. */
const MIN_DIGITS = 8;
const FILE = /^[0-9a-f]{64}$/;

/** Opens the ring in a folder. What is damaged at its head is removed; the rest is checked by who opens it. */
export async function openRing(folder: string): Promise<SnapshotRing> {
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error;
  });
  let kept = await readRing(folder);

  return {
    list: () => kept,
    find: (hash) => {
      const wanted = hash.toLowerCase();
      const found = wanted.length < MIN_DIGITS ? [] : kept.filter((one) => one.hash.startsWith(wanted));
      return found.length === 1 ? found[0] : undefined;
    },
    add: async (snapshot, pinned) => {
      const { hash, createdAt, serverCount } = snapshot.header;
      const path = join(folder, hash);
      const before = kept.find((one) => one.hash === hash);
      if (before === undefined) await writeAtomic(path, snapshot.block);
      const now = new Date();
      // The order outlives the program.
      await utimes(path, now, now);
      const others = kept.filter((one) => one.hash !== hash);
      const room = others.filter((one, index) => index < MAX_KEPT - 1 || isPinned(one, pinned));
      kept = [before ?? { hash, createdAt, serverCount, path }, ...room];
      for (const one of others) if (!room.includes(one)) await rm(one.path, { force: true });
    },
  };
}

function isPinned({ hash }: KeptSnapshot, pinned: string | undefined): boolean {
  return pinned !== undefined && pinned.length >= MIN_DIGITS && hash.startsWith(pinned);
}

/** Gives a file another name as well, in the place of what has that name, without copying it where the file system can do that. */
export async function replaceByLink(file: string, name: string): Promise<void> {
  const temporary = `${name}.${Date.now().toString(16).padStart(12, '0').slice(-12)}.tmp`;
  await rm(temporary, { force: true });
  await link(file, temporary).catch(() => copyFile(file, temporary));
  await rename(temporary, name);
  await syncFolder(join(name, '..'));
}

async function readRing(folder: string): Promise<KeptSnapshot[]> {
  const found: { readonly at: number; readonly snapshot: KeptSnapshot }[] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const read = FILE.test(name) ? await readKept(path).catch(() => undefined) : undefined;
    if (read?.snapshot.hash === name) found.push(read);
    else await rm(path, { force: true });
  }
  return found.toSorted((a, b) => b.at - a.at).map(({ snapshot }) => snapshot);
}

async function readKept(path: string): Promise<{ readonly at: number; readonly snapshot: KeptSnapshot }> {
  await using file = await open(path, 'r');
  const { size, mtimeMs } = await file.stat();
  const bytes = Buffer.alloc(Math.min(size, MAX_HEADER));
  await file.read(bytes, 0, bytes.length, 0);
  const { hash, createdAt, serverCount } = readHeader(bytes);
  return { at: mtimeMs, snapshot: { hash, createdAt, serverCount, path } };
}
