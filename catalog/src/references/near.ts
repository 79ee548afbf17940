import type { ReferenceKind } from './forms.ts';

/** Most suggestions. */
const MOST = 3;
/** Most edits up to which a reference may still have been meant. */
const MAX_DISTANCE = 3;
/** Longer references are not compared character by character. */
const MAX_LENGTH = 200;

/** An image in its compared form, without tag and digest. */
export function repositoryOf(image: string): string {
  const named = image.split('@', 1)[0] ?? '';
  const colon = named.lastIndexOf(':');
  return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named;
}

/** The references most similar to one, the nearest first: few edits away, or the same name elsewhere. */
export function nearest(kind: ReferenceKind, wanted: string, all: Iterable<string>): string[] {
  const name = nameOf(kind, wanted);
  const found: { text: string; distance: number }[] = [];
  for (const text of all) {
    const distance = distanceWithin(wanted, text, MAX_DISTANCE);
    if (distance !== undefined) found.push({ text, distance });
    else if (name !== '' && nameOf(kind, text) === name) found.push({ text, distance: MAX_DISTANCE + 1 });
  }
  return found
    .sort((a, b) => a.distance - b.distance || (a.text < b.text ? -1 : 1))
    .slice(0, MOST)
    .map(({ text }) => text);
}

/** The characteristic part of a reference: the last part of an image or package, the host of a URL. */
function nameOf(kind: ReferenceKind, text: string): string {
  if (kind === 'urls') return /^https?:\/\/([^/]*)/.exec(text)?.[1] ?? '';
  return (kind === 'images' ? repositoryOf(text) : text).split(/[/ ]/).at(-1) ?? '';
}

/** Two rows of the table, reused: a catalog has many references to compare. */
const ROWS = [new Uint8Array(MAX_LENGTH + 2 * MAX_DISTANCE), new Uint8Array(MAX_LENGTH + 2 * MAX_DISTANCE)] as const;

/** Levenshtein distance, if it is within the bound: only the part of the table near its diagonal is computed. */
function distanceWithin(a: string, b: string, bound: number): number | undefined {
  if (Math.abs(a.length - b.length) > bound || a.length > MAX_LENGTH) return undefined;
  const far = bound + 1;
  let [before, row] = ROWS;
  for (let j = 0; j <= Math.min(b.length, far); j += 1) before[j] = j;
  for (let i = 1; i <= a.length; i += 1) {
    const [first, last] = [Math.max(1, i - bound), Math.min(b.length, i + bound)];
    let left = first === 1 ? Math.min(i, far) : far;
    let least = left;
    row[first - 1] = left;
    for (let j = first; j <= last; j += 1) {
      const changed = (before[j - 1] ?? far) + (a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1);
      left = Math.min(changed, (before[j] ?? far) + 1, left + 1, far);
      row[j] = left;
      least = Math.min(least, left);
    }
    if (least > bound) return undefined;
    row[last + 1] = far;
    [before, row] = [row, before];
  }
  const distance = before[b.length] ?? far;
  return distance <= bound ? distance : undefined;
}
