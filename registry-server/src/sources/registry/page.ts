import { parseExact } from '@toolhive-registry/catalog';
import type { HttpSession } from '../../outbound/client.ts';
import { printable } from '../../outbound/body.ts';
import { placeOf } from '../../outbound/place.ts';
import { SourceError } from '../source-error.ts';
import { field } from './entry.ts';

/** One page of a registry's list. */
export interface Page {
  /** What it lists: servers, skills or plugins. */
  readonly entries: readonly unknown[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: string;
  readonly etag?: string;
  /** When it was answered, by the registry's clock, in milliseconds since 1970. */
  readonly date?: number;
}

/** A small answer, parsed. */
export interface JsonAnswer {
  readonly value: unknown;
  readonly etag?: string;
  readonly date?: number;
}

const ACCEPT = 'application/json';
/** A page is parsed as a whole, so it has to be small: 100 entries of the official registry have about 100 kB. */
const MAX_PAGE_BYTES = 8 * 1024 * 1024;
/** Cursors go into addresses. */
const MAX_CURSOR = 4096;

/** Reads a page. Throws {@link SourceError}. */
export async function readPage(session: HttpSession, url: string, signal: AbortSignal, list = 'servers'): Promise<Page> {
  return pageOf(await readJson(session, url, signal), url, list);
}

/** Asks whether a page still has the tag, whatever is on it. Throws {@link SourceError}. */
export async function hasTag(session: HttpSession, url: string, etag: string, signal: AbortSignal): Promise<boolean> {
  const answer = await session.get(url, { signal, accept: ACCEPT, maxBytes: MAX_PAGE_BYTES, condition: { 'if-none-match': etag } });
  if (answer.status === 304) return true;
  await drained(answer.body);
  return false;
}

function pageOf(answer: JsonAnswer, url: string, list: string): Page {
  const place = placeOf(url);
  const entries = field(answer.value, list);
  if (!Array.isArray(entries))
    throw new SourceError('SourceUnreadable', `${place} returned JSON without a "${list}" list; correct registry.endpoint`);
  const metadata = field(answer.value, 'metadata');
  // Servers of summer 2025 wrote it so.
  const next = field(metadata, 'nextCursor') ?? field(metadata, 'next_cursor') ?? '';
  if (typeof next !== 'string' || next.length > MAX_CURSOR)
    throw new SourceError('SourceUnreadable', `${place} returned a cursor that is not a string of at most ${MAX_CURSOR} characters`);
  return {
    entries,
    ...(next === '' ? {} : { next }),
    ...(answer.etag === undefined ? {} : { etag: answer.etag }),
    ...(answer.date === undefined ? {} : { date: answer.date }),
  };
}

/** Reads a small answer in JSON. Throws {@link SourceError}. */
export async function readJson(session: HttpSession, url: string, signal: AbortSignal): Promise<JsonAnswer> {
  const answer = await session.get(url, { signal, accept: ACCEPT, maxBytes: MAX_PAGE_BYTES });
  // Nobody asked on a condition.
  if (answer.status === 304)
    throw new SourceError('SourceUnreadable', `${placeOf(url)} answered with status 304 to an unconditional request`);
  const pieces: Uint8Array[] = [];
  for await (const piece of answer.body) pieces.push(piece);
  const tag = answer.header('etag');
  const date = Date.parse(answer.header('date') ?? '');
  try {
    const value: unknown = parseExact(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(pieces)));
    return { value, ...(tag === undefined ? {} : { etag: tag }), ...(Number.isNaN(date) ? {} : { date }) };
  } catch {
    // The parser's own message quotes the answer, which may be a page that was made for someone who is logged in.
    const type = printable((answer.header('content-type') ?? 'no content type').slice(0, 100));
    throw new SourceError('SourceUnreadable', `${placeOf(url)} did not return JSON (${type}); correct registry.endpoint`);
  }
}

async function drained(content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of content);
}
