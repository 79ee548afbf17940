import { setTimeout as sleep } from 'node:timers/promises';
import { assetsDir, waitFor } from '@toolhive-registry/testenv';
import { CHILDREN, startBenchCluster, type BenchCluster } from './cluster.ts';
import { untilOk } from './http.ts';
import { inPod } from './in-pod.ts';
import type { Measure, PartResult } from './measure.ts';
import { residentMB } from './proc.ts';
import { startControllerProgram } from './programs.ts';
import { Scope, type Program } from './scope.ts';
import { controllerWrites, type ControllerWrite } from './writes.ts';

const REGISTRIES = 100;
const TARGET_MS = 2000;
/** Six objects, and a status when it is made and when it is ready. */
const TARGET_WRITES = 8;
const TARGET_MB = 130;
const IDLE_MS = 120_000;
/** API server and controller are let come to rest before anything is timed: a cluster is up for longer than its first seconds. */
const QUIET_MS = 5000;
/** Without a write for so long the controller counts as settled. */
const SETTLED_MS = 5000;

/** What the controller makes of 100 MCPRegistries that are created at once: time, writes, memory. */
export async function measureController(signal: AbortSignal): Promise<PartResult> {
  if (assetsDir() === undefined) {
    return { measures: [], leftOut: 'etcd and kube-apiserver are missing; "make cluster-build" builds them (11 minutes, once)' };
  }
  await using scope = new Scope(signal);
  const cluster = await startBenchCluster(scope);
  const controller = await startControllerProgram(scope, await inPod(scope, cluster.api));
  await untilOk(controller.readyUrl, controller, signal);
  await sleep(QUIET_MS, undefined, { signal });
  const names = Array.from({ length: REGISTRIES }, (_, index) => `registry-${String(index).padStart(3, '0')}`);
  const ready = names.slice(0, REGISTRIES / 2);
  const notReady = names.slice(REGISTRIES / 2);

  const waitMs = await timeToStatus(cluster, names, signal);
  await settled(cluster, controller, signal);
  await cluster.makeAvailable(ready);
  await phases(cluster, { Running: ready, Pending: notReady }, signal);
  await settled(cluster, controller, signal);
  const writes = await controllerWrites(cluster.api);
  const perRegistry = names.map((name) => of(writes, name).length);

  const idleFrom = Date.now();
  await sleep(IDLE_MS, undefined, { signal: AbortSignal.any([signal, controller.ended]) });
  const idle = (await controllerWrites(cluster.api)).filter(({ at }) => at >= idleFrom);
  const memory = residentMB(controller.pid);
  await phases(cluster, { Running: ready, Pending: notReady }, signal);
  return {
    measures: [
      {
        name: `controller: ${REGISTRIES} registries until all have objects and status`,
        value: waitMs,
        unit: 'ms',
        target: { atMost: TARGET_MS },
        note: 'from the first request of 16 at a time; real API server and etcd on the same machine',
      },
      {
        name: 'controller: writes for a registry until it runs',
        value: Math.max(...perRegistry),
        unit: 'writes',
        target: { atMost: TARGET_WRITES },
        note: `the most for one; ${of(writes, ready[0] ?? '')
          .map(({ what }) => what)
          .join(', ')}; ${writes.length} for all, half of them made ready`,
      },
      idleMeasure('ready', ready, idle),
      idleMeasure('not ready', notReady, idle),
      {
        name: 'controller: resident memory',
        value: memory,
        unit: 'MB',
        target: { atMost: TARGET_MB },
        note: `with ${REGISTRIES} registries, after the idle time`,
      },
    ],
  };
}

/**
 * Milliseconds from the first request until every registry has its objects and, after them, its first status. The end is taken from the audit
 * log: a list of all registries every few milliseconds would take a good part of what is measured.
 */
async function timeToStatus(cluster: BenchCluster, names: readonly string[], signal: AbortSignal): Promise<number> {
  const startedAt = Date.now();
  await cluster.createRegistries(names);
  await waitFor(
    async () => {
      const registries = await cluster.listRegistries();
      const current = registries.filter(({ metadata, status }) => status?.observedGeneration === metadata.generation);
      return current.length === names.length && (await cluster.missingChildren(names)).length === 0;
    },
    { message: 'objects and status of all registries', deadlineMs: 60_000, intervalMs: 500, signal },
  );
  const statuses = (await controllerWrites(cluster.api)).filter(({ what }) => what.endsWith('/status'));
  const first = names.map((name) => statuses.find((write) => write.name === name)?.doneAt ?? Number.NaN);
  return Math.max(...first) - startedAt;
}

/** Waits until the controller has written nothing for a while. */
async function settled(cluster: BenchCluster, controller: Program, signal: AbortSignal): Promise<void> {
  await waitFor(
    async () => {
      const last = Math.max(...(await controllerWrites(cluster.api)).map(({ at }) => at));
      return Date.now() - last > SETTLED_MS;
    },
    { message: 'the controller to settle', deadlineMs: 60_000, intervalMs: 500, signal: AbortSignal.any([signal, controller.ended]) },
  );
}

/** Waits until the registries are in the phases that they are expected in. */
async function phases(cluster: BenchCluster, expected: Readonly<Record<string, readonly string[]>>, signal: AbortSignal): Promise<void> {
  const wanted = new Map(Object.entries(expected).flatMap(([phase, names]) => names.map((name) => [name, phase] as const)));
  await waitFor(async () => (await cluster.listRegistries()).every(({ metadata, status }) => status?.phase === wanted.get(metadata.name)), {
    message: 'the registries to be Running and Pending',
    deadlineMs: 60_000,
    signal,
  });
}

/** The writes of a registry and its objects. */
function of(writes: readonly ControllerWrite[], registry: string): ControllerWrite[] {
  const owned = new Set([registry, ...CHILDREN.map(({ suffix }) => `${registry}${suffix}`)]);
  return writes.filter(({ name }) => owned.has(name));
}

function idleMeasure(state: string, names: readonly string[], idle: readonly ControllerWrite[]): Measure {
  const writes = names.flatMap((name) => of(idle, name));
  return {
    name: `controller: writes in ${IDLE_MS / 60_000} idle minutes, ${state}`,
    value: writes.length,
    unit: 'writes',
    target: { atMost: 0 },
    note: [`${names.length} registries, both halves in one window`, ...new Set(writes.map(({ what }) => what))].join('; '),
  };
}
