import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RegistryStatusDocument } from '@toolhive-registry/api';
import { assetsDir, waitFor } from '@toolhive-registry/testenv';
import { startBenchCluster, type BenchCluster } from './cluster.ts';
import { untilOk } from './http.ts';
import { inPod } from './in-pod.ts';
import { median, type PartResult } from './measure.ts';
import { startPodStatuses, type PodStatuses } from './pod-statuses.ts';
import { startControllerProgram } from './programs.ts';
import { Scope } from './scope.ts';
import { controllerWrites } from './writes.ts';

const REGISTRIES = 1_000;
const SAMPLES = 40;
const DEADLINE_MS = 300_000;
/** Let the controller come to rest before syncs are timed. */
const QUIET_MS = 10_000;
const IDLE_MS = 60_000;

/** How soon the status of one of 1,000 registries shows a sync of its pod, and that of all when they sync at once. */
export async function measureStatus(signal: AbortSignal): Promise<PartResult> {
  if (assetsDir() === undefined) {
    return { measures: [], leftOut: 'etcd and kube-apiserver are missing; "make cluster-build" builds them (11 minutes, once)' };
  }
  await using scope = new Scope(signal);
  const cluster = await startBenchCluster(scope);
  const controller = await startControllerProgram(scope, await inPod(scope, cluster.api));
  await untilOk(controller.readyUrl, controller, signal);
  const names = Array.from({ length: REGISTRIES }, (_, index) => `registry-${String(index).padStart(4, '0')}`);
  await cluster.createRegistries(names);
  const until = (condition: () => Promise<boolean>, message: string): Promise<unknown> =>
    waitFor(condition, { message, deadlineMs: DEADLINE_MS, intervalMs: 500, signal: AbortSignal.any([signal, controller.ended]) });
  await until(async () => (await cluster.missingChildren(names)).length === 0, 'the objects of all registries');

  const pods = await startPodStatuses(scope, await documentsOf(cluster, names));
  await cluster.makeAvailable(names);
  await cluster.createPods(names, (index) => pods.addressOf(index));
  await until(async () => (await cluster.listRegistries()).every(({ status }) => status?.serverCount === 1), 'the pods to be heard');
  await until(() => Promise.resolve(pods.waiting === REGISTRIES), 'all pods to be asked for news');
  await sleep(QUIET_MS, undefined, { signal });

  const times: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const index = Math.floor((sample * REGISTRIES) / SAMPLES);
    times.push(await shownAfter(cluster, pods, names, index));
  }
  const burstFrom = performance.now();
  for (const index of names.keys()) pods.report(index, synced(1_000));
  await until(async () => (await cluster.listRegistries()).every(({ status }) => status?.serverCount === 1_000), 'all syncs to be shown');
  const burstMs = Math.round(performance.now() - burstFrom);

  await sleep(QUIET_MS, undefined, { signal });
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

/** What a sync changes in the document of a pod. */
function synced(servers: number): Partial<RegistryStatusDocument> {
  const hash = createHash('sha256').update(String(servers)).digest('hex');
  const lastChangeTime = new Date().toISOString();
  return { serverCount: servers, snapshotHash: hash, lastChangeTime, lastChange: { hash, added: servers - 1, changed: 0, removed: 0 } };
}

/** What the pods report: that they have read what the controller wrote, and the common source. */
function documentsOf(cluster: BenchCluster, names: readonly string[]): Promise<RegistryStatusDocument[]> {
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  return Promise.all(
    names.map(async (name): Promise<RegistryStatusDocument> => ({
      lastSync: null,
      registry: { name, namespace: 'bench' },
      ready: true,
      deployedServerCount: 0,
      syncing: false,
      lastSyncTrigger: null,
      sources: [],
      files: { 'spec.yaml': sha256(await cluster.configOf(name)), 'default/registry.json': sha256(cluster.catalog) },
      conditions: (['SourceAvailable', 'DataValid', 'SyncSuccessful'] as const).map((type) => ({
        type,
        status: 'True',
        reason: type,
        message: 'good',
      })),
      ...(synced(1) as Pick<RegistryStatusDocument, 'serverCount' | 'snapshotHash' | 'lastChangeTime'>),
    })),
  );
}
