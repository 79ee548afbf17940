import { createHash } from 'node:crypto';
import {
  annotations,
  normalizedSources,
  syncSchedule,
  type MCPRegistry,
  type NormalizedSource,
  type SyncSchedule,
} from '@toolhive-registry/api';
import type { FilterRules, ReadRules } from '@toolhive-registry/catalog';

/** How a source's data are read and judged. */
export interface SourceRules {
  readonly name: string;
  readonly format: ReadRules['format'];
  readonly filter?: FilterRules | undefined;
  /** `lenient` leaves bad entries out, `strict` refuses the data for one. */
  readonly validation: 'lenient' | 'strict';
  /** Data that lack more than this share of the served servers are refused. Absent: none are. */
  readonly maxRemovedPercent?: number | undefined;
}

/** A source with everything that a sync needs. */
export interface PlannedSource {
  readonly source: NormalizedSource;
  readonly rules: SourceRules;
  readonly schedule: SyncSchedule;
  /** Read only on request, once it has data. */
  readonly manual: boolean;
  /** Changes when the place of the source, or the way to reach it, changes: then it has to be asked again. */
  readonly place: string;
  /** SHA-256 of that, hexadecimal. */
  readonly placeHash: string;
  /** Changes when the same data may be judged differently. */
  readonly rulesHash: string;
}

/** The parts of a manifest that matter for syncs. */
export interface SyncPlan {
  /** In order of precedence, by name. */
  readonly sources: ReadonlyMap<string, PlannedSource>;
  readonly filter?: FilterRules;
  /** Hash of the snapshot to serve, from the annotation, or its first digits. Absent: the sources are served. */
  readonly rollbackTo?: string;
  /** Changes whenever the same data would give another snapshot. */
  readonly rulesHash: string;
}

/** Derives the plan from the manifest. */
export function planOf(registry: MCPRegistry): SyncPlan {
  const sources = normalizedSources(registry).map((source) => plannedSource(source, registry.spec.validation));
  // The registry's own filter is the same on every source.
  const filter = sources[0]?.source.registryFilter;
  const rollbackTo = registry.metadata.annotations?.[annotations.rollbackTo]?.trim().toLowerCase();
  return {
    sources: new Map(sources.map((planned) => [planned.source.name, planned])),
    ...(filter === undefined ? {} : { filter }),
    ...(rollbackTo === undefined || rollbackTo === '' ? {} : { rollbackTo }),
    rulesHash: hashOf([sources.map(({ rules }) => rules), filter ?? null]),
  };
}

function plannedSource(source: NormalizedSource, validation: SourceRules['validation']): PlannedSource {
  const {
    name,
    format,
    timeoutMs: _timeout,
    registryFilter,
    sourceFilter: filter,
    registrySyncPolicy,
    sourceSyncPolicy,
    ...location
  } = source;
  const policy = sourceSyncPolicy ?? registrySyncPolicy;
  const schedule = syncSchedule(policy);
  const rules: SourceRules = { name, format, filter, validation, maxRemovedPercent: schedule.maxRemovedPercent };
  return {
    source,
    rules,
    schedule,
    manual: policy?.type === 'manual',
    place: JSON.stringify(location),
    placeHash: hashOf(location),
    rulesHash: hashOf([rules, registryFilter ?? null]),
  };
}

function hashOf(shape: unknown): string {
  return createHash('sha256').update(JSON.stringify(shape)).digest('hex');
}
