/** What an entry of a catalog is. Skills and plugins are ToolHive's (toolhive-core, registry/types). */
export type EntryKind = 'server' | 'skill' | 'plugin';

/**
 * Prefix of the keys of skills and plugins. No name contains this character, and it sorts after all characters of names: so servers are the first rows of a
 * snapshot, and kinds are not mixed.
 */
const MARK = '\u007f';
/** The first byte of such a key. */
export const MARK_BYTE = 0x7f;

/** The text by which a row is sorted and found: for a server its name. */
export function rowKey(kind: EntryKind, name: string): string {
  return kind === 'server' ? name : `${keyPrefix(kind)}${name}`;
}

/** The prefix of the keys of a kind; those of servers have none. */
export function keyPrefix(kind: Exclude<EntryKind, 'server'>): string {
  return `${MARK}${kind} `;
}

/** Whether a key is that of a server. */
export function isServerKey(key: string): boolean {
  return !key.startsWith(MARK);
}

/** The kind of a key's entry. */
export function kindOfKey(key: string): EntryKind {
  if (isServerKey(key)) return 'server';
  return key.startsWith(keyPrefix('skill')) ? 'skill' : 'plugin';
}

/** A key for people: `io.github.example/weather`, `skill io.github.example/pdf`. */
export function readableKey(key: string): string {
  return isServerKey(key) ? key : key.slice(MARK.length);
}
