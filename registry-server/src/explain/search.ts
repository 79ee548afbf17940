import { once } from 'node:events';
import { HttpError } from '../errors.ts';
import { startWorker } from '../sync/stages/build.ts';
import { runSearchJob, searchedBytes, type FoundEntry, type SearchJob } from './search-job.ts';

/** Up to this size the sources are read where they are asked for. */
const SMALL_BYTES = 512 * 1024;
/** Heap of the thread in MiB: only one entry is in memory at a time, but for a catalog that is no list. */
const HEAP_MIB = 512;
/** Most searches that wait for their turn. */
const MAX_WAITING = 20;

/** Searches through what the sources gave, one at a time. */
export interface SourceSearch {
  /** Rejects with HttpError when too many wait. */
  find(job: SearchJob): Promise<readonly FoundEntry[]>;
}

/** Creates a search. */
export function createSourceSearch(): SourceSearch {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return {
    find: (job) => {
      if (waiting >= MAX_WAITING)
        return Promise.reject(new HttpError('busy', 'too many searches are waiting; ask again in a second', { 'Retry-After': '1' }));
      waiting += 1;
      const found = last.then(() => search(job)).finally(() => (waiting -= 1));
      last = found.catch(() => undefined);
      return found;
    },
  };
}

async function search(job: SearchJob): Promise<readonly FoundEntry[]> {
  if (searchedBytes(job) <= SMALL_BYTES) return runSearchJob(job);
  const worker = startWorker({ workerData: job, resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB } });
  try {
    const [found] = (await once(worker, 'message')) as [readonly FoundEntry[]];
    return found;
  } finally {
    void worker.terminate();
  }
}
