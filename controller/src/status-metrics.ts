import { Gauge, type Registry } from 'prom-client';
import type { ObjectKey } from '@toolhive-registry/reconciler';
import type { RegistryObject } from './registry/resource.ts';

/** Conditions that somebody may want to be alerted of. Those about sources are summed up in `SyncSuccessful`. */
const CONDITIONS = ['Ready', 'SyncSuccessful', 'Stalled'] as const;

/**
 * Adds what the statuses of registries say: for each condition 1 where it is True, and 0 where it is not, or is not there. A registry that is scaled to zero
 * serves nothing because somebody wants it so, and has no `Ready`.
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
        const isTrue = trueConditions(object);
        for (const condition of CONDITIONS) {
          if (condition === 'Ready' && isScaledToZero(object)) continue;
          this.set({ registry_namespace: namespace, registry: name, condition }, isTrue.has(condition) ? 1 : 0);
        }
      }
    },
  });
  register.registerMetric(gauge);
}

function trueConditions({ status }: RegistryObject): ReadonlySet<unknown> {
  const conditions: unknown = status?.['conditions'];
  if (!Array.isArray(conditions)) return new Set();
  return new Set((conditions as Readonly<Record<string, unknown>>[]).filter((one) => one['status'] === 'True').map((one) => one['type']));
}

/** What the spec says is not known to be valid. */
function isScaledToZero({ spec }: RegistryObject): boolean {
  return typeof spec === 'object' && spec !== null && 'replicas' in spec && spec.replicas === 0;
}
