import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from '@toolhive-registry/testenv';
import type { BenchCluster } from './cluster.ts';
import type { PartResult } from './measure.ts';
import { onCluster, registryNames, untilComplete, type OnCluster } from './on-cluster.ts';

const REGISTRIES = 100;
/** Length of an outage of the API server. */
const OUTAGE_MS = 20_000;
const DEADLINE_MS = 120_000;
const INTERVAL_MS = 20;

/** How soon an edit is applied after a fault: the API server was away, the leader was killed, the leader ended in order. */
export function measureFailover(signal: AbortSignal): Promise<PartResult> {
  return onCluster(signal, measure);
}

async function measure(bench: OnCluster): Promise<PartResult> {
  const { cluster, signal } = bench;
  const names = registryNames(REGISTRIES);
  const [one = '', two = '', three = ''] = names;
  const first = await bench.startController();
  await cluster.createRegistries(names);
  await untilComplete(bench, first, names);

  await cluster.api.pause();
  await sleep(OUTAGE_MS, undefined, { signal });
  await cluster.api.restart();
  const outageMs = await editedAfter(cluster, one, 'the outage', signal);

  const second = await bench.startController();
  first.child.kill('SIGKILL');
  const killedMs = await editedAfter(cluster, two, 'the kill', signal);

  await bench.startController();
  const ended = second.stop();
  const releasedMs = await editedAfter(cluster, three, 'the end', signal);
  await ended;

  const note = `${REGISTRIES} registries; a field of one is edited at once, until it is in its ConfigMap`;
  const figure = (after: string, value: number, atMost: number) =>
    ({ name: `failover: an edit after ${after}`, value, unit: 'ms', target: { atMost }, note }) as const;
  return {
    measures: [
      figure('the API server was away for 20 s', outageMs, 10_000),
      figure('the leader of two was killed', killedMs, 20_000),
      figure('the leader of two was asked to exit', releasedMs, 3_000),
    ],
  };
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
