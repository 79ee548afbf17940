/** The thread that parses and encodes, so that requests are served meanwhile. One job, then it ends and its memory is free. */
import { parentPort, workerData } from 'node:worker_threads';
import { runBuildJob, type BuildJob } from './build-job.ts';

const outcome = runBuildJob(workerData as BuildJob);
parentPort?.postMessage(outcome, outcome.block === undefined ? [] : [outcome.block.buffer]);
