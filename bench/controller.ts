import { setTimeout as sleep } from 'node:timers/promises';
import type { Measure, PartResult } from './measure.ts';
import {
  onCluster,
  quiet,
  registryNames,
  timeToStatus,
  untilPhases,
  untilSettled,
  writesByRegistry,
  type OnCluster,
} from './on-cluster.ts';
import { residentMB } from './proc.ts';
import { controllerWrites, type ControllerWrite } from './writes.ts';

const REGISTRIES = 100;
const TARGET_MS = 2000;
/** Six objects, and a status when it is made and when it is ready. */
const TARGET_WRITES = 8;
const TARGET_MB = 130;
const IDLE_MS = 120_000;

/** What the controller makes of 100 MCPRegistries that are created at once: time, writes, memory. */
export function measureController(signal: AbortSignal): Promise<PartResult> {
  return onCluster(signal, measure);
}

async function measure(bench: OnCluster): Promise<PartResult> {
  const { cluster, signal } = bench;
  const controller = await bench.startController();
  await quiet(bench);
  const names = registryNames(REGISTRIES);
  const ready = names.slice(0, REGISTRIES / 2);
  const notReady = names.slice(REGISTRIES / 2);

  const waitMs = await timeToStatus(bench, controller, names);
  await untilSettled(bench, controller);
  await cluster.makeAvailable(ready);
  await untilPhases(bench, controller, { Running: ready, Pending: notReady });
  await untilSettled(bench, controller);
  const writes = await controllerWrites(cluster.api);
  const perRegistry = writesByRegistry(writes, names);

  const idleFrom = Date.now();
  await sleep(IDLE_MS, undefined, { signal: AbortSignal.any([signal, controller.ended]) });
  const idle = (await controllerWrites(cluster.api)).filter(({ at }) => at >= idleFrom);
  const memory = residentMB(controller.pid);
  await untilPhases(bench, controller, { Running: ready, Pending: notReady });
  const first = perRegistry.get(ready[0] ?? '') ?? [];
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
        value: Math.max(...[...perRegistry.values()].map(({ length }) => length)),
        unit: 'writes',
        target: { atMost: TARGET_WRITES },
        note: `the most for one; ${first.map(({ what }) => what).join(', ')}; ${writes.length} for all, half of them made ready`,
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

function idleMeasure(state: string, names: readonly string[], idle: readonly ControllerWrite[]): Measure {
  const writes = [...writesByRegistry(idle, names).values()].flat();
  return {
    name: `controller: writes in ${IDLE_MS / 60_000} idle minutes, ${state}`,
    value: writes.length,
    unit: 'writes',
    target: { atMost: 0 },
    note: [`${names.length} registries, both halves in one window`, ...new Set(writes.map(({ what }) => what))].join('; '),
  };
}
