/** In a folder or a list of files, the file comes before the entry's name: `FILE: NAME`. */
const BEHIND_FILE = ': ';

/** Whether a finding, by its `entry`, is about the entry with a name. */
export function isAbout(entry: string, name: string): boolean {
  return entry === name || entry.endsWith(`${BEHIND_FILE}${name}`);
}

/** The entry's name within a finding's `entry`. */
export function nameIn(entry: string): string {
  const at = entry.lastIndexOf(BEHIND_FILE);
  return at < 0 ? entry : entry.slice(at + BEHIND_FILE.length);
}
