import { createHash } from 'node:crypto';
import { messageOf } from '../errors.ts';
import { SourceError, type CatalogSource } from '../sources/source.ts';
import type { SyncPlan } from './rules.ts';

/** What came of asking one source for its data. */
export interface FetchResult {
  readonly name: string;
  readonly bytes?: Uint8Array;
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash?: string;
  /** The mounted file that was read, and its hash, as the status reports them. */
  readonly mounted?: readonly (readonly [file: string, hash: string])[];
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
    const { bytes, file, fileHash } = await reader.fetch(AbortSignal.any([signal, limit]));
    return {
      name,
      bytes,
      hash: createHash('sha256').update(bytes).digest('hex'),
      ...(file === undefined || fileHash === undefined ? {} : { mounted: [[file, fileHash]] }),
    };
  } catch (error) {
    if (limit.aborted)
      return { name, error: { reason: 'Timeout', message: `no answer within ${timeoutMs / 1000} s; see the source's "timeout"` } };
    return { name, error: { reason: error instanceof SourceError ? error.reason : 'SourceUnreadable', message: messageOf(error) } };
  }
}
