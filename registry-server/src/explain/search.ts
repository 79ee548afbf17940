import { once } from 'node:events';
import { totalmem } from 'node:os';
import { HttpError } from '../errors.ts';
import { startWorker } from '../sync/stages/build.ts';
import { runSearchJob, searchedBytes, type FoundEntry, type SearchJob } from './search-job.ts';

/** Up to this size the sources are read in the main thread. */
const SMALL_BYTES = 512 * 1024;
/** Maximum memory of a search in MiB: a build may use as much at the same time, and the search can be repeated. */
const MAX_HEAP_MIB = 512;
const SHARE_OF_MEMORY = 0.25;
/** Longest search, in milliseconds. */
const MAX_MS = 60_000;
/** Maximum number of searches that wait for their turn. */
const MAX_WAITING = 20;

/** Searches through what the sources gave, one at a time. */
export interface SourceSearch {
  /** Rejects with HttpError when too many wait, or when it takes too long or too much memory. */
  find(job: SearchJob, signal: AbortSignal): Promise<readonly FoundEntry[]>;
}

/** Creates a search. */
export function createSourceSearch(): SourceSearch {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    find: (job, signal) => {
      if (waiting >= MAX_WAITING)
        return Promise.reject(new HttpError('busy', 'too many searches are waiting; try again in a second', { 'Retry-After': '1' }));
      waiting += 1;
      const found = last.then(() => search(job, signal)).finally(() => (waiting -= 1));
      last = found.catch(() => undefined);
      return found;
    },
  };
}

async function search(job: SearchJob, gone: AbortSignal): Promise<readonly FoundEntry[]> {
  gone.throwIfAborted();
  if (searchedBytes(job) <= SMALL_BYTES) return runSearchJob(job);
  const worker = startWorker({ workerData: job, resourceLimits: { maxOldGenerationSizeMb: heapLimit() } });
  const signal = AbortSignal.any([gone, AbortSignal.timeout(MAX_MS)]);
  try {
    // A thread that runs out of memory emits an error; one that ends otherwise does not.
    const ended = once(worker, 'exit', { signal }).then(() => Promise.reject(new Error('it ended without an answer')));
    const [found] = (await Promise.race([once(worker, 'message', { signal }), ended])) as [readonly FoundEntry[]];
    return found;
  } catch (cause) {
    gone.throwIfAborted();
    throw new HttpError('busy', 'the sources could not be searched in time; try again in a minute', { 'Retry-After': '60' }, { cause });
  } finally {
    void worker.terminate();
  }
}

/** In MiB. */
function heapLimit(): number {
  const machine = totalmem();
  const container = process.constrainedMemory();
  const memory = container > 0 && container < machine ? container : machine;
  return Math.max(64, Math.min(MAX_HEAP_MIB, Math.round((memory * SHARE_OF_MEMORY) / (1024 * 1024))));
}
