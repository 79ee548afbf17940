import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import { SourceError, type CatalogSource, type Mounted } from '../sources/source.ts';
import type { SyncPlan } from './rules.ts';

/** What came of asking one source for its data. */
export interface FetchResult {
  readonly name: string;
  readonly bytes?: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash?: string;
  readonly mounted?: Mounted;
  readonly error?: { readonly reason: string; readonly message: string };
}

/** Asks the wanted sources all at once; each has its own time limit, and none waits for another's. */
export function fetchSources(
  plan: SyncPlan,
  readers: ReadonlyMap<string, CatalogSource>,
  wanted: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<FetchResult[]> {
  const chosen = plan.sources.filter(({ source }) => wanted.has(source.name));
  return Promise.all(chosen.map(({ source }) => fetchOne(source.name, readers.get(source.name), source.timeoutMs, signal)));
}

async function fetchOne(name: string, reader: CatalogSource | undefined, timeoutMs: number, signal: AbortSignal): Promise<FetchResult> {
  const limit = AbortSignal.timeout(timeoutMs);
  try {
    if (reader === undefined) throw new SourceError('UnsupportedSource', 'the source has no reader');
    const { bytes, hash, mounted } = await reader.fetch(AbortSignal.any([signal, limit]));
    return { name, bytes, hash: hash ?? (await hashOf(bytes)), ...(mounted === undefined ? {} : { mounted }) };
  } catch (error) {
    if (limit.aborted)
      return { name, error: { reason: 'Timeout', message: `no answer within ${timeoutMs / 1000} s; see the source's "timeout"` } };
    if (!(error instanceof SourceError)) return { name, error: { reason: 'SourceUnreadable', message: messageOf(error) } };
    const { reason, message, mounted } = error;
    return { name, error: { reason, message }, ...(mounted === undefined ? {} : { mounted }) };
  }
}

const HASHED_AT_ONCE = 4 * 1024 * 1024;

/** SHA-256 in hexadecimal, in pieces: requests are served in between. */
async function hashOf(bytes: Uint8Array): Promise<string> {
  const hash = createHash('sha256');
  for (let from = 0; from < bytes.length; from += HASHED_AT_ONCE) {
    if (from > 0) await nextTurn();
    hash.update(bytes.subarray(from, from + HASHED_AT_ONCE));
  }
  return hash.digest('hex');
}
