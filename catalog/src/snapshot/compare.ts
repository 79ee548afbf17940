import { CONTENT_HASH_BYTES, FLAG_DELETED } from './layout.ts';
import type { Comparison, RememberedRows } from './predecessor.ts';

/** Compares two catalogs. Both are sorted, so that each row is visited once. */
export function compareRows(before: RememberedRows, after: RememberedRows): Comparison {
  let [added, changed, removed] = [0, 0, 0];
  const gone: number[] = [];
  let [old, fresh] = [0, 0];
  while (old < before.flags.length || fresh < after.flags.length) {
    const order = inOrder(before, old, after, fresh);
    if (order < 0) {
      gone.push(old);
      if (isActive(before, old)) removed += 1;
      old += 1;
    } else if (order > 0) {
      if (isActive(after, fresh)) added += 1;
      fresh += 1;
    } else {
      const [was, is] = [isActive(before, old), isActive(after, fresh)];
      if (was && !is) removed += 1;
      else if (is && !was) added += 1;
      else if (is && !hasSameContent(before, old, after, fresh)) changed += 1;
      old += 1;
      fresh += 1;
    }
  }
  return { added, changed, removed, gone };
}

/** Negative when the row of the first comes first, also when the second is at its end. */
function inOrder(a: RememberedRows, i: number, b: RememberedRows, j: number): number {
  if (i >= a.flags.length) return 1;
  if (j >= b.flags.length) return -1;
  const name = a.names.compare(b.names, b.nameOffsets[j], b.nameOffsets[j + 1], a.nameOffsets[i], a.nameOffsets[i + 1]);
  return name || a.versions.compare(b.versions, b.versionOffsets[j], b.versionOffsets[j + 1], a.versionOffsets[i], a.versionOffsets[i + 1]);
}

function isActive({ flags }: RememberedRows, row: number): boolean {
  return ((flags[row] ?? 0) & FLAG_DELETED) === 0;
}

function hasSameContent(a: RememberedRows, i: number, b: RememberedRows, j: number): boolean {
  const [from, other] = [i * CONTENT_HASH_BYTES, j * CONTENT_HASH_BYTES];
  return a.contentHashes.compare(b.contentHashes, other, other + CONTENT_HASH_BYTES, from, from + CONTENT_HASH_BYTES) === 0;
}
