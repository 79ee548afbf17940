import { messageOf } from '../../errors.ts';
import type { SavedContent, Source, SourceAnswer, SourceRequest } from '../../sources/contract.ts';
import { SourceError } from '../../sources/source-error.ts';
import { StorageError } from '../../store/incoming.ts';
import { readIfIntact } from '../../store/read-intact.ts';
import type { GoodData } from '../../store/good-data.ts';
import type { Store } from '../../store/store.ts';
import type { FetchedData, FetchOutcome, SourceFailure } from '../machine/outcome.ts';
import { unpack } from './unpack.ts';
import { withoutSecrets } from './without-secrets.ts';

/** A source to ask. */
export interface FetchJob {
  readonly name: string;
  readonly source: Source;
  /** For messages. */
  readonly location: string;
  readonly known?: string | undefined;
  /** The last good data, where there are any. */
  readonly good?: GoodData | undefined;
  /** Whether it is these data that `known` stands for, and not some that were refused. */
  readonly isKnownGood?: boolean;
  /** Milliseconds. */
  readonly timeoutMs: number;
}

/**
 * Asks a source, and stages its data. Never rejects. Resolves at the latest when its time is up or the signal fires, even if the source
 * ignores that.
 */
export async function fetchSource(job: FetchJob, store: Store, signal: AbortSignal): Promise<FetchOutcome> {
  const limit = AbortSignal.timeout(job.timeoutMs);
  const over = AbortSignal.any([signal, limit]);
  try {
    return await Promise.race([asked(job, store, over), aborted(over)]);
  } catch (error) {
    if (limit.aborted) {
      return failed({
        reason: 'Timeout',
        message: `${job.location}: not read within ${job.timeoutMs / 1000} s; see the source's "timeout"`,
      });
    }
    if (error instanceof StorageError) return failed({ reason: 'StorageFailed', message: error.message });
    if (!(error instanceof SourceError)) return failed({ reason: 'SourceUnreadable', message: messageOf(error) });
    return failed({ reason: error.reason, message: error.message }, error);
  }
}

async function asked(job: FetchJob, store: Store, signal: AbortSignal): Promise<FetchOutcome> {
  const staging = new Staging(job, store);
  try {
    const answer = await job.source.fetch({
      ...(job.known === undefined ? {} : { known: job.known }),
      ...previousOf(job, store, signal),
      save: (content) => staging.save(content),
      signal,
    });
    if (answer.unchanged) return { kind: 'unchanged', ...(answer.revision === undefined ? {} : { revision: answer.revision }) };
    // The caller already got a timeout, and the next question may be running.
    signal.throwIfAborted();
    return await staging.finish(answer);
  } finally {
    await staging.discard();
  }
}

function previousOf({ known, good, isKnownGood }: FetchJob, store: Store, signal: AbortSignal): Pick<SourceRequest, 'previous'> {
  if (known === undefined || good === undefined || isKnownGood !== true) return {};
  return { previous: () => readIfIntact(store.goodPath(good), good.hash, signal) };
}

/** Writes the data of one answer to the staging file. */
class Staging {
  readonly #job: FetchJob;
  readonly #store: Store;
  #incoming: Awaited<ReturnType<Store['receive']>> | undefined;
  #hash: string | undefined;

  constructor(job: FetchJob, store: Store) {
    this.#job = job;
    this.#store = store;
  }

  async save(content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<SavedContent> {
    if (this.#incoming !== undefined) throw new Error(`${this.#job.location} gave data twice in one answer`);
    this.#incoming = await this.#store.receive(this.#job.name);
    const unpacked = await unpack(content, this.#job.location);
    const safe = withoutSecrets(unpacked.content);
    await this.#incoming.write(safe.content);
    const hashes = unpacked.hashes();
    this.#hash = safe.hash() ?? hashes.unpacked;
    return { receivedHash: hashes.received };
  }

  async finish({ validator, revision, files }: Extract<SourceAnswer, { unchanged: false }>): Promise<FetchOutcome> {
    if (this.#incoming === undefined || this.#hash === undefined) {
      throw new SourceError('SourceUnreadable', `${this.#job.location} gave no data`);
    }
    const data: FetchedData = {
      hash: this.#hash,
      bytes: this.#incoming.bytes(),
      ...(validator === undefined ? {} : { validator }),
      ...(revision === undefined ? {} : { revision }),
      ...(files === undefined ? {} : { files }),
    };
    const { good } = this.#job;
    if (good !== undefined && this.#hash === good.hash && (await this.#store.hasGood(good))) return { kind: 'same', data };
    await this.#incoming.keep();
    return { kind: 'staged', data: { ...data, path: this.#incoming.path } };
  }

  async discard(): Promise<void> {
    await this.#incoming?.discard();
  }
}

function failed(failure: SourceFailure, { files, retryAfterMs }: Partial<SourceError> = {}): FetchOutcome {
  return {
    kind: 'failed',
    failure,
    ...(files === undefined ? {} : { files }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const stop = (): void => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
