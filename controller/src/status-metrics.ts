import { Gauge, type Registry } from 'prom-client';
import type { ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from './registry/resource.ts';
import { SCALED_TO_ZERO } from './registry/status/readiness.ts';

/** Conditions worth an alert. Those about sources are summed up in `SyncSuccessful`. */
const CONDITIONS = ['Ready', 'SyncSuccessful', 'Stalled', 'Exposed'] as const;

/**
 * Adds metrics for the statuses of registries: for each condition 1 if it is True, and 0 if it is not, or is absent. A registry whose Deployment is scaled to
 * zero serves nothing on purpose, and has no `Ready`; one that should not be exposed has no `Exposed`.
 */
export function addStatusMetrics(register: Registry, registries: () => Iterable<readonly [ObjectKey, RegistryObject]>): void {
  const gauge = new Gauge({
    name: 'mcpregistry_status_condition',
    help: 'Whether a condition of an MCPRegistry is True.',
    labelNames: ['registry_namespace', 'registry', 'condition'],
    registers: [],
    collect() {
      this.reset();
      for (const [{ namespace, name }, object] of registries()) {
        const conditions = conditionsOf(object);
        for (const condition of CONDITIONS) {
          const found = conditions.find(({ type }) => type === condition);
          if (condition === 'Ready' && found?.['reason'] === SCALED_TO_ZERO) continue;
          if (condition === 'Exposed' && found === undefined) continue;
          this.set({ registry_namespace: namespace, registry: name, condition }, found?.['status'] === 'True' ? 1 : 0);
        }
      }
    },
  });
  register.registerMetric(gauge);
}

function conditionsOf({ status }: RegistryObject): readonly Readonly<Record<string, unknown>>[] {
  const conditions: unknown = status?.['conditions'];
  return Array.isArray(conditions) ? (conditions as Readonly<Record<string, unknown>>[]) : [];
}
