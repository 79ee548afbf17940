import type { EntryKind } from '@toolhive-registry/catalog';
import { Gauge, type Registry } from 'prom-client';

/** The values of the gauges. */
export interface CatalogFacts {
  readonly kinds: readonly KindFacts[];
  readonly snapshot: {
    /** When it was made, in seconds since 1970; 0: there is none. */
    readonly createdAt: number;
    readonly bytes: number;
  };
  readonly sources: readonly SourceFacts[];
}

/** The gauges for servers, skills or plugins. */
export interface KindFacts {
  readonly kind: EntryKind;
  /** Names. */
  readonly entries: number;
  /** Versions that are not deleted. */
  readonly versions: number;
}

/** The gauges for one source. */
export interface SourceFacts {
  readonly source: string;
  /** Of its data, unpacked; absent: not known. */
  readonly bytes?: number;
  /** When it last gave a good answer, in seconds since 1970; 0: never. */
  readonly lastSuccess: number;
  /** Its entries by result, as in `counts` of the status. */
  readonly counts: Readonly<Record<string, number>>;
}

/** A value with its labels. */
type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

/**
 * Adds the gauges of what is served. They are computed on each scrape: they cannot contradict the status, and a source that was removed
 * from the manifest has none.
 */
export function addCatalogGauges(register: Registry, facts: () => CatalogFacts): void {
  const add = (name: string, help: string, labelNames: readonly string[], samples: (now: CatalogFacts) => readonly Sample[]): void => {
    const gauge = new Gauge({
      name,
      help,
      labelNames,
      registers: [],
      collect() {
        this.reset();
        for (const [labels, value] of samples(facts())) this.set(labels, value);
      },
    });
    register.registerMetric(gauge);
  };
  const ofSources = (value: (source: SourceFacts) => number | undefined): ((now: CatalogFacts) => readonly Sample[]) => {
    return ({ sources }) =>
      sources.flatMap((source): readonly Sample[] => {
        const known = value(source);
        return known === undefined ? [] : [[{ source: source.source }, known]];
      });
  };
  add('mcpregistry_servers_total', 'Servers in the catalog.', [], ({ kinds }) =>
    kinds.flatMap(({ kind, entries }) => (kind === 'server' ? [[{}, entries]] : [])),
  );
  add('mcpregistry_entries', 'Entries in the catalog, each name once, by kind.', ['kind'], ({ kinds }) =>
    kinds.map(({ kind, entries }) => [{ kind }, entries]),
  );
  add('mcpregistry_entry_versions', 'Versions of entries in the catalog, not counting deleted ones, by kind.', ['kind'], ({ kinds }) =>
    kinds.map(({ kind, versions }) => [{ kind }, versions]),
  );
  add(
    'mcpregistry_snapshot_created_timestamp_seconds',
    'When the served snapshot was made, in seconds since 1970. 0: nothing is served.',
    [],
    ({ snapshot }) => [[{}, snapshot.createdAt]],
  );
  add('mcpregistry_snapshot_bytes', 'Bytes of the served snapshot, in memory. 0: nothing is served.', [], ({ snapshot }) => [
    [{}, snapshot.bytes],
  ]);
  add(
    'mcpregistry_source_last_success_timestamp_seconds',
    'When a source last gave a good answer, including that nothing is new, in seconds since 1970. 0: never.',
    ['source'],
    ofSources(({ lastSuccess }) => lastSuccess),
  );
  add(
    'mcpregistry_source_bytes',
    'Bytes of the last good data of a source, unpacked. Absent: it has none.',
    ['source'],
    ofSources(({ bytes }) => bytes),
  );
  add(
    'mcpregistry_source_entries',
    'Entries of a source by result: served counts servers, noted counts notes, the other results count versions.',
    ['source', 'result'],
    ({ sources }) => sources.flatMap(({ source, counts }) => Object.entries(counts).map(([result, count]) => [{ source, result }, count])),
  );
}
