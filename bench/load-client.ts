import { once } from 'node:events';
import { repositoryFile } from './image.ts';
import type { LoadJob, LoadResult } from './load.ts';
import { unlessAborted, type Program, type Scope } from './scope.ts';

/** A client in a process of its own that makes requests. */
export interface LoadClient {
  run(job: LoadJob, signal: AbortSignal): Promise<LoadResult>;
}

/** Starts the client. */
export function startLoad(scope: Scope, core?: number): LoadClient {
  const program = scope.start('load client', [repositoryFile('bench/load.ts')], { ipc: true, ...(core === undefined ? {} : { core }) });
  return { run: async (job, signal) => (await ask(program, job, signal)) as LoadResult };
}

/** Sends a message to a program and waits for its answer. */
export async function ask(program: Program, message: object, signal: AbortSignal): Promise<unknown> {
  program.child.send(message);
  const [answer] = (await unlessAborted(once(program.child, 'message'), AbortSignal.any([signal, program.ended]))) as unknown[];
  return answer;
}
