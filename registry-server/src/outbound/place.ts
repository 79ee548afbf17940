/** Longest path that a message quotes, in characters. */
const MAX_PATH = 200;

/** A URL as messages name it: scheme, host and path. Queries often hold tokens, and no message needs a user name. */
export function placeOf(url: URL | string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname.length > MAX_PATH ? `${pathname.slice(0, MAX_PATH)}…` : pathname}`;
}
