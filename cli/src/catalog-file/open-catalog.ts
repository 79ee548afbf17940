import {
  encodeSource,
  FILES_KEY,
  openSnapshot,
  readSource,
  type CatalogFile,
  type FindingCounts,
  type ReadRules,
  type SchemaChecks,
  type Snapshot,
  type SourceFinding,
} from '@toolhive-registry/catalog';
import { unpacked } from './unpack.ts';

/** How the bytes of a catalog are read. */
export interface OpenOptions {
  /** Name of the catalog, for forms that have one: `team`. */
  readonly name: string;
  /** The declared format. Absent: any known format, detected from the data. */
  readonly from?: ReadRules['format'];
  /** Checks entries against the official schema, so that findings say where they break it. Absent: they are not checked. */
  readonly schemas?: SchemaChecks;
  /** Milliseconds since 1970: the times of entries for which the catalog has none. */
  readonly now: number;
}

/** A catalog as it would be served. */
export interface OpenedCatalog {
  readonly snapshot: Snapshot;
  /** The form that was read, such as `upstream-file`. */
  readonly format: Snapshot['header']['sources'][number]['info']['format'];
  /** What was wrong with the catalog. */
  readonly findings: Findings;
}

/** What was left out of a catalog, repaired and noted. */
export interface Findings {
  readonly counts: FindingCounts;
  /** The first 10,000 of each kind. */
  readonly kept: readonly SourceFinding[];
}

/**
 * Reads a catalog in any known form, JSON or YAML, plain or gzip, or the files of a folder as one document (FILES_KEY), as a registry server does. A bad
 * entry costs that entry only. Throws CatalogError for bytes that cannot be used at all.
 */
export function openCatalog(bytes: Uint8Array, { name, from = 'auto', schemas, now }: OpenOptions): OpenedCatalog {
  const draft = readSource({ name, format: from, filters: [] }, { bytes: unpacked(bytes) }, { now, schemas });
  const { block } = encodeSource({ registry: { name, namespace: '' }, draft, rules: '', now });
  const snapshot = openSnapshot(block, { verify: false });
  const { findings: kept } = snapshot.findings({ limit: Infinity });
  // Duplicates are found when the entries are merged.
  const counts = snapshot.header.sources[0]?.found ?? draft.findings.counts;
  return { snapshot, format: draft.info.format, findings: { counts, kept } };
}

/** The files of a folder as one document that {@link openCatalog} reads, file by file in their order. One that cannot be used says why. */
export function joinedFiles(files: readonly CatalogFile[]): Uint8Array {
  return Buffer.from(JSON.stringify({ [FILES_KEY]: files }));
}
