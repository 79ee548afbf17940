import { Failure } from '../program/failure.ts';

/** A page of whatever is read page by page. */
export interface Page {
  /** Entries of it. */
  readonly count: number;
  /** Where the next one begins; undefined or empty on the last one. */
  readonly next: string | undefined;
}

/** Maximum number of pages that are read. */
const MAX_PAGES = 10_000;
/** Maximum number of consecutive pages without an entry: a filter may leave few. */
const MAX_EMPTY_PAGES = 100;

/** Reads a list page by page. Throws a {@link Failure} for one that would never end. */
export async function* everyPage<P extends Page>(
  label: string,
  read: (cursor: string | undefined) => Promise<P>,
): AsyncGenerator<P, void, undefined> {
  const cursors = new Set<string>();
  let empty = 0;
  let cursor: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const page = await read(cursor);
    yield page;
    cursor = page.next;
    if (cursor === undefined || cursor === '') return;
    empty = page.count === 0 ? empty + 1 : 0;
    if (cursors.has(cursor)) throw endless(label, 'a page leads back to an earlier one');
    if (empty >= MAX_EMPTY_PAGES) throw endless(label, `${MAX_EMPTY_PAGES} consecutive pages have no entry, and there are more`);
    if (pages >= MAX_PAGES) throw endless(label, `there are more than ${MAX_PAGES} pages`);
    cursors.add(cursor);
  }
}

function endless(label: string, why: string): Failure {
  return new Failure(`the list of ${label} does not end: ${why}`, { remedy: 'this is a fault of that registry; ask its operator' });
}
