import { stat } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { codeOf } from '../../errors.ts';
import type { SearchJob } from '../../explain/search-job.ts';
import { runBuildJob, type BuildHost, type BuildJob, type BuildOutcome } from './build-job.ts';

/** The worker's program, where the server was bundled into one file (hack/build.ts puts it here). */
declare const BUNDLED_WORKER: string | undefined;

/** Data up to this size are built in the main thread: it takes milliseconds; a thread takes 40 ms and 15 MB that are never freed. */
const SMALL_BYTES = 512 * 1024;
/** Entries live for a moment each: with the small young generation of the program itself they are collected far more often. */
const YOUNG_MIB = 24;
const MEBIBYTE = 1024 * 1024;

/** The data need more memory than the program may use. */
export class OutOfMemory extends Error {
  override readonly name = 'OutOfMemory';
}

/** Messages of the thread. */
export type WorkerMessage =
  /** It wants rows of what is served; the answer is a list of them. */
  { readonly kind: 'rows'; readonly positions: readonly number[] } | { readonly kind: 'done'; readonly outcome: BuildOutcome };

/** Runs a build; a large one in a thread of its own. Rejects when it fails ({@link OutOfMemory} among others) or the signal fires. */
export async function build(job: BuildJob, host: BuildHost, signal: AbortSignal, heapMiB = heapLimit()): Promise<BuildOutcome> {
  return (await sizeOf(job)) <= SMALL_BYTES ? runBuildJob(job, host) : buildInWorker(job, host, signal, heapMiB);
}

/** Bytes that the job reads at most. What is served may all be gone, and is then read as well; the part that is sent is a fourteenth of it. */
async function sizeOf(job: BuildJob): Promise<number> {
  const served = 14 * buffersOf(job).reduce((sum, { byteLength }) => sum + byteLength, 0);
  const paths = [
    ...job.sources.flatMap(({ candidates }) => candidates.map(({ path }) => path)),
    ...(job.restore === undefined ? [] : [job.restore]),
  ];
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, served);
}

function buildInWorker(job: BuildJob, host: BuildHost, signal: AbortSignal, heapMiB: number): Promise<BuildOutcome> {
  const options = {
    workerData: job,
    transferList: buffersOf(job),
    resourceLimits: { maxOldGenerationSizeMb: heapMiB, maxYoungGenerationSizeMb: YOUNG_MIB },
  };
  return new Promise((resolve, reject) => {
    const worker = startWorker(options);
    const abort = (): void => {
      void worker.terminate();
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'rows') {
        host.rows(message.positions).then((rows) => worker.postMessage(rows, []), reject);
        return;
      }
      signal.removeEventListener('abort', abort);
      resolve(message.outcome);
    });
    worker.once('error', (error) => {
      reject(
        codeOf(error) === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new OutOfMemory(
              `the data need more memory than the ${heapMiB} MiB available; give the server more, or split or filter the source`,
            )
          : error,
      );
    });
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', abort);
      reject(new Error(`the worker thread ended with code ${code} before it was done`));
    });
    return undefined;
  });
}

/** Starts the thread with its job. */
export function startWorker(options: WorkerOptions & { readonly workerData: BuildJob | SearchJob }): Worker {
  return typeof BUNDLED_WORKER === 'string'
    ? new Worker(BUNDLED_WORKER, { ...options, eval: true })
    : new Worker(new URL('./worker.ts', import.meta.url), options);
}

/** Buffers that are transferred to the thread instead of copied. */
function buffersOf({ previous }: BuildJob): ArrayBuffer[] {
  if (previous === undefined) return [];
  const { sourceNames: _names, ...columns } = previous;
  return Object.values(columns).map(({ buffer }) => buffer);
}

/** Heap of the thread in MiB, so that data that are too large for the container fail in the thread, not in the whole program. */
function heapLimit(): number {
  const machine = totalmem();
  const container = process.constrainedMemory();
  const memory = container > 0 && container < machine ? container : machine;
  return Math.round(Math.min(Math.max((memory * 0.6) / MEBIBYTE, 128), 4096));
}
