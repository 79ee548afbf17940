import { Worker } from 'node:worker_threads';
import type { BuildJob, BuildOutcome } from './build-job.ts';

/** The worker's program, where the server was bundled into one file (hack/build.ts puts it here). */
declare const BUNDLED_WORKER: string | undefined;

/** Runs a build in a thread of its own. Rejects when the thread fails or the signal fires. */
export function buildInWorker(job: BuildJob, signal: AbortSignal): Promise<BuildOutcome> {
  return new Promise((resolve, reject) => {
    const worker =
      typeof BUNDLED_WORKER === 'string'
        ? new Worker(BUNDLED_WORKER, { eval: true, workerData: job })
        : new Worker(new URL('./worker.ts', import.meta.url), { workerData: job });
    const abort = (): void => {
      void worker.terminate();
      reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    worker.once('message', (outcome: BuildOutcome) => {
      signal.removeEventListener('abort', abort);
      resolve(outcome);
    });
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal.removeEventListener('abort', abort);
      reject(new Error(`the worker thread ended with code ${code} before it was done`));
    });
    return undefined;
  });
}
