/** The worker thread that parses and encodes, or searches the data of sources, while the main thread serves requests. It runs one job, then ends and frees its memory. */
import { once } from 'node:events';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import type { SnapshotRow } from '@toolhive-registry/catalog';
import { isSearchJob, runSearchJob, type SearchJob } from '../../explain/search-job.ts';
import { runBuildJob, type BuildJob } from './build-job.ts';
import type { WorkerMessage } from './build.ts';

// A rejection ends the thread, and reaches the caller.
if (parentPort !== null) void work(parentPort);

async function work(port: MessagePort): Promise<void> {
  const job = workerData as BuildJob | SearchJob;
  if (isSearchJob(job)) return port.postMessage(runSearchJob(job), []);
  const say = (message: WorkerMessage, handedOver: ArrayBuffer[] = []): void => port.postMessage(message, handedOver);
  const outcome = await runBuildJob(job, {
    rows: async (positions) => {
      const answer = once(port, 'message');
      say({ kind: 'rows', positions });
      return (await answer)[0] as readonly SnapshotRow[];
    },
  });
  say({ kind: 'done', outcome }, outcome.block === undefined ? [] : [outcome.block.buffer]);
  // A listener for messages keeps the thread alive.
  port.close();
}
