import {
  CatalogError,
  FILE_FORMATS,
  groupsOf,
  writeCatalog,
  type FileFormat,
  type Snapshot,
  type WriteNote,
} from '@toolhive-registry/catalog';
import { openCatalog, type Findings, type OpenedCatalog, type OpenOptions } from '../catalog-file/open-catalog.ts';

/** How a catalog is converted. */
export interface ConvertOptions extends OpenOptions {
  readonly to: FileFormat;
  /** Maximum size in bytes of the result. Groups repeat their servers, and a small catalog may have many. Absent: 400 MiB. */
  readonly maxBytes?: number;
}

/** A converted catalog, and a report about the conversion. */
export interface Conversion {
  readonly bytes: Uint8Array;
  readonly report: ConversionReport;
}

/** The report about a conversion. */
export interface ConversionReport {
  readonly from: OpenedCatalog['format'];
  readonly to: FileFormat;
  /** What was read. */
  readonly entries: EntryCounts;
  /** What was left out, repaired and noted when it was read. */
  readonly findings: Findings;
  /** Servers in the result, as its readers count them. */
  readonly written: number;
  /** What the form has no place for. */
  readonly notes: Notes;
  /** Servers of which the catalog says no time of publication, and which have the time of the conversion for one. Other forms than `official` have none. */
  readonly dated: number;
}

/** How much there is of each kind. */
export interface EntryCounts {
  readonly servers: number;
  /** Of servers, deleted ones too. */
  readonly versions: number;
  readonly skills: number;
  readonly plugins: number;
  readonly groups: number;
}

/** What a form has no place for. */
export interface Notes {
  readonly counts: Readonly<Record<WriteNote['outcome'], number>>;
  /** The first {@link MAX_NOTES} of each outcome. */
  readonly kept: readonly WriteNote[];
}

/** Maximum number of notes of an outcome that are kept. */
export const MAX_NOTES = 10_000;
const MAX_BYTES = 400 * 1024 * 1024;

/**
 * Writes a catalog of any known form in one of those that are written. The same bytes and options give the same result. Everything that gets lost is
 * reported: findings say what could not be read, notes what the form has no place for.
 *
 * Throws CatalogError for bytes that cannot be used at all, and for a result that is too large.
 */
export function convert(bytes: Uint8Array, options: ConvertOptions): Conversion {
  const { to, now, maxBytes = MAX_BYTES } = options;
  const { snapshot, format, findings } = openCatalog(bytes, options);
  const notes = new NoteList(snapshot);
  const written = joined(
    writeCatalog(snapshot, to, (note) => notes.add(note)),
    maxBytes,
    to,
  );
  return {
    bytes: written,
    report: {
      from: format,
      to,
      entries: countsOf(snapshot),
      findings,
      written: snapshot.countOf('server') - notes.lostServers,
      notes,
      dated: to === 'official' ? datedAt(snapshot, now) : 0,
    },
  };
}

/** Whether all that there was can be read back: nothing was left out, repaired or cut. */
export function isComplete({ findings, notes }: ConversionReport): boolean {
  return [findings.counts.leftOut, findings.counts.repaired, notes.counts['left-out'], notes.counts.reduced].every((count) => count === 0);
}

/** Whether a word is a form that is written. */
export function isFileFormat(word: string): word is FileFormat {
  return FILE_FORMATS.some((format) => format === word);
}

class NoteList implements Notes {
  readonly counts = { 'left-out': 0, reduced: 0, carried: 0 };
  readonly kept: WriteNote[] = [];
  /** Servers of which no version is written. */
  lostServers = 0;
  readonly #snapshot: Snapshot;

  constructor(snapshot: Snapshot) {
    this.#snapshot = snapshot;
  }

  add(note: WriteNote): void {
    this.counts[note.outcome] += 1;
    if (note.outcome === 'left-out' && note.kind === 'server' && this.#isLatest(note)) this.lostServers += 1;
    if (this.counts[note.outcome] <= MAX_NOTES) this.kept.push(note);
  }

  /** A form that has one version of each server has the latest. */
  #isLatest({ name, version }: WriteNote): boolean {
    const [start, end] = this.#snapshot.positionsOf(name);
    for (let row = start; row < end; row += 1) {
      const key = this.#snapshot.keyAt(row);
      if (key.version === version) return key.latest && !key.deleted;
    }
    return false;
  }
}

function joined(pieces: Iterable<Buffer | undefined>, maxBytes: number, to: FileFormat): Uint8Array {
  const parts: Buffer[] = [];
  let length = 0;
  for (const piece of pieces) {
    if (piece === undefined) continue;
    length += piece.length;
    if (length > maxBytes)
      throw new CatalogError(
        `the catalog has more than ${maxBytes} bytes in the form ${to}, since groups repeat their servers; take some groups out, or convert it to official`,
      );
    parts.push(piece);
  }
  return Buffer.concat(parts);
}

function countsOf(snapshot: Snapshot): EntryCounts {
  return {
    servers: snapshot.countOf('server'),
    versions: snapshot.serverRows,
    skills: snapshot.countOf('skill'),
    plugins: snapshot.countOf('plugin'),
    groups: groupsOf(snapshot).length,
  };
}

function datedAt(snapshot: Snapshot, now: number): number {
  let count = 0;
  for (let row = 0; row < snapshot.serverRows; row += 1) if (snapshot.publishedAt(row) === now) count += 1;
  return count;
}
