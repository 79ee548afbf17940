import { repositoryFile } from './image.ts';
import type { Measure, PartResult } from './measure.ts';
import { apiServerPid, kubectl, OUTSIDE, run, SYSTEM } from './test-cluster.ts';

const NAMESPACE = 'bench-install';
const ROUNDS = 3;
const TARGET_MS = 15_000;

/** Durations of a round, in ms. */
interface Round {
  /** `helm install --wait`: until the controller's pod is ready. */
  readonly install: number;
  /** `kubectl apply` of the quick start and `kubectl wait`: until its registry is ready. */
  readonly registry: number;
}

/**
 * How long the commands of the README take in a real cluster with its kubelet, from `helm install` until the first registry is ready, with the images
 * on the node. It wants the cluster of e2e/cluster with the images in it, and to run in its network. A release that is there already, its CRDs and all
 * MCPRegistries go; a new release stays.
 */
export async function measureInstall(signal: AbortSignal): Promise<PartResult> {
  if (apiServerPid() === undefined) return { measures: [], leftOut: OUTSIDE };
  const rounds: Round[] = [];
  while (rounds.length < ROUNDS) {
    signal.throwIfAborted();
    rounds.push(await installAndApply());
  }
  return { measures: [slowest(rounds)] };
}

async function installAndApply(): Promise<Round> {
  await kubectl('delete', 'namespace', NAMESPACE, '--ignore-not-found');
  await run(repositoryFile('e2e/chainsaw/lib/uninstall'), []);
  await kubectl('create', 'namespace', NAMESPACE);
  try {
    const from = performance.now();
    const chart = repositoryFile('charts/toolhive-registry');
    await run('helm', ['install', 'toolhive-registry', chart, '--namespace', SYSTEM, '--create-namespace', '--wait', '--timeout=120s']);
    const installed = performance.now();
    await kubectl('apply', '--namespace', NAMESPACE, '-f', repositoryFile('examples/quickstart.yaml'));
    await kubectl('wait', '--namespace', NAMESPACE, '--for=condition=Ready', 'mcpregistry/quickstart', '--timeout=120s');
    return { install: installed - from, registry: performance.now() - installed };
  } finally {
    await kubectl('delete', 'namespace', NAMESPACE);
  }
}

function slowest(rounds: readonly Round[]): Measure {
  const [worst = { install: Number.NaN, registry: Number.NaN }, ...others] = rounds.toSorted((one, other) => total(other) - total(one));
  return {
    name: 'install: helm install until the first registry is ready',
    value: total(worst),
    unit: 'ms',
    target: { atMost: TARGET_MS },
    note:
      `worst of ${rounds.length} (the others ${others.map((round) => Math.round(total(round))).join(', ')} ms): ` +
      `helm install --wait ${Math.round(worst.install)} ms, kubectl apply and wait ${Math.round(worst.registry)} ms`,
  };
}

function total({ install, registry }: Round): number {
  return install + registry;
}
