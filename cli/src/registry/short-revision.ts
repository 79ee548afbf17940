/** Characters of a revision that are shown: so many of a commit's hash as messages of the server have. */
const SHOWN = 12;

/** A revision of a source, as it is shown to a person. */
export function shortRevision(revision: string): string {
  return revision.slice(0, SHOWN);
}
