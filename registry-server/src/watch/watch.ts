import { statSync, watch, type FSWatcher } from 'node:fs';
import type { Logger } from '../logger.ts';

/** Something on disk to watch: the folders in which its changes show, and its current identity. */
export interface WatchTarget {
  /** May be others after each call of {@link WatchTarget.identity}. */
  readonly directories: readonly string[];
  /** A text that changes with everything that matters. Cheap: computed at every event in the folders. Never rejects. */
  identity(): Promise<string>;
}

/** Watches targets independently: a slow one does not delay others. */
export interface Watch {
  /**
   * Watches a target. Resolves with a function that stops it, once its identity is known: what is read afterwards is at least as new, and any later
   * change is reported. The report has no details; the callback reads again.
   */
  add(target: WatchTarget, onChange: () => void): Promise<() => void>;
  /** Checks every target now, for changes that cause no event. Resolves when all have been checked. */
  check(): Promise<void>;
  close(): void;
}

/** Editors and the kubelet change a folder in several steps; they are one change. */
const SETTLE_MS = 100;
/** A folder with constant writes, such as a log, is checked after at most this long. */
const MAX_SETTLE_MS = 500;
/** Interval of a full check, for file systems without events and for the targets of links. */
const POLL_MS = 15_000;

interface Subscription {
  readonly target: WatchTarget;
  readonly onChange: () => void;
  identity: string | undefined;
  looking: Promise<void> | undefined;
  /** Something happened during the check: it has to be repeated. */
  again: boolean;
}

interface WatchedDirectory {
  readonly inode: number;
  readonly watcher: FSWatcher;
  settling: NodeJS.Timeout | undefined;
  /** When the first of the changes came that have not been looked at, in milliseconds of the monotonic clock. */
  since: number | undefined;
}

/** Watches folders, not files: a ConfigMap volume changes by exchanging the link `..data`, and editors replace files. */
export function createWatch(logger: Logger, pollMs = POLL_MS): Watch {
  const subscriptions = new Set<Subscription>();
  const directories = new Map<string, WatchedDirectory>();

  function look(subscription: Subscription): Promise<void> {
    if (subscription.looking !== undefined) {
      subscription.again = true;
      return subscription.looking;
    }
    subscription.looking = (async () => {
      do {
        subscription.again = false;
        const before = subscription.identity;
        subscription.identity = await subscription.target.identity();
        // A look may find new folders: what happened in them before they were watched shows in another look.
        if (subscriptions.has(subscription) && openAll(subscription.target)) subscription.again = true;
        const changed = before !== undefined && before !== subscription.identity;
        if (changed && subscriptions.has(subscription)) subscription.onChange();
      } while (subscription.again);
      subscription.looking = undefined;
    })();
    return subscription.looking;
  }

  function lookIn(directory: string): void {
    for (const subscription of subscriptions) {
      if (subscription.target.directories.includes(directory)) void look(subscription);
    }
  }

  function openAll(target: WatchTarget): boolean {
    return target.directories.map(open).includes(true);
  }

  /** Whether the folder was not watched before, and is now. */
  function open(directory: string): boolean {
    try {
      const inode = statSync(directory).ino;
      if (directories.get(directory)?.inode === inode) return false;
      // Another folder of that name by now: the old watch hears nothing of it.
      drop(directory);
      const watcher = watch(directory, { persistent: false }, () => {
        const watched = directories.get(directory);
        if (watched === undefined) return;
        const now = performance.now();
        watched.since ??= now;
        clearTimeout(watched.settling);
        watched.settling = setTimeout(
          () => {
            watched.since = undefined;
            lookIn(directory);
          },
          Math.min(SETTLE_MS, Math.max(0, watched.since + MAX_SETTLE_MS - now)),
        );
      });
      watcher.on('error', (error) => {
        logger.warn({ directory, err: error.message }, 'a folder is no longer watched; it is checked every 15 seconds');
        drop(directory);
      });
      directories.set(directory, { inode, watcher, settling: undefined, since: undefined });
      return true;
    } catch {
      // It does not exist (yet): the full check finds it.
      drop(directory);
      return false;
    }
  }

  function drop(directory: string): void {
    const watched = directories.get(directory);
    watched?.watcher.close();
    clearTimeout(watched?.settling);
    directories.delete(directory);
  }

  function dropUnused(): void {
    const used = new Set([...subscriptions].flatMap(({ target }) => target.directories));
    for (const directory of directories.keys()) if (!used.has(directory)) drop(directory);
  }

  async function check(): Promise<void> {
    await Promise.all([...subscriptions].map(look));
  }

  const poll = setInterval(() => {
    dropUnused();
    void check();
  }, pollMs);
  poll.unref();

  return {
    add: async (target, onChange) => {
      const subscription: Subscription = { target, onChange, identity: undefined, looking: undefined, again: false };
      subscriptions.add(subscription);
      // Before the check, so that nothing is missed.
      openAll(target);
      await look(subscription);
      return () => {
        subscriptions.delete(subscription);
        dropUnused();
      };
    },
    check,
    close: () => {
      clearInterval(poll);
      subscriptions.clear();
      dropUnused();
    },
  };
}
