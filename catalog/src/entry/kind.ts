/** What an entry of a catalog is. Skills and plugins are ToolHive's (toolhive-core, registry/types). */
export type EntryKind = 'server' | 'skill' | 'plugin';

/**
 * Begins the key of what is no server. No name has this character, and all that names have come before it: so servers are the first rows of a
 * snapshot, and no kind is mixed with another.
 */
const MARK = '\u007f';
/** The first byte of such a key. */
export const MARK_BYTE = 0x7f;

/** The text that a row is sorted and found by: of a server its name. */
export function rowKey(kind: EntryKind, name: string): string {
  return kind === 'server' ? name : `${keyPrefix(kind)}${name}`;
}

/** How the keys of a kind begin; those of servers begin with anything else. */
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

/** A key as people read it: `io.github.example/weather`, `skill io.github.example/pdf`. */
export function readableKey(key: string): string {
  return isServerKey(key) ? key : key.slice(MARK.length);
}
