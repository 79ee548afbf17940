/** A key in the characters that the names of servers have. */
export function inName(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9._-]+/g, '-');
}
