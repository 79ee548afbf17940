/** Of a folder or a list of files an entry is named behind its file: `FILE: NAME`. */
const BEHIND_FILE = ': ';

/** Whether a finding, by what it calls its entry, is about the entry of a name. */
export function isAbout(entry: string, name: string): boolean {
  return entry === name || entry.endsWith(`${BEHIND_FILE}${name}`);
}

/** The name in what a finding calls its entry. */
export function nameIn(entry: string): string {
  const at = entry.lastIndexOf(BEHIND_FILE);
  return at < 0 ? entry : entry.slice(at + BEHIND_FILE.length);
}
