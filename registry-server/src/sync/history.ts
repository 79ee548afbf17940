import type { LastChange, SyncRecord } from '@toolhive-registry/api';

/** Maximum number of syncs that are remembered. */
const MAX_HISTORY = 100;

/** The history with one more sync, the oldest forgotten. */
export function withSync(history: readonly SyncRecord[], sync: SyncRecord): SyncRecord[] {
  return [...history, sync].slice(-MAX_HISTORY);
}

/**
 * The changes of the sync that introduced the snapshot with this hash, as stored by an earlier run or, if it did not store them, from its
 * history. Undefined: it is not known.
 */
export function storedChange(
  stored: { readonly lastChange?: LastChange } | undefined,
  history: readonly SyncRecord[],
  hash: string | undefined,
): LastChange | undefined {
  if (hash === undefined) return undefined;
  if (stored?.lastChange?.hash === hash) return stored.lastChange;
  const since = history.slice(history.findLastIndex((sync) => sync.hash !== hash) + 1);
  // One without any may have found what is served: the sync that brought it need not be in the history.
  const change = since.find(({ added, changed, removed }) => added + changed + removed > 0);
  if (change === undefined) return undefined;
  const { added, changed, removed } = change;
  return { hash, added, changed, removed };
}
