import { setTimeout as sleep } from 'node:timers/promises';
import { assetsDir, waitFor } from '@toolhive-registry/testenv';
import { CHILDREN, startBenchCluster, type BenchCluster } from './cluster.ts';
import { untilOk } from './http.ts';
import { inPod } from './in-pod.ts';
import type { PartResult } from './measure.ts';
import { startControllerProgram, type ControllerProgram } from './programs.ts';
import { Scope, type Program } from './scope.ts';
import { controllerWrites, type ControllerWrite } from './writes.ts';

const DEADLINE_MS = 300_000;
/** API server and controller settle before anything is timed: the first seconds of a cluster are not typical. */
const QUIET_MS = 5_000;
/** Without a write for this long, the controller counts as settled. */
const SETTLED_MS = 5_000;

/** A real API server, and what a part does with controllers on it. */
export interface OnCluster {
  readonly scope: Scope;
  readonly signal: AbortSignal;
  readonly cluster: BenchCluster;
  /** Starts a controller without waiting for it. */
  launchController(): Promise<ControllerProgram>;
  /** Starts a controller and waits until it is ready. */
  startController(): Promise<ControllerProgram>;
}

/** Measures on an API server that is started for it; leaves the part out where there is none to start. */
export async function onCluster(signal: AbortSignal, measure: (bench: OnCluster) => Promise<PartResult>): Promise<PartResult> {
  if (assetsDir() === undefined) {
    return { measures: [], leftOut: 'etcd and kube-apiserver are missing; "make cluster-build" builds them (11 minutes, once)' };
  }
  await using scope = new Scope(signal);
  const cluster = await startBenchCluster(scope);
  const pod = await inPod(scope, cluster.api);
  const launchController: OnCluster['launchController'] = () => startControllerProgram(scope, pod);
  const startController = async (): Promise<ControllerProgram> => {
    const controller = await launchController();
    await untilOk(controller.readyUrl, controller, signal);
    return controller;
  };
  // Awaited here: the scope goes with the block.
  return await measure({ scope, signal, cluster, launchController, startController });
}

/** Names of registries, in the order of the alphabet. */
export function registryNames(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `registry-${String(index).padStart(4, '0')}`);
}

/** Waits for what was just started to settle. */
export async function quiet({ signal }: Pick<OnCluster, 'signal'>, ms = QUIET_MS): Promise<void> {
  await sleep(ms, undefined, { signal });
}

/** Waits for a condition while the controller runs. It polls rarely, because polling affects the measurement. */
export async function until(
  { signal }: Pick<OnCluster, 'signal'>,
  controller: Program,
  message: string,
  condition: () => boolean | Promise<boolean>,
  intervalMs = 500,
): Promise<void> {
  const either = AbortSignal.any([signal, controller.ended]);
  await waitFor(condition, { message, deadlineMs: DEADLINE_MS, intervalMs, signal: either });
}

/** Waits until all of the registries have their objects. */
export async function untilComplete(bench: OnCluster, controller: Program, names: readonly string[]): Promise<void> {
  const condition = async (): Promise<boolean> => (await bench.cluster.missingChildren(names)).length === 0;
  await until(bench, controller, 'the objects of all registries', condition);
}

/** Waits until the controller has written nothing for a while. */
export async function untilSettled(bench: OnCluster, controller: Program): Promise<void> {
  await until(bench, controller, 'the controller to settle', async () => {
    const last = (await controllerWrites(bench.cluster.api)).reduce((latest, { at }) => Math.max(latest, at), 0);
    return Date.now() - last > SETTLED_MS;
  });
}

/** Waits until the registries are in the phases that they are expected in. */
export async function untilPhases(
  bench: OnCluster,
  controller: Program,
  expected: Readonly<Record<string, readonly string[]>>,
): Promise<void> {
  const wanted = new Map(Object.entries(expected).flatMap(([phase, names]) => names.map((name) => [name, phase] as const)));
  await until(bench, controller, `the registries to be ${Object.keys(expected).join(' and ')}`, async () =>
    (await bench.cluster.listRegistries()).every(({ metadata, status }) => status?.phase === wanted.get(metadata.name)),
  );
}

/**
 * Creates the registries, and answers in how many milliseconds from the first request all of them have their objects and, after them, their first
 * status. The end is taken from the audit log: a list of all registries every few milliseconds would take a good part of what is measured.
 */
export async function timeToStatus(bench: OnCluster, controller: Program, names: readonly string[]): Promise<number> {
  const { cluster } = bench;
  const startedAt = Date.now();
  await cluster.createRegistries(names);
  const isDone = async (): Promise<boolean> => {
    const registries = await cluster.listRegistries();
    const current = registries.filter(({ metadata, status }) => status?.observedGeneration === metadata.generation);
    return current.length === names.length && (await cluster.missingChildren(names)).length === 0;
  };
  await until(bench, controller, 'objects and status of all registries', isDone, Math.max(500, names.length));
  const statuses = (await controllerWrites(cluster.api)).filter(({ what }) => what.endsWith('/status'));
  const first = new Map(statuses.toReversed().map(({ name, doneAt }) => [name, doneAt]));
  return Math.max(...names.map((name) => first.get(name) ?? Number.NaN)) - startedAt;
}

/** The writes of each registry and its objects. */
export function writesByRegistry(writes: readonly ControllerWrite[], names: readonly string[]): ReadonlyMap<string, ControllerWrite[]> {
  const registryOf = new Map(names.flatMap((name) => ['', ...CHILDREN.map(({ suffix }) => suffix)].map((suffix) => [name + suffix, name])));
  const byRegistry = Map.groupBy(writes, ({ name }) => registryOf.get(name) ?? '');
  return new Map(names.map((name) => [name, byRegistry.get(name) ?? []]));
}
