import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ports } from '@toolhive-registry/api';
import { waitFor } from '@toolhive-registry/testenv';
import { get } from './http.ts';
import { median, percentile, type Measure, type PartResult } from './measure.ts';
import { apiServerPid, apply, argumentsOf, kubectl, OUTSIDE, SYSTEM, variableOf } from './test-cluster.ts';

const NAMESPACE = 'bench-served';
const EDITS = 100;
/** Between two edits: they are measured one by one. */
const PAUSE_MS = 300;
const INTERVAL_MS = 10;
const DEADLINE_MS = 120_000;
const OUTAGE_MS = 20_000;

/**
 * How soon edits are served in a real cluster with its kubelet: one after the other, after the API server stood still, and after the leader of two
 * controllers was killed or ended. It wants the cluster of e2e/cluster with the chart in it, and to run in its network.
 */
export async function measureServed(signal: AbortSignal): Promise<PartResult> {
  if (apiServerPid() === undefined) return { measures: [], leftOut: OUTSIDE };
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found');
  await kubectl('create', 'namespace', NAMESPACE);
  try {
    return { measures: await measure(signal) };
  } finally {
    await kubectl('delete', 'namespace', NAMESPACE, '--wait=false');
    await kubectl('scale', 'deployment/toolhive-registry', '--namespace', SYSTEM, '--replicas=1');
  }
}

async function measure(signal: AbortSignal): Promise<Measure[]> {
  await apply(NAMESPACE, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'data' }, data: catalog(0) });
  await apply(NAMESPACE, {
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name: 'served' },
    spec: { source: { type: 'configmap', configmap: { name: 'data' } } },
  });
  await kubectl('wait', '--namespace', NAMESPACE, '--for=condition=Ready', 'mcpregistry/served', '--timeout=90s');
  const pod = await kubectl('get', 'pods', '--namespace', NAMESPACE, '-o', 'jsonpath={.items[0].status.podIP}');
  const url = `http://${pod}:${ports.http}/v0.1/servers`;
  let edit = 0;
  const editServed = async (): Promise<number> => {
    edit += 1;
    const from = performance.now();
    await kubectl(
      'patch',
      'configmap',
      'data',
      '--namespace',
      NAMESPACE,
      '--type=merge',
      `--patch=${JSON.stringify({ data: catalog(edit) })}`,
    );
    await soon(`edit ${edit} to be served`, signal, async () => (await get(url, signal)).body.includes(`server-${edit}"`));
    return Math.round(performance.now() - from);
  };

  await editServed();
  const times: number[] = [];
  for (let count = 0; count < EDITS; count += 1) {
    await sleep(PAUSE_MS, undefined, { signal });
    times.push(await editServed());
  }

  const server = apiServerPid();
  if (server === undefined) throw new Error("the test cluster's API server has ended");
  process.kill(server, 'SIGSTOP');
  await sleep(OUTAGE_MS, undefined, { signal }).finally(() => process.kill(server, 'SIGCONT'));
  const outageMs = await editServed();

  await kubectl('scale', 'deployment/toolhive-registry', '--namespace', SYSTEM, '--replicas=2');
  await kubectl('rollout', 'status', 'deployment/toolhive-registry', '--namespace', SYSTEM, '--timeout=90s');
  const leader = await leaderOf();
  process.kill(controllerPid(leader), 'SIGKILL');
  const killedAt = performance.now();
  const servedMs = await editServed();
  await specEdited('after the kill', signal);
  const appliedMs = Math.round(performance.now() - killedAt);

  await kubectl('rollout', 'status', 'deployment/toolhive-registry', '--namespace', SYSTEM, '--timeout=90s');
  await kubectl('delete', 'pod', await leaderOf(), '--namespace', SYSTEM, '--wait=false');
  const releasedAt = performance.now();
  await specEdited('after the end', signal);
  const releasedMs = Math.round(performance.now() - releasedAt);

  const note = 'from the start of kubectl, in the test cluster; ';
  const one = (name: string, value: number, atMost: number, more: string): Measure => ({
    name: `served: ${name}`,
    value,
    unit: 'ms',
    target: { atMost },
    note: note + more,
  });
  return [
    one(
      'a ConfigMap edit until it is served, p99',
      percentile(times, 0.99),
      1_000,
      `${EDITS} one after the other, median ${median(times)} ms, worst ${Math.max(...times)} ms`,
    ),
    one('the same after the API server stood still for 20 s', outageMs, 10_000, 'made at once when it went on'),
    one('the same after the leader of two was killed', servedMs, 5_000, 'by SIGKILL; a standby has the kubelet look'),
    one('a spec edit after the leader of two was killed', appliedMs, 20_000, 'from the kill until the manifest shows it'),
    one('a spec edit after the leader was asked to exit', releasedMs, 3_000, 'from kubectl delete until the manifest shows it'),
  ];
}

/** Edits a field of the spec, and waits until the registry's pods are to see it. */
async function specEdited(text: string, signal: AbortSignal): Promise<void> {
  const patch = JSON.stringify({ spec: { displayName: text } });
  await kubectl('patch', 'mcpregistry', 'served', '--namespace', NAMESPACE, '--type=merge', `--patch=${patch}`);
  await soon(text, signal, async () =>
    (await kubectl('get', 'configmap', 'served-config', '--namespace', NAMESPACE, '-o', 'jsonpath={.data}')).includes(text),
  );
}

function soon(message: string, signal: AbortSignal, condition: () => Promise<boolean>): Promise<true> {
  return waitFor(condition, { message, signal, deadlineMs: DEADLINE_MS, intervalMs: INTERVAL_MS });
}

function catalog(edit: number): Record<string, string> {
  const server = { image: 'example.com/example:1', description: 'An example' };
  return { 'registry.json': JSON.stringify({ servers: { [`server-${edit}`]: server } }) };
}

/** Name of the controller's pod that leads. */
async function leaderOf(): Promise<string> {
  const path = 'jsonpath={.spec.holderIdentity}';
  const holder = await kubectl('get', 'lease', 'toolhive-registry-controller', '--namespace', 'kube-system', '-o', path);
  return holder.replace(/_[^_]*$/u, '');
}

/** The process of a controller's pod. @throws Error when it does not run on this machine */
function controllerPid(pod: string): number {
  const pid = readdirSync('/proc')
    .map(Number)
    .find((one) => {
      const [program = '', ...args] = argumentsOf(one);
      return /(?:^|\/)node$/u.test(program) && args.some((arg) => arg.endsWith('main.cjs')) && variableOf(one, 'HOSTNAME') === pod;
    });
  if (pid === undefined) throw new Error(`no process on this machine is that of pod ${pod}`);
  return pid;
}
