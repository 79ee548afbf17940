/** Length of a displayed revision: as long as commits in messages of the server. */
const SHOWN = 12;

/** A revision of a source, as it is shown to a person. */
export function shortRevision(revision: string): string {
  return revision.slice(0, SHOWN);
}
