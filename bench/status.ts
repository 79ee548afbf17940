import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@toolhive-registry/testenv';
import type { BenchCluster } from './cluster.ts';
import { median, type PartResult } from './measure.ts';
import { onCluster, quiet, registryNames, until, untilComplete, type OnCluster } from './on-cluster.ts';
import { documentsOf, synced } from './pod-documents.ts';
import { startPodStatuses, type PodStatuses } from './pod-statuses.ts';
import { controllerWrites } from './writes.ts';

const REGISTRIES = 1_000;
const SAMPLES = 40;
/** Let the controller come to rest before syncs are timed. */
const QUIET_MS = 10_000;
const IDLE_MS = 60_000;

/** How soon the status of one of 1,000 registries shows a sync of its pod, and of all when they sync at once. */
export function measureStatus(signal: AbortSignal): Promise<PartResult> {
  return onCluster(signal, measure);
}

async function measure(bench: OnCluster): Promise<PartResult> {
  const { cluster, scope, signal } = bench;
  const controller = await bench.startController();
  const names = registryNames(REGISTRIES);
  await cluster.createRegistries(names);
  await untilComplete(bench, controller, names);

  const pods = await startPodStatuses(scope, await documentsOf(cluster, names));
  await cluster.makeAvailable(names);
  await cluster.createPods(names, (index) => pods.addressOf(index));
  const allShow = async (servers: number): Promise<boolean> =>
    (await cluster.listRegistries()).every(({ status }) => status?.serverCount === servers);
  await until(bench, controller, 'the pods to be heard', () => allShow(1));
  await until(bench, controller, 'all pods to be asked for news', () => pods.waiting === REGISTRIES);
  await quiet(bench, QUIET_MS);

  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const index = Math.floor((sample * REGISTRIES) / SAMPLES);
    times.push(await shownAfter(cluster, pods, names, index));
  }
  const burstFrom = performance.now();
  for (const index of names.keys()) pods.report(index, synced(1_000));
  await until(bench, controller, 'all syncs to be shown', () => allShow(1_000));
  const burstMs = Math.round(performance.now() - burstFrom);

  await quiet(bench, QUIET_MS);
  const idleFrom = Date.now();
  await sleep(IDLE_MS, undefined, { signal: AbortSignal.any([signal, controller.ended]) });
  const idle = (await controllerWrites(cluster.api)).filter(({ at }) => at >= idleFrom);
  const note = `real API server and etcd, pods played on loopback; ${SAMPLES} syncs one after the other, median ${Math.round(median(times))} ms`;
  return {
    measures: [
      {
        name: `status: a sync among ${REGISTRIES} registries until it is shown, the worst`,
        value: Math.max(...times),
        unit: 'ms',
        target: { atMost: 2_000 },
        note,
      },
      {
        name: `status: ${REGISTRIES} syncs at once until all are shown`,
        value: burstMs,
        unit: 'ms',
        target: { atMost: 30_000 },
        note: 'one Event and one status each',
      },
      { name: 'status: writes in the minute after', value: idle.length, unit: 'writes', target: { atMost: 0 }, note: 'all are ready' },
    ],
  };
}

/** Milliseconds from a sync of the pod until the status of its registry shows it. */
async function shownAfter(cluster: BenchCluster, pods: PodStatuses, names: readonly string[], index: number): Promise<number> {
  const name = names[index] ?? '';
  const from = performance.now();
  pods.report(index, synced(2));
  await waitFor(async () => (await cluster.statusOf(name))?.serverCount === 2, {
    message: `the sync of ${name} to be shown`,
    deadlineMs: 60_000,
    intervalMs: 5,
  });
  return Math.round(performance.now() - from);
}
