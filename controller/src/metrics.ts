import { Counter, Gauge, type Metric, type Registry } from 'prom-client';
import type { ObjectKey } from '@toolhive-registry/reconciler';
import { enforcementCondition } from './enforcement/condition.ts';
import type { EnforcementFacts } from './enforcement/state.ts';
import type { PodFacts } from './pods/facts.ts';

/** A registry with the last report of each of its pods. */
export interface ReportedRegistry {
  readonly registry: ObjectKey;
  readonly facts: readonly PodFacts[];
}

/** Labels of a registry. Prometheus gives `namespace` and `pod` to the controller's own. */
const OF_REGISTRY = ['registry_namespace', 'registry'] as const;
const OF_POD = [...OF_REGISTRY, 'registry_pod'] as const;

type Labels = Record<string, string>;

/**
 * Adds the five metrics that the first design documents promise of the operator, and when sources last answered, for each registry. The values come from the
 * status documents of its pods and carry the pod's label, so that counters restart with the pod and not with the controller. A registry whose pods this
 * controller does not ask has no series.
 */
export function addRegistryMetrics(register: Registry, reported: () => Iterable<ReportedRegistry>): void {
  function counter(
    name: string,
    help: string,
    labelNames: readonly string[],
    values: (facts: PodFacts) => (readonly [Labels, number])[],
  ): void {
    const metric = new Counter({
      name,
      help,
      labelNames: [...OF_POD, ...labelNames],
      registers: [],
      collect() {
        this.reset();
        for (const [labels, value] of ofPods(reported(), values)) this.inc(labels, value);
      },
    });
    register.registerMetric(metric);
  }

  function gauge(name: string, help: string, valueOf: (facts: PodFacts) => number): void {
    const metric = new Gauge({
      name,
      help,
      labelNames: OF_REGISTRY,
      registers: [],
      collect() {
        this.reset();
        for (const { registry, facts } of reported()) {
          const first = facts.find(({ document }) => document.ready);
          if (first !== undefined) this.set(labelsOf(registry), valueOf(first));
        }
      },
    });
    register.registerMetric(metric);
  }

  counter('mcpregistry_sync_total', 'Syncs of a source by a pod of a registry, by result.', ['source', 'result'], ({ document }) =>
    (document.counters?.sources ?? []).flatMap(({ name: source, success, failure }) => [
      [{ source, result: 'success' }, success],
      [{ source, result: 'failure' }, failure],
    ]),
  );
  counter(
    'mcpregistry_sync_errors_total',
    'Failed syncs of a source by a pod of a registry, by reason.',
    ['source', 'reason'],
    ({ document }) =>
      (document.counters?.sources ?? []).flatMap(({ name: source, errors }) =>
        Object.entries(errors).map(([reason, count]) => [{ source, reason }, count] as const),
      ),
  );
  register.registerMetric(durations(reported));
  register.registerMetric(
    new Gauge({
      name: 'mcpregistry_source_last_success_timestamp_seconds',
      help: 'Unix time of the last good answer that a pod of a registry got from a source. 0: never.',
      labelNames: [...OF_POD, 'source'],
      registers: [],
      collect() {
        this.reset();
        for (const [labels, value] of ofPods(reported(), lastSuccesses)) this.set(labels, value);
      },
    }),
  );
  gauge('mcpregistry_servers_total', 'Servers in the catalog of a registry.', ({ document }) => document.serverCount);
  gauge(
    'mcpregistry_deployed_servers_total',
    'MCP servers in the cluster that belong to a registry.',
    ({ document }) => document.deployedServerCount,
  );
}

/** Adds the enforcement metrics of each enforcing registry: allowed references, and running servers that it would not let in. */
export function addEnforcementMetrics(register: Registry, enforcing: () => Iterable<readonly [ObjectKey, EnforcementFacts]>): void {
  const gauge = (
    name: string,
    help: string,
    labelNames: readonly string[],
    valuesOf: (facts: EnforcementFacts) => readonly (readonly [Labels, number])[],
  ): void => {
    const metric = new Gauge({
      name,
      help,
      labelNames: [...OF_REGISTRY, ...labelNames],
      registers: [],
      collect() {
        this.reset();
        for (const [registry, facts] of enforcing())
          for (const [labels, value] of valuesOf(facts)) this.set({ ...labelsOf(registry), ...labels }, value);
      },
    });
    register.registerMetric(metric);
  };
  gauge(
    'mcpregistry_enforcement_active',
    'Whether the admission policies carry out what a registry with enforceServers asks for.',
    ['mode'],
    (facts) => [[{ mode: facts.mode }, enforcementCondition(facts).status === 'True' ? 1 : 0]],
  );
  gauge('mcpregistry_enforcement_violations', 'Running servers that the registry would not let in.', ['mode'], ({ mode, violators }) => [
    [{ mode }, violators.count],
  ]);
  gauge('mcpregistry_enforcement_references', 'References that a registry with enforceServers allows.', ['kind'], ({ allowed }) =>
    Object.entries(allowed ?? {}).map(([kind, count]) => [{ kind }, count] as const),
  );
}

/** Sum and count of sync durations as a summary, since pods report no buckets. prom-client's own type can only observe. */
function durations(reported: () => Iterable<ReportedRegistry>): Metric {
  const name = 'mcpregistry_sync_duration_seconds';
  const help = 'Duration of the syncs of a pod of a registry, over all its sources.';
  const values = (): object[] =>
    [...reported()].flatMap(({ registry, facts }) =>
      facts.flatMap(({ pod, document: { counters } }) => {
        if (counters === undefined) return [];
        const labels = { ...labelsOf(registry), registry_pod: pod };
        const { count, sum } = counters.syncDurationSeconds;
        return [
          { metricName: `${name}_sum`, labels, value: sum },
          { metricName: `${name}_count`, labels, value: count },
        ];
      }),
    );
  const metric = {
    name,
    help,
    type: 'summary',
    reset: (): void => undefined,
    get: () => Promise.resolve({ name, help, type: 'summary', aggregator: 'sum', values: values() }),
  };
  return metric as unknown as Metric;
}

function lastSuccesses({ document }: PodFacts): (readonly [Labels, number])[] {
  return document.sources.map(({ name: source, lastSuccessTime: time }) => [{ source }, time === undefined ? 0 : Date.parse(time) / 1000]);
}

function* ofPods(
  registries: Iterable<ReportedRegistry>,
  values: (facts: PodFacts) => (readonly [Labels, number])[],
): Generator<readonly [Labels, number]> {
  for (const { registry, facts } of registries)
    for (const one of facts)
      for (const [labels, value] of values(one)) yield [{ ...labelsOf(registry), registry_pod: one.pod, ...labels }, value];
}

function labelsOf({ namespace, name }: ObjectKey): Labels {
  return { registry_namespace: namespace, registry: name };
}
