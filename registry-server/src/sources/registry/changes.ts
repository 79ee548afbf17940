import { parseTime } from '@toolhive-registry/catalog';
import { factsOf } from './entry.ts';
import { comparedWith, MarkBuilder, type Mark } from './mark.ts';
import type { Page } from './page.ts';

/** Maximum number of changes that are kept in memory to be merged with the previous list; with more, all of it is read. */
const MAX_CHANGES = 5_000;

/** What has changed in a registry. */
export interface Changes {
  /** The entries as JSON, by name and version. Empty: nothing new. */
  readonly entries: ReadonlyMap<string, string>;
  /** Where the next fetch begins. */
  readonly mark: Mark | undefined;
}

/**
 * Collects the entries of an answer to `updated_since`; those at the mark that are known come each time. `asked` as in {@link MarkBuilder}. Undefined when it is none: an entry is older, as from a registry that does not know the
 * parameter, or has no time or name; one is missing that was there; or there are too many.
 */
export async function changesSince(before: Mark, asked: number, pages: AsyncIterable<Page>): Promise<Changes | undefined> {
  const entries = new Map<string, string>();
  const marks = new MarkBuilder(asked, before);
  for await (const page of pages) {
    for (const item of page.entries) {
      const { key, updatedAt } = factsOf(item);
      if (key === undefined || updatedAt === undefined || timeOf(updatedAt) <= timeOf(before.since)) return undefined;
      const text = JSON.stringify(item);
      marks.see(key, updatedAt, text);
      entries.set(key, text);
      if (entries.size > MAX_CHANGES) return undefined;
    }
  }
  const compared = comparedWith(before, entries);
  if (compared === 'same') return { entries: new Map(), mark: before };
  return compared === 'lacking' ? undefined : { entries, mark: marks.mark() };
}

/** The previous list, with changed entries in their places, and new ones appended. */
export async function* withChanges(
  before: AsyncIterable<readonly string[]>,
  { entries }: Changes,
): AsyncGenerator<readonly string[], void, undefined> {
  const left = new Map(entries);
  for await (const batch of before) {
    yield batch.flatMap((line) => {
      const { key } = factsOf(JSON.parse(line));
      const changed = key === undefined ? undefined : entries.get(key);
      if (key === undefined || changed === undefined) return [line];
      // A version that was listed twice is there once from now on.
      return left.delete(key) ? [changed] : [];
    });
  }
  yield [...left.values()];
}

function timeOf(text: string): number {
  return parseTime(text) ?? Number.NaN;
}
