import { createHash } from 'node:crypto';
import { access, constants, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { LastChange, LastSync, SourceReason, SyncRecord } from '@toolhive-registry/api';
import { openSnapshot, SnapshotError, type Snapshot } from '@toolhive-registry/catalog';
import { chunksOf } from '../chunks.ts';
import type { SeedFile } from '../seed/frames.ts';
import { codeOf, messageOf, StartError } from '../errors.ts';
import { syncFolder, writeAtomic } from './atomic.ts';
import { openIncoming, type Incoming } from './incoming.ts';
import type { GoodData, SourceMemory } from './good-data.ts';
import { lockFolder, type LockOptions } from './lock.ts';
import { openRing, replaceByLink, type SnapshotRing } from './ring.ts';

/** The persisted state of a source. */
export interface RememberedSource extends SourceMemory {
  /** Its place as a text, so that it is recognized under another name. */
  readonly place?: string;
  /** Why the rules of that time refuse even the last good data, which are served all the same. */
  readonly refusal?: { readonly reason: SourceReason; readonly message: string };
}

/** The persisted state, besides the data. */
export interface StoreState {
  readonly registry: { readonly name: string; readonly namespace: string };
  /** Hash of everything in the manifest that affects the snapshot. */
  readonly rulesHash: string;
  /** Hash of the snapshot that this state belongs to. Absent: stored by an earlier version. */
  readonly snapshotHash?: string | null;
  readonly sources: Readonly<Record<string, RememberedSource>>;
  readonly lastChangeTime: string | null;
  /** What that change did. Absent: not known, or of an earlier version. */
  readonly lastChange?: LastChange;
  /** Last value of the sync-trigger annotation that was handled. */
  readonly lastSyncTrigger: string | null;
  /** Hash of the snapshot that someone asked to go back to. Absent: nobody did. */
  readonly rollbackTo?: string;
  /** Hash of the earlier snapshot that is served. */
  readonly rolledBackTo?: string;
  /** The last syncs, the newest last. */
  readonly history: readonly (LastSync & Partial<SyncRecord>)[];
}

/** What an earlier run left behind. */
export interface StoredData {
  readonly snapshot?: Snapshot;
  readonly state?: StoreState;
  readonly problem?: string;
}

/** The storage folder: snapshot, raw data of each source, state. Every file is replaced as a whole. */
export interface Store {
  /** The file with last good data. */
  goodPath(data: GoodData): string;
  /** Cache files for the last good data of a source, only to save time. A source that is alone has its rows in the snapshot. */
  keptFiles(source: string, isAlone: boolean): { readonly rows: string; readonly isServed: boolean; readonly origins: string };
  /** Whether last good data are there. */
  hasGood(data: GoodData): Promise<boolean>;
  /** The state of an earlier run. Damaged parts are left out and named in `problem`. */
  load(): Promise<StoredData>;
  /** Adopts last good data that a lost state did not mention: otherwise their servers would vanish. */
  adopt(sources: readonly string[]): Promise<Record<string, SourceMemory>>;
  /** Snapshots that can be served again. */
  readonly ring: SnapshotRing;
  /** Replaces the stored snapshot, the one that is served. A `good` one goes into the ring as well; `pinned` is to stay there. */
  saveSnapshot(snapshot: Snapshot, keep: { readonly good: boolean; readonly pinned?: string | undefined }): Promise<void>;
  /** Starts receiving new data of a source. */
  receive(source: string): Promise<Incoming>;
  /** Promotes staged data to last good data. The previous ones stay until they are removed. */
  promote(data: GoodData, stagedPath: string): Promise<void>;
  /** Removes staged data that were refused. Never rejects. */
  discard(stagedPath: string): Promise<void>;
  /** Removes data that are no longer the last good ones, and everything of sources that are no longer in the manifest. */
  forgetOthers(sources: readonly string[], kept: readonly GoodData[]): Promise<void>;
  saveState(state: StoreState): Promise<void>;
  /** Whether nothing is stored that could be served. */
  isEmpty(): Promise<boolean>;
  /** The open files that another replica needs to start from the state of this one. Missing ones are left out. */
  seed(good: readonly GoodData[]): Promise<SeedFile[]>;
  /** Adds a file of another replica. Throws an Error for a file that does not belong to a storage. */
  takeSeed(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Releases the folder. */
  close(): Promise<void>;
}

/** Names the form of the folder. */
const FORMAT = '2\n';

/** Makes the storage folder and checks that it can be written. Throws {@link StartError} when not. */
export async function openStore(folder: string, lock: LockOptions = { onWait: () => undefined }): Promise<Store> {
  const sources = join(folder, 'sources');
  let unlock: () => Promise<void>;
  let ring: SnapshotRing;
  try {
    await makeFolder(resolve(sources));
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    unlock = await lockFolder(folder, lock);
    // First, because it may free the space for what follows.
    await clean(folder, /^(format|snapshot|state)\.[0-9a-f]{12}\.tmp$/);
    await clean(sources, /\.(tmp|staged)$/);
    await writeFormat(join(folder, 'format'));
    ring = await openRing(join(folder, 'snapshots'));
  } catch (cause) {
    if (cause instanceof StartError) throw cause;
    throw new StartError(1, `--storage-path ${folder}: cannot be written (${codeOf(cause) ?? messageOf(cause)}); name another folder`, {
      cause,
    });
  }
  const snapshotPath = join(folder, 'snapshot');
  // No `.json`: the folder may be one whose manifests are watched.
  const statePath = join(folder, 'state');
  // No dots in names of sources. A part of the hash tells the data of one source apart.
  const goodName = ({ source, hash }: GoodData): string => `${source}.${hash.slice(0, 16)}.good`;
  const goodPath = (data: GoodData): string => join(sources, goodName(data));
  /** Someone may have removed the folder meanwhile: it is made again. */
  async function healing<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' && codeOf(error instanceof Error ? error.cause : undefined) !== 'ENOENT') throw error;
      await makeFolder(resolve(sources));
      return write();
    }
  }

  return {
    goodPath,
    keptFiles: (source, isAlone) => ({
      rows: isAlone ? snapshotPath : join(sources, `${source}.rows`),
      isServed: isAlone,
      origins: join(sources, `${source}.origins`),
    }),
    load: async () => {
      await ring.refresh();
      const [snapshot, state] = await Promise.all([loadSnapshot(snapshotPath), loadState(statePath)]);
      const problem = snapshot.problem ?? state.problem;
      return {
        ...(snapshot.value === undefined ? {} : { snapshot: snapshot.value }),
        ...(state.value === undefined ? {} : { state: state.value }),
        ...(problem === undefined ? {} : { problem }),
      };
    },
    hasGood: (data) =>
      access(goodPath(data), constants.R_OK).then(
        () => true,
        () => false,
      ),
    adopt: async (names) => {
      const files = await readdir(sources);
      const found = await Promise.all(
        names.map(async (source) => {
          const own = files.filter((file) => file.startsWith(`${source}.`) && file.endsWith('.good'));
          const memories = (await Promise.all(own.map((file) => memoryOfFile(join(sources, file))))).flatMap((memory) => memory ?? []);
          return memories
            .toSorted((a, b) => (a.lastSuccessTime < b.lastSuccessTime ? 1 : -1))
            .slice(0, 1)
            .map((memory) => [source, memory] as const);
        }),
      );
      return Object.fromEntries(found.flat());
    },
    receive: (source) => healing(() => openIncoming(sources, source)),
    ring,
    saveSnapshot: (snapshot, { good, pinned }) =>
      healing(async () => {
        if (good) await replaceByLink(await ring.add(snapshot, pinned), snapshotPath);
        else await writeAtomic(snapshotPath, snapshot.block);
      }),
    promote: async (data, staged) => {
      await rename(staged, goodPath(data));
      await syncFolder(sources);
    },
    discard: (staged) => rm(staged, { force: true }).catch(() => undefined),
    forgetOthers: async (kept, good) => {
      const names = new Set(kept);
      const files = new Set(good.map(goodName));
      for (const file of await readdir(sources)) {
        const isKept = file.endsWith('.good') ? files.has(file) : names.has(file.split('.', 1)[0] ?? '');
        if (!isKept) await rm(join(sources, file), { force: true });
      }
    },
    isEmpty: async () => {
      const snapshot = await stat(snapshotPath).catch(() => undefined);
      return snapshot === undefined && !(await readdir(sources)).some((file) => file.endsWith('.good'));
    },
    seed: async (good) => {
      const names = [
        ...good.map((data) => `sources/${goodName(data)}`),
        'snapshot',
        // This is enough to serve; optional files come afterwards.
        'state',
        ...ring.list().map(({ hash }) => `snapshots/${hash}`),
      ];
      const files = await Promise.all(names.map((name) => openForSeed(folder, name)));
      return files.flatMap((file) => file ?? []);
    },
    takeSeed: async (name, content) => {
      if (!SEED_NAME.test(name)) throw new Error(`"${name.slice(0, 100)}" is not a file of a storage`);
      const path = join(folder, name);
      const temporary = `${path}.${SEED_SUFFIX}`;
      const file = await open(temporary, 'w', 0o600);
      try {
        for await (const piece of content) await file.writeFile(piece);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(temporary, path);
    },
    close: () => unlock(),
    saveState: (state) => healing(() => writeAtomic(statePath, JSON.stringify(state))),
  };
}

/** A folder that holds it already needs no room. */
async function writeFormat(path: string): Promise<void> {
  const written = await readFile(path, 'utf8').catch(() => undefined);
  if (written !== FORMAT) await writeAtomic(path, FORMAT);
}

/** What another replica may send beside the state. */
const SEED_NAME = /^(?:snapshot|snapshots\/[0-9a-f]{64}|sources\/[a-z0-9-]{1,63}\.[0-9a-f]{16}\.good)$/;
/** As of an interrupted write: removed with the next start. */
const SEED_SUFFIX = '000000000000.tmp';

async function openForSeed(folder: string, name: string): Promise<SeedFile | undefined> {
  try {
    const file = await open(join(folder, name), 'r');
    return { name, file, size: (await file.stat()).size };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

async function memoryOfFile(path: string): Promise<SourceMemory | undefined> {
  try {
    await using file = await open(path, 'r');
    const hash = createHash('sha256');
    for await (const chunk of chunksOf(file)) hash.update(chunk);
    const { mtime, size } = await file.stat();
    return { hash: hash.digest('hex'), bytes: size, lastSuccessTime: mtime.toISOString() };
  } catch {
    return undefined;
  }
}

/** Not Node's own `recursive`: below /proc, where nothing can be made, that never ends. */
async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(folder);
  try {
    await mkdir(folder, { mode: 0o700 });
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
    if (codeOf(error) !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent);
    await mkdir(folder, { mode: 0o700 });
  }
}

/** Removes what an interrupted write left behind. */
async function clean(folder: string, leftovers: RegExp): Promise<void> {
  for (const file of await readdir(folder)) if (leftovers.test(file)) await rm(join(folder, file), { force: true });
}

interface Loaded<T> {
  readonly value?: T;
  readonly problem?: string;
}

async function loadSnapshot(path: string): Promise<Loaded<Snapshot>> {
  try {
    return { value: openSnapshot(new Uint8Array(await readFile(path)), { verify: true }) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    return { problem: `the stored snapshot is not used: ${error instanceof SnapshotError ? error.message : messageOf(error)}` };
  }
}

async function loadState(path: string): Promise<Loaded<StoreState>> {
  try {
    const state = JSON.parse(await readFile(path, 'utf8')) as Partial<StoreState>;
    const { registry, sources, history } = state;
    if (typeof registry?.name !== 'string' || typeof sources !== 'object' || !Array.isArray(history))
      return { problem: 'the stored state is not used: it has another format' };
    return { value: state as StoreState };
  } catch (error) {
    return codeOf(error) === 'ENOENT' ? {} : { problem: `the stored state is not used: ${messageOf(error)}` };
  }
}
