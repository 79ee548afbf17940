import type { After } from './list.ts';

/** Longest cursor that is decoded: a name and a version at their limits, in base64url. */
const MAX_CURSOR = 1024;

/**
 * The end of a page as an opaque text of URL-safe characters only: VS Code appends cursors to URLs without encoding them. The same on every replica, since it
 * contains the place and not a number.
 */
export function encodeCursor(after: After): string {
  return Buffer.from(`${after.name}\n${after.version}`).toString('base64url');
}

/** The place in a cursor, or undefined if it is not one of ours. */
export function decodeCursor(cursor: string): After | undefined {
  if (cursor.length > MAX_CURSOR || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString();
  const [name, version, ...rest] = text.split('\n');
  if (name === undefined || name === '' || version === undefined || rest.length > 0) return undefined;
  return { name, version };
}
