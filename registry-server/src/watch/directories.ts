import { statSync, watch, type FSWatcher, type Stats } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../logger.ts';

/** A folder, and which of its entries matter; absent: all. Anything else may be written there without being noticed, such as a log. */
export interface Watched {
  readonly directory: string;
  readonly only?: RegExp;
}

/** Keeps an eye on folders and calls back when something in them has changed. */
export interface DirectoryWatch {
  /**
   * Replaces the set of watched folders. Resolved once their state is known: what is read afterwards is at least as new, and any later
   * change is reported.
   */
  set(watched: readonly Watched[]): Promise<void>;
  close(): void;
}

/** The link that a mounted ConfigMap's folder exchanges when its content changes (Kubernetes' atomic writer). */
export const VOLUME_LINK = '..data';

/** Editors and the kubelet change a folder in several steps; they are one change. */
const SETTLE_MS = 100;
/** A slow look at everything, for file systems that send no events and for what lies behind links. */
const POLL_MS = 15_000;
/** Most entries of a folder that are looked at. */
const MAX_ENTRIES = 2_000;

/** A folder as it was last seen. */
interface Seen {
  readonly only: readonly (RegExp | undefined)[];
  /** Undefined: not looked at yet. */
  fingerprint: string | undefined;
  /** What was watched in the folder before: a change since then is not lost. */
  before?: Seen | undefined;
}

/**
 * Watches folders, not files: a ConfigMap volume changes by exchanging the link `..data`, and editors replace files. Reports
 * without detail; who is called reads again and compares.
 */
export function watchDirectories(onChange: () => void, logger: Logger, pollMs = POLL_MS): DirectoryWatch {
  const watchers = new Map<string, { readonly inode: number; readonly watcher: FSWatcher }>();
  const seen = new Map<string, Seen>();
  let looking = Promise.resolve();
  let settling: NodeJS.Timeout | undefined;
  let closed = false;

  function look(): Promise<void> {
    looking = looking.then(async () => {
      let changed = false;
      for (const [directory, state] of seen) {
        const now = await fingerprint(directory, state.only);
        const { before } = state;
        // Looked at after the new state, so that nothing falls between the two.
        const asBefore = before === undefined ? now : await fingerprint(directory, before.only);
        const then = (before ?? state).fingerprint;
        changed ||= then !== undefined && then !== asBefore;
        state.fingerprint = now;
        state.before = undefined;
      }
      if (changed && !closed) onChange();
    });
    return looking;
  }

  function open(directory: string): void {
    try {
      const inode = statSync(directory).ino;
      const known = watchers.get(directory);
      if (known?.inode === inode) return;
      // Another folder of that name by now: the old watch hears nothing of it.
      drop(directory);
      const watcher = watch(directory, { persistent: false }, () => {
        clearTimeout(settling);
        settling = setTimeout(() => void look(), SETTLE_MS);
      });
      watcher.on('error', (error) => {
        logger.warn({ directory, err: error.message }, 'a folder is no longer watched; it is looked at every 15 seconds');
        drop(directory);
      });
      watchers.set(directory, { inode, watcher });
    } catch {
      // Not there (yet): the slow look finds it.
      drop(directory);
    }
  }

  function drop(directory: string): void {
    watchers.get(directory)?.watcher.close();
    watchers.delete(directory);
  }

  const poll = setInterval(() => {
    for (const directory of seen.keys()) open(directory);
    void look();
  }, pollMs);
  poll.unref();

  return {
    set: (watched) => {
      const wanted = Map.groupBy(watched, ({ directory }) => directory);
      for (const directory of seen.keys()) {
        if (wanted.has(directory)) continue;
        seen.delete(directory);
        drop(directory);
      }
      let added = false;
      for (const [directory, parts] of wanted) {
        const only = parts.map((part) => part.only);
        const before = seen.get(directory);
        if (String(before?.only) === String(only)) continue;
        seen.set(directory, { only, fingerprint: undefined, before: before?.before ?? before });
        open(directory);
        added = true;
      }
      return added ? look() : looking;
    },
    close: () => {
      closed = true;
      clearInterval(poll);
      clearTimeout(settling);
      for (const directory of watchers.keys()) drop(directory);
    },
  };
}

/** Changes when an entry that matters is added, removed, replaced or written; not when something deeper does. */
async function fingerprint(directory: string, only: readonly (RegExp | undefined)[]): Promise<string> {
  const matters = (name: string): boolean => only.some((pattern) => pattern === undefined || pattern.test(name));
  // The order is the file system's own, and stays while nothing changes.
  const names = (await readdir(directory).catch(() => [])).filter(matters).slice(0, MAX_ENTRIES);
  const entries = await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const own = await lstat(path).catch(() => undefined);
      // What a link leads to may change while the link stays.
      const target = own?.isSymbolicLink() === true ? await stat(path).catch(() => undefined) : undefined;
      return `${name} ${trace(own)} ${trace(target)}`;
    }),
  );
  return entries.join('\n');
}

function trace(stats: Stats | undefined): string {
  if (stats === undefined) return '-';
  // A folder's size and time change with what is in it, and the server's own storage may be such a folder.
  return stats.isDirectory() ? `${stats.ino}` : `${stats.ino} ${stats.size} ${stats.mtimeMs}`;
}
