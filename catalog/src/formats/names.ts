/** A key in the characters of server names. */
export function inName(key: string): string {
  return key.replaceAll(/[^A-Za-z0-9._-]+/g, '-');
}
