import { setTimeout as sleep } from 'node:timers/promises';
import { assetsDir, waitFor } from '@toolhive-registry/testenv';
import { startBenchCluster, type BenchCluster } from './cluster.ts';
import { untilOk } from './http.ts';
import { inPod } from './in-pod.ts';
import type { PartResult } from './measure.ts';
import { startControllerProgram } from './programs.ts';
import { Scope, type Program } from './scope.ts';

const REGISTRIES = 100;
/** Without its API server. */
const OUTAGE_MS = 20_000;
const DEADLINE_MS = 120_000;
const INTERVAL_MS = 20;

/** How soon an edit is done after a fault: the API server was away, the leader was killed, the leader ended in order. */
export async function measureFailover(signal: AbortSignal): Promise<PartResult> {
  if (assetsDir() === undefined) {
    return { measures: [], leftOut: 'etcd and kube-apiserver are missing; "make cluster-build" builds them (11 minutes, once)' };
  }
  await using scope = new Scope(signal);
  const cluster = await startBenchCluster(scope);
  const pod = await inPod(scope, cluster.api);
  const start = async (): Promise<Program> => {
    const controller = await startControllerProgram(scope, pod);
    await untilOk(controller.readyUrl, controller, signal);
    return controller;
  };
  const names = Array.from({ length: REGISTRIES }, (_, index) => `registry-${index}`);
  const first = await start();
  await cluster.createRegistries(names);
  await settled(cluster, names, signal);

  await cluster.api.pause();
  await sleep(OUTAGE_MS, undefined, { signal });
  await cluster.api.restart();
  const outageMs = await editedAfter(cluster, 'registry-0', 'the outage', signal);

  const second = await start();
  first.child.kill('SIGKILL');
  const killedMs = await editedAfter(cluster, 'registry-1', 'the kill', signal);

  await start();
  const ended = second.stop();
  const releasedMs = await editedAfter(cluster, 'registry-2', 'the end', signal);
  await ended;

  const note = `${REGISTRIES} registries; a field of one is edited at once, until it is in its ConfigMap`;
  const measure = (after: string, value: number, atMost: number) =>
    ({ name: `failover: an edit after ${after}`, value, unit: 'ms', target: { atMost }, note }) as const;
  return {
    measures: [
      measure('the API server was away for 20 s', outageMs, 10_000),
      measure('the leader of two was killed', killedMs, 20_000),
      measure('the leader of two was told to end', releasedMs, 3_000),
    ],
  };
}

async function settled(cluster: BenchCluster, names: readonly string[], signal: AbortSignal): Promise<void> {
  await waitFor(async () => (await cluster.missingChildren(names)).length === 0, {
    message: 'the objects of all registries',
    deadlineMs: DEADLINE_MS,
    intervalMs: 500,
    signal,
  });
}

/** Milliseconds from now until an edit that is made now has been carried out. */
async function editedAfter(cluster: BenchCluster, registry: string, text: string, signal: AbortSignal): Promise<number> {
  const from = performance.now();
  await cluster.edit(registry, { displayName: text });
  await waitFor(async () => (await cluster.configOf(registry)).includes(text), {
    message: `the edit after ${text}`,
    deadlineMs: DEADLINE_MS,
    intervalMs: INTERVAL_MS,
    signal,
  });
  return Math.round(performance.now() - from);
}
