import { closeSync, fstatSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import {
  encodeOrigins,
  KnownRows,
  openSnapshot,
  originsIn,
  readHeader,
  type EncodedSource,
  type Snapshot,
  type SnapshotHeader,
} from '@toolhive-registry/catalog';
import { buildInfo } from '../../version.ts';
import type { Candidate } from './candidates.ts';

/** Data up to this size are read again as fast as their rows are read back. */
const MIN_KEPT_BYTES = 512 * 1024;
/** The header of one source's snapshot is smaller. */
const MAX_HEADER_BYTES = 64 * 1024;

/** Whether rows of data of this size are cached, so that an edit of another source does not parse them again. */
export function isWorthKeeping(bytes: number): boolean {
  return bytes > MIN_KEPT_BYTES;
}

/** Cache files of a source between builds. */
export interface KeptFiles {
  /** A snapshot with its rows. */
  readonly rows: string;
  /** The source is alone: its rows are those that are served, and the file is that of what is served. */
  readonly isServed: boolean;
  /** Which items of its data they come from. */
  readonly origins: string;
}

/** A source of which something may be kept. */
interface KeptSource {
  readonly candidates: readonly Candidate[];
  readonly rulesHash: string;
  readonly kept?: KeptFiles | undefined;
}

/** The rows of a source as they were kept, if they are those of its first candidate by the current rules. What is damaged is none. */
export function readKept({ candidates: [first], rulesHash, kept }: KeptSource): Snapshot | undefined {
  if (first?.hash === undefined || kept === undefined || kept.isServed) return undefined;
  try {
    const [source] = headerOf(kept.rows).sources;
    return source?.hash === first.hash && source.rules === keptBy(rulesHash)
      ? openSnapshot(readWhole(kept.rows), { verify: true })
      : undefined;
  } catch {
    return undefined;
  }
}

/** The rows that a source had before its data changed, if they were made by the current rules. They are opened when they are of use. */
export function knownRows({ rulesHash, kept }: KeptSource): KnownRows | undefined {
  if (kept === undefined) return undefined;
  try {
    const [source, ...others] = headerOf(kept.rows).sources;
    if (source?.rules !== keptBy(rulesHash) || others.length > 0) return undefined;
    return KnownRows.read(readFileSync(kept.origins), () => openSnapshot(readWhole(kept.rows), { verify: true }));
  } catch {
    return undefined;
  }
}

/**
 * Keeps what was made of a source, for the build of `served`. A failure costs time with the next build and nothing else; a partial file is
 * recognized by its hash.
 */
export function keepRows({ rows, isServed, origins }: KeptFiles, encoded: EncodedSource, own: Snapshot, served: Snapshot): void {
  const snapshot = isServed ? served : own;
  replace(origins, encodeOrigins(snapshot.header.hash, originsIn(encoded.origins, own, snapshot)));
  if (!isServed) replace(rows, encoded.block);
}

/** Identifies the rules that rows were built by: another version of this program may build other rows from the same data. */
export function keptBy(rulesHash: string): string {
  const { version, commit } = buildInfo();
  return `${rulesHash} ${version} ${commit}`;
}

function replace(path: string, bytes: Uint8Array): void {
  const temporary = `${path}.tmp`;
  try {
    writeFileSync(temporary, bytes, { mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    rmSync(temporary, { force: true });
  }
}

function headerOf(path: string): SnapshotHeader {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(MAX_HEADER_BYTES);
    return readHeader(bytes.subarray(0, readSync(file, bytes, 0, bytes.length, 0)));
  } finally {
    closeSync(file);
  }
}

/** Reads a file into memory of its own, which a snapshot wants, without a copy on the way. */
export function readWhole(path: string): Uint8Array<ArrayBuffer> {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.allocUnsafeSlow(fstatSync(file).size);
    for (let at = 0; at < bytes.length;) {
      const count = readSync(file, bytes, at, bytes.length - at, at);
      if (count === 0) throw new Error(`${path} has become shorter`);
      at += count;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
