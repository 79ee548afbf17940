import type { Snapshot } from '@toolhive-registry/catalog';
import type { CatalogFacts, SourceFacts } from '../catalog-metrics.ts';
import type { EngineStatus } from '../sync/engine.ts';
import { countsOf } from '../sync/found.ts';
import type { SourceState } from '../sync/machine/state.ts';

const KINDS = ['server', 'skill', 'plugin'] as const;

/** The values of the gauges, from the status that `GET /registry/status` shows. */
export function catalogFacts({ snapshot, sources }: EngineStatus): CatalogFacts {
  return {
    kinds: KINDS.map((kind) => ({ kind, entries: snapshot?.countOf(kind) ?? 0, versions: snapshot?.versionsOf(kind) ?? 0 })),
    snapshot: { createdAt: secondsOf(snapshot?.header.createdAt), bytes: snapshot?.block.byteLength ?? 0 },
    sources: sources.map((source) => sourceFacts(source, snapshot)),
  };
}

function sourceFacts(source: SourceState, snapshot: Snapshot | undefined): SourceFacts {
  const { name, memory } = source;
  return {
    source: name,
    ...(memory?.bytes === undefined ? {} : { bytes: memory.bytes }),
    lastSuccess: secondsOf(memory?.lastSuccessTime),
    counts: countsOf(source, snapshot),
  };
}

/** Seconds since 1970; 0 where there is no such time. */
function secondsOf(time: string | undefined): number {
  return time === undefined ? 0 : Date.parse(time) / 1000;
}
