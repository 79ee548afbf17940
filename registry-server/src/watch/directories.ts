import { watch, type FSWatcher } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from '../logger.ts';

/** Keeps an eye on folders and calls back when something in them has changed. */
export interface DirectoryWatch {
  /**
   * Replaces the set of watched folders. Resolved once their state is known: what is read afterwards is at least as new, and any later
   * change is reported.
   */
  set(directories: readonly string[]): Promise<void>;
  close(): void;
}

/** Editors and the kubelet change a folder in several steps; they are one change. */
const SETTLE_MS = 100;
/** A slow look at everything, for file systems that send no events. */
const POLL_MS = 15_000;
/** Most entries of a folder that are looked at. */
const MAX_ENTRIES = 2_000;

/**
 * Watches folders, not files: a ConfigMap volume changes by exchanging the link `..data`, and editors replace files. Reports
 * without detail; who is called reads again and compares.
 */
export function watchDirectories(onChange: () => void, logger: Logger): DirectoryWatch {
  const watchers = new Map<string, FSWatcher>();
  /** Folders and their fingerprints, as far as they are known. */
  const seen = new Map<string, string | undefined>();
  let looking = Promise.resolve();
  let settling: NodeJS.Timeout | undefined;
  let closed = false;

  function look(): Promise<void> {
    looking = looking.then(async () => {
      let changed = false;
      for (const [directory, before] of seen) {
        const now = await fingerprint(directory);
        if (!seen.has(directory)) continue;
        seen.set(directory, now);
        changed ||= before !== undefined && before !== now;
      }
      if (changed && !closed) onChange();
    });
    return looking;
  }

  function open(directory: string): void {
    try {
      const watcher = watch(directory, { persistent: false }, () => {
        clearTimeout(settling);
        settling = setTimeout(() => void look(), SETTLE_MS);
      });
      watcher.on('error', (error) => {
        logger.warn({ directory, err: error.message }, 'a folder is no longer watched; it is looked at every 15 seconds');
        watcher.close();
        watchers.delete(directory);
      });
      watchers.set(directory, watcher);
    } catch {
      // Not there (yet): the slow look finds it.
    }
  }

  const poll = setInterval(() => {
    for (const directory of seen.keys()) if (!watchers.has(directory)) open(directory);
    void look();
  }, POLL_MS);
  poll.unref();

  return {
    set: (directories) => {
      const wanted = new Set(directories);
      for (const directory of seen.keys()) {
        if (wanted.has(directory)) continue;
        seen.delete(directory);
        watchers.get(directory)?.close();
        watchers.delete(directory);
      }
      let added = false;
      for (const directory of wanted) {
        if (seen.has(directory)) continue;
        seen.set(directory, undefined);
        open(directory);
        added = true;
      }
      return added ? look() : looking;
    },
    close: () => {
      closed = true;
      clearInterval(poll);
      clearTimeout(settling);
      for (const watcher of watchers.values()) watcher.close();
      watchers.clear();
    },
  };
}

/** Changes when an entry of the folder is added, removed, replaced or written; not when something deeper does. */
async function fingerprint(directory: string): Promise<string> {
  // The order is the file system's own, and stays while nothing changes.
  const names = (await readdir(directory).catch(() => [])).slice(0, MAX_ENTRIES);
  const stats = await Promise.all(names.map((name) => lstat(join(directory, name)).catch(() => undefined)));
  return stats
    .map((stat, index) => {
      // A folder's time changes with what is in it, and the server's own storage may be such a folder.
      const time = stat === undefined || stat.isDirectory() ? 0 : stat.mtimeMs;
      return `${names[index] ?? ''} ${stat?.ino ?? 0} ${stat?.isDirectory() === true ? 0 : (stat?.size ?? 0)} ${time}`;
    })
    .join('\n');
}
