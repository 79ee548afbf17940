/** Names and versions of rows, in UTF-8 without separators, sorted by their bytes. Offsets have one number more than there are rows. */
export interface RowKeys {
  readonly names: Buffer;
  readonly nameOffsets: Uint32Array;
  readonly versions: Buffer;
  readonly versionOffsets: Uint32Array;
}

/** Compares a row's name with one in UTF-8: negative when the row comes first. Allocates nothing. */
export function compareName(keys: RowKeys, position: number, name: Buffer): number {
  return compareBytes(keys.names, keys.nameOffsets[position] ?? 0, keys.nameOffsets[position + 1] ?? 0, name);
}

/** Compares a row's version with one in UTF-8, like {@link compareName}. */
export function compareVersion(keys: RowKeys, position: number, version: Buffer): number {
  return compareBytes(keys.versions, keys.versionOffsets[position] ?? 0, keys.versionOffsets[position + 1] ?? 0, version);
}

/** Compares a part of some bytes with others. For the length of a name this takes a third of the time of Buffer.compare. */
function compareBytes(bytes: Buffer, start: number, end: number, other: Buffer): number {
  const length = Math.min(end - start, other.length);
  for (let at = 0; at < length; at += 1) {
    const order = (bytes[start + at] ?? 0) - (other[at] ?? 0);
    if (order !== 0) return order;
  }
  return end - start - other.length;
}

/** The name of a row. */
export function nameAt(keys: RowKeys, position: number): string {
  return keys.names.toString('utf8', keys.nameOffsets[position], keys.nameOffsets[position + 1]);
}

/** The version of a row. */
export function versionAt(keys: RowKeys, position: number): string {
  return keys.versions.toString('utf8', keys.versionOffsets[position], keys.versionOffsets[position + 1]);
}

/** Whether two rows have the same name and version; a missing row has none. */
export function isSameVersion(a: RowKeys, at: number, b: RowKeys, bAt: number): boolean {
  if (at >= a.nameOffsets.length - 1) return false;
  const nameOrder = a.names.compare(b.names, b.nameOffsets[bAt], b.nameOffsets[bAt + 1], a.nameOffsets[at], a.nameOffsets[at + 1]);
  if (nameOrder !== 0) return false;
  return (
    a.versions.compare(b.versions, b.versionOffsets[bAt], b.versionOffsets[bAt + 1], a.versionOffsets[at], a.versionOffsets[at + 1]) === 0
  );
}

/** The rows of a name, as a range with exclusive end. */
export function rangeOf(keys: RowKeys, name: string): [start: number, end: number] {
  const wanted = Buffer.from(name);
  const count = keys.nameOffsets.length - 1;
  const start = partitionPoint(count, (position) => compareName(keys, position, wanted) < 0);
  let end = start;
  while (end < count && compareName(keys, end, wanted) === 0) end += 1;
  return [start, end];
}

/** The last row whose name does not come after a name; -1 if all do. */
export function lastRowUpTo(keys: RowKeys, name: string): number {
  const wanted = Buffer.from(name);
  return partitionPoint(keys.nameOffsets.length - 1, (position) => compareName(keys, position, wanted) <= 0) - 1;
}

/** The position of a name's version, -1 when there is none. */
export function findVersion(keys: RowKeys, name: string, version: string): number {
  const [start, end] = rangeOf(keys, name);
  const wanted = Buffer.from(version);
  for (let position = start; position < end; position += 1) if (compareVersion(keys, position, wanted) === 0) return position;
  return -1;
}

/** The first index whose value is not below `value`. */
export function lowerBound(sorted: Uint32Array, value: number): number {
  return partitionPoint(sorted.length, (index) => (sorted[index] ?? 0) < value);
}

/** The first index for which the predicate is false, given that it is true for all before. */
export function partitionPoint(length: number, isBefore: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
