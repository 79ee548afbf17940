import { request, type Agent, type IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Program } from './scope.ts';

/** An answer with its body. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One GET, on a connection of its own unless an agent has one. */
export function get(url: string, signal: AbortSignal, headers: Readonly<Record<string, string>> = {}, agent?: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent: agent ?? false, signal, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Looks this often: the resolution of start times. */
const EVERY_MS = 2;
const LIMIT_MS = 30_000;

/** Asks until the answer is 200. @throws Error when the program ends or 30 s pass */
export async function untilOk(url: string, program: Program, signal: AbortSignal): Promise<void> {
  const limit = AbortSignal.timeout(LIMIT_MS);
  const stop = AbortSignal.any([signal, program.ended, limit]);
  for (;;) {
    const status = await get(url, stop).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (limit.aborted) throw new Error(`${program.name} did not answer ${url} with 200 within ${LIMIT_MS / 1000} s`);
    stop.throwIfAborted();
    await sleep(EVERY_MS);
  }
}
