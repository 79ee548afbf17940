import { parseTime } from '@toolhive-registry/catalog';
import { factsOf } from './entry.ts';
import type { Page } from './page.ts';

/** Most changes that are kept in memory to be put together with the list before; with more, all of it is read. */
const MAX_CHANGES = 5_000;

/** What has changed in a registry. */
export interface Changes {
  /** The entries as JSON, by name and version. */
  readonly entries: ReadonlyMap<string, string>;
  /** When the newest of them was changed, RFC 3339. */
  readonly newest: string | undefined;
}

/**
 * Collects the entries of an answer to `updated_since`. Undefined when it is none: an entry is older, as from a registry that does not know the
 * parameter, or has no time or name; or there are too many.
 */
export async function changesSince(since: string, pages: AsyncIterable<Page>): Promise<Changes | undefined> {
  const entries = new Map<string, string>();
  const times = new NewestTime();
  for await (const { servers } of pages) {
    for (const item of servers) {
      const { key, updatedAt } = factsOf(item);
      if (key === undefined || updatedAt === undefined || timeOf(updatedAt) <= timeOf(since)) return undefined;
      times.see(updatedAt);
      entries.set(key, JSON.stringify(item));
      if (entries.size > MAX_CHANGES) return undefined;
    }
  }
  return { entries, newest: times.newest };
}

/** The list before, with each entry that has changed in its place, and behind it those that are new. */
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

/** The newest of the times that were seen, if every entry has one: what does not say when it changed cannot be asked for by time. */
export class NewestTime {
  #newest: string | undefined;
  #isKnown = true;

  see(time: string | undefined): void {
    if (time === undefined) this.#isKnown = false;
    else if (this.#newest === undefined || timeOf(time) > timeOf(this.#newest)) this.#newest = time;
  }

  get newest(): string | undefined {
    return this.#isKnown ? this.#newest : undefined;
  }
}

function timeOf(text: string): number {
  return parseTime(text) ?? Number.NaN;
}
