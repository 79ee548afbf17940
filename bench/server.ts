import { setTimeout as sleep } from 'node:timers/promises';
import { untilOk } from './http.ts';
import { imageProgram } from './image.ts';
import { median, type PartResult } from './measure.ts';
import { quickstartInPod } from './pod-layout.ts';
import { residentMB } from './proc.ts';
import { startServerProgram } from './programs.ts';
import { Scope } from './scope.ts';

const STARTS = 9;
const START_TARGET_MS = 400;
/** By then the first sync is over and its thread gone. */
const MEMORY_AFTER_MS = 30_000;
const MEMORY_TARGET_MB = 80;

/** Start and memory of the registry server with the quick start's catalog. */
export async function measureServer(signal: AbortSignal): Promise<PartResult> {
  await using scope = new Scope(signal);
  const mounted = await quickstartInPod(scope);
  const image = await imageProgram(scope, 'registry-server');
  const times: number[] = [];
  let memory = 0;
  for (let round = 1; round <= STARTS; round += 1) {
    const server = await startServerProgram(scope, image, mounted);
    await untilOk(`${server.internalUrl}/readiness`, server, signal);
    times.push(performance.now() - server.startedAt);
    if (round === STARTS) {
      await sleep(server.startedAt + MEMORY_AFTER_MS - performance.now(), undefined, { signal });
      memory = residentMB(server.pid);
    }
    await server.stop();
  }
  return {
    measures: [
      {
        name: 'server: start until ready, 88 servers',
        value: median(times),
        unit: 'ms',
        target: { atMost: START_TARGET_MS },
        note: `median of ${STARTS} starts with empty storage, worst ${Math.round(Math.max(...times))} ms`,
      },
      {
        name: 'server: resident memory',
        value: memory,
        unit: 'MB',
        target: { atMost: MEMORY_TARGET_MB },
        note: `${MEMORY_AFTER_MS / 1000} s after the start`,
      },
    ],
  };
}
