import { createHash } from 'node:crypto';
import { normalizedSources, syncSchedule, type MCPRegistry, type NormalizedSource, type SyncSchedule } from '@toolhive-registry/api';
import type { FilterRules } from '@toolhive-registry/catalog';
import type { SourceRules } from './build-job.ts';

/** A source with all that a sync needs to know of it. */
export interface PlannedSource {
  readonly source: NormalizedSource;
  readonly rules: SourceRules;
  readonly schedule: SyncSchedule;
  /** Read only on request, once it has data. */
  readonly manual: boolean;
}

/** What a manifest means for syncs. */
export interface SyncPlan {
  readonly sources: readonly PlannedSource[];
  readonly filter?: FilterRules;
  /** Changes whenever the same data would give another snapshot. */
  readonly rulesHash: string;
}

/** Where a source's data are, for messages. */
export function placeOf(plan: SyncPlan, name: string): string {
  const source = plan.sources.find((planned) => planned.source.name === name)?.source;
  if (source?.type === 'configmap') return `ConfigMap "${source.configmap.name}", key "${source.configmap.key}"`;
  return source?.type === 'file' ? source.file.path : `source "${name}"`;
}

/** Derives the plan from the manifest. */
export function planOf(registry: MCPRegistry): SyncPlan {
  const sources = normalizedSources(registry).map((source): PlannedSource => {
    const policy = source.sourceSyncPolicy ?? source.registrySyncPolicy;
    return {
      source,
      rules: { name: source.name, format: source.format, filter: source.sourceFilter, validation: registry.spec.validation },
      schedule: syncSchedule(policy),
      manual: policy?.type === 'manual',
    };
  });
  // The registry's own filter is the same on every source.
  const filter = sources[0]?.source.registryFilter;
  const shape = JSON.stringify([sources.map(({ rules }) => rules), filter ?? null]);
  return { sources, ...(filter === undefined ? {} : { filter }), rulesHash: createHash('sha256').update(shape).digest('hex') };
}
