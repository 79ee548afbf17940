import { setTimeout as sleep } from 'node:timers/promises';
import { measureEditStream, measureSingleEdits } from './edits.ts';
import type { Measure, PartResult } from './measure.ts';
import {
  onCluster,
  quiet,
  registryNames,
  timeToStatus,
  until,
  untilPhases,
  untilSettled,
  writesByRegistry,
  type OnCluster,
} from './on-cluster.ts';
import { documentsOf, filesOf } from './pod-documents.ts';
import { startPodStatuses } from './pod-statuses.ts';
import { cpuSeconds, residentMB } from './proc.ts';
import { measureRestarts } from './restarts.ts';
import type { Program } from './scope.ts';
import { followEdits } from './shown-edits.ts';
import { controllerRequests, controllerWrites } from './writes.ts';

const REGISTRIES = 1_000;
const IDLE_MINUTES = 5;
/** Memory is measured after the garbage of a burst had time to be collected. */
const REST_MS = 60_000;
/** About the time from a change until the kubelet has updated the file in the pod. */
const KUBELET_MS = 1_000;

/** What 1,000 MCPRegistries take: bursts, idling, restarts, memory, edits. */
export async function measureScale(signal: AbortSignal): Promise<PartResult> {
  const half = await onCluster(signal, async (bench) => {
    const controller = await bench.startController();
    await quiet(bench);
    return { measures: await measureBurst(bench, controller, registryNames(REGISTRIES / 2), 8_000) };
  });
  if (half.leftOut !== undefined) return half;
  const all = await onCluster(signal, measureAll);
  return { measures: [...half.measures, ...all.measures] };
}

async function measureAll(bench: OnCluster): Promise<PartResult> {
  const { cluster, scope } = bench;
  const controller = await bench.startController();
  await quiet(bench);
  const names = registryNames(REGISTRIES);
  const [ready, notReady] = [names.slice(0, REGISTRIES / 2), names.slice(REGISTRIES / 2)];
  const burst = await measureBurst(bench, controller, names, 16_000);

  const pods = await startPodStatuses(scope, await documentsOf(cluster, names));
  const makeReady = async (some: readonly string[], from: number): Promise<void> => {
    await cluster.makeAvailable(some);
    await cluster.createPods(some, (index) => pods.addressOf(from + index));
  };
  const allAsked = (asking: Program, count: number): Promise<void> =>
    until(bench, asking, 'all pods to be asked for news', () => pods.waiting === count);
  await makeReady(ready, 0);
  await untilPhases(bench, controller, { Running: ready, Pending: notReady });
  await allAsked(controller, ready.length);
  await untilSettled(bench, controller);
  const idle = await measureIdle(bench, controller);

  await makeReady(notReady, ready.length);
  await untilPhases(bench, controller, { Running: names });
  await allAsked(controller, names.length);
  await quiet(bench, REST_MS);
  const burstMB = residentMB(controller.pid);

  await controller.stop();
  const shown = await followEdits(scope, cluster.api, (registry, manifest) => {
    const index = names.indexOf(registry);
    if (index >= 0) setTimeout(() => pods.report(index, { files: filesOf(cluster, manifest) }), KUBELET_MS).unref();
  });
  const untilAsked = (asking: Program): Promise<void> => allAsked(asking, names.length);
  const restarts = await measureRestarts(bench, { names, shown, untilAsked });
  await quiet(bench, REST_MS);
  const restartMB = residentMB(restarts.controller.pid);

  const edited = { bench, controller: restarts.controller, names, shown };
  const single = await measureSingleEdits(edited);
  const stream = await measureEditStream(edited);
  const streamMB = residentMB(restarts.controller.pid);
  const memory: Measure = {
    name: `scale: resident memory, ${REGISTRIES} registries and an open question to a pod of each`,
    value: burstMB,
    unit: 'MB',
    target: { atMost: 150 },
    note: `a minute after they were made ready; a minute after a restart ${restartMB.toFixed(1)} MB, after the edits ${streamMB.toFixed(1)} MB`,
  };
  return { measures: [...burst, ...idle, memory, ...restarts.measures, single, ...stream] };
}

/** How soon registries that are created at once have their objects and status, and in how many writes. */
async function measureBurst(bench: OnCluster, controller: Program, names: readonly string[], targetMs: number): Promise<Measure[]> {
  const waitMs = await timeToStatus(bench, controller, names);
  await untilSettled(bench, controller);
  const writes = [...writesByRegistry(await controllerWrites(bench.cluster.api), names).values()];
  const statuses = writes.map((all) => all.filter(({ what }) => what.endsWith('/status')).length);
  const objects = writes.map((all, index) => all.length - (statuses[index] ?? 0));
  const burst = `scale: ${names.length} registries at once`;
  return [
    {
      name: `${burst} until all have objects and status`,
      value: waitMs,
      unit: 'ms',
      target: { atMost: targetMs },
      note: 'from the first request of 16 at a time; real API server and etcd on the same machine',
    },
    {
      name: `${burst}: writes for one`,
      value: Math.max(...objects) + Math.max(...statuses),
      unit: 'writes',
      target: { atMost: 8 },
      note: `the most for one: ${Math.max(...objects)} for its objects, ${Math.max(...statuses)} of its status`,
    },
  ];
}

/** What the controller does while nothing happens: half of the registries are ready, and half are not. */
async function measureIdle({ cluster, signal }: OnCluster, controller: Program): Promise<Measure[]> {
  const since = Date.now();
  const cpuBefore = cpuSeconds(controller.pid);
  await sleep(IDLE_MINUTES * 60_000, undefined, { signal: AbortSignal.any([signal, controller.ended]) });
  const cpu = cpuSeconds(controller.pid) - cpuBefore;
  const writes = (await controllerWrites(cluster.api)).filter(({ at }) => at >= since);
  const requests = [...(await controllerRequests(cluster.api, since))].toSorted(([, a], [, b]) => b - a);
  const window = `in ${IDLE_MINUTES} idle minutes, half of the registries ready and half not`;
  const idle = `scale: ${REGISTRIES} registries, ${IDLE_MINUTES} idle minutes`;
  return [
    {
      name: `${idle}: writes`,
      value: writes.length,
      unit: 'writes',
      target: { atMost: 0 },
      note: [window, ...new Set(writes.map(({ what }) => what))].join('; '),
    },
    {
      name: `${idle}: requests of the kind with most`,
      value: requests[0]?.[1] ?? 0,
      unit: 'requests',
      target: { atMost: IDLE_MINUTES },
      note: `${window}: ${requests.map(([kind, count]) => `${count} ${kind}`).join(', ') || 'none'}; a watch counts when it is opened, Leases aside`,
    },
    {
      name: `${idle}: processor`,
      value: (cpu / (IDLE_MINUTES * 60)) * 100,
      unit: '%',
      target: { atMost: 1 },
      note: `of one core; ${cpu.toFixed(2)} s, with an open question to each of ${REGISTRIES / 2} pods`,
    },
  ];
}
