import type { ReferenceKind } from '@toolhive-registry/catalog/references';
import { bucketOf, parameterKeys } from './names.ts';

/** A reference that a registry lists. */
export interface Line {
  /** Its sort key among all references. */
  readonly place: string;
  readonly kind: ReferenceKind;
  readonly registry: string;
  readonly text: string;
}

/** Most bytes of references and keys in one ConfigMap. A ConfigMap holds 1 MiB, and the API server also records a managedFields entry for each key. */
const PART_BYTES = 600_000;
/** How full a new part may be, and the combined fill below which two neighbors are merged. */
const FILLED = 0.9;
const NEARLY_EMPTY = 0.5;
/** Overhead of a key besides its name: quotes, line feeds, and its managedFields entry, which repeats the name. */
const KEY_BYTES = 40;

/** The key under which a reference is listed. */
export function keyOf({ kind, registry, text }: Omit<Line, 'place'>): string {
  return parameterKeys.list(kind, registry, bucketOf(text));
}

/**
 * Where further ConfigMaps begin in the sorted lines. Known borders stay, except that a part that is too large is split and nearly empty neighbors are merged.
 */
export function bordersOf(lines: readonly Line[], known: readonly string[]): string[] {
  const parts: Part[] = [];
  let start = 0;
  for (const border of [...new Set(known)].sort()) {
    const end = lines.findIndex((line, index) => index >= start && line.place >= border);
    const stop = end < 0 ? lines.length : end;
    parts.push(partOf(lines, start, stop));
    start = stop;
  }
  parts.push(partOf(lines, start, lines.length));
  const joined = join(
    parts.filter(({ start: from, end }) => end > from),
    lines,
  );
  return joined.flatMap((part) => [part.start, ...cuts(part, lines)]).flatMap((at) => (at === 0 ? [] : (lines[at]?.place ?? [])));
}

interface Part {
  readonly start: number;
  readonly end: number;
  readonly bytes: number;
}

function partOf(lines: readonly Line[], start: number, end: number): Part {
  const size = createSize();
  let bytes = 0;
  for (let index = start; index < end; index += 1) bytes = size(lines[index]);
  return { start, end, bytes };
}

/** Merges neighbors that are nearly empty together. */
function join(parts: readonly Part[], lines: readonly Line[]): Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (last === undefined || last.bytes + part.bytes > PART_BYTES * NEARLY_EMPTY) joined.push(part);
    else joined[joined.length - 1] = partOf(lines, last.start, part.end);
  }
  return joined;
}

/**
 * Where to split a part that is too large: into pieces of about the same size, each with room to grow. The same reference of several registries stays in one
 * piece.
 */
function cuts({ start, end, bytes }: Part, lines: readonly Line[]): number[] {
  if (bytes <= PART_BYTES) return [];
  const size = bytes / Math.ceil(bytes / (PART_BYTES * FILLED));
  const found: number[] = [];
  let add = createSize();
  let filled = 0;
  for (let index = start; index < end; index += 1) {
    if (filled >= size && lines[index - 1]?.place !== lines[index]?.place) {
      found.push(index);
      add = createSize();
    }
    filled = add(lines[index]);
  }
  return found;
}

/** Adds up the size of lines; each call returns the running total. */
function createSize(): (line: Line | undefined) => number {
  const keys = new Set<string>();
  let bytes = 0;
  return (line) => {
    if (line === undefined) return bytes;
    const key = keyOf(line);
    if (!keys.has(key)) bytes += 2 * key.length + KEY_BYTES;
    keys.add(key);
    bytes += line.text.length + 1;
    return bytes;
  };
}
