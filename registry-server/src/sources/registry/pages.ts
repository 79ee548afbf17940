import { HttpStatusError } from '../../outbound/failures.ts';
import { SourceError } from '../source-error.ts';
import type { Page } from './page.ts';

/** Maximum number of entries of one registry. ToolHive's server has the same limit. */
export const MAX_ENTRIES = 100_000;
/** Maximum number of pages: those of a registry that gives 20 entries at a time. Endless empty pages end here. */
const MAX_PAGES = 5_000;
/** Maximum number of waits for rate limits in one pass. */
const MAX_WAITS = 100;
/** Where it does not say how long: the official one admits three requests a second. */
const DEFAULT_WAIT_MS = 2_000;
/** A longer pause is left to the next sync. */
const LONGEST_WAIT_MS = 60_000;

/** How the pages of a list are fetched. */
export interface Paging {
  /** For messages. */
  readonly place: string;
  readonly first: Page;
  /** Asks for the page that begins at a cursor. */
  readonly after: (cursor: string) => Promise<Page>;
  /** Resolves after a time in milliseconds, and rejects when the question is over. */
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** All pages of a list. Throws {@link SourceError} when they do not come to an end. */
export async function* allPages({ place, first, after, sleep }: Paging): AsyncGenerator<Page, void, undefined> {
  const cursors = new Set<string>();
  let entries = 0;
  let waits = 0;
  let page = first;
  for (;;) {
    entries += page.entries.length;
    if (entries > MAX_ENTRIES)
      throw new SourceError('SourceTooLarge', `${place} lists more than ${MAX_ENTRIES} entries; use a filtered registry`);
    yield page;
    const { next } = page;
    if (next === undefined) return;
    if (cursors.has(next)) throw new SourceError('SourceUnreadable', `${place} repeats a cursor: its pages never end`);
    cursors.add(next);
    if (cursors.size >= MAX_PAGES) throw new SourceError('SourceTooLarge', `${place} has more than ${MAX_PAGES} pages, which is the limit`);
    page = await patiently(() => after(next));
  }

  /** A pass that is nearly done is not abandoned because of a rate limit. */
  async function patiently(ask: () => Promise<Page>): Promise<Page> {
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        const wait = error instanceof HttpStatusError && error.status === 429 ? (error.retryAfterMs ?? DEFAULT_WAIT_MS) : undefined;
        if (wait === undefined || wait > LONGEST_WAIT_MS || waits === MAX_WAITS) throw error;
        waits += 1;
        await sleep(wait);
      }
    }
  }
}
