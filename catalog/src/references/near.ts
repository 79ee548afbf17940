import type { ReferenceKind } from './forms.ts';

/** Most suggestions. */
const MOST = 3;
/** Most changes of a character after which a reference may still have been meant. */
const MAX_DISTANCE = 3;
/** Longer references are not compared character by character. */
const MAX_LENGTH = 200;

/** An image in the form that is compared, without tag and digest. */
export function repositoryOf(image: string): string {
  const named = image.split('@', 1)[0] ?? '';
  const colon = named.lastIndexOf(':');
  return colon > named.lastIndexOf('/') ? named.slice(0, colon) : named;
}

/** The references that differ least from one, the nearest first: by few characters, or only by where the same name is. */
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

/** What a reference is best known by: the last part of an image or package, the host of a URL. */
function nameOf(kind: ReferenceKind, text: string): string {
  if (kind === 'urls') return /^https?:\/\/([^/]*)/.exec(text)?.[1] ?? '';
  return repositoryOf(text).split(/[/ ]/).at(-1) ?? '';
}

/** Levenshtein's distance, if it is no more than the bound: rows of the table are worked out only near its diagonal. */
function distanceWithin(a: string, b: string, bound: number): number | undefined {
  if (Math.abs(a.length - b.length) > bound || a.length > MAX_LENGTH) return undefined;
  let before = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = Array.from({ length: b.length + 1 }, () => bound + 1);
    row[0] = i;
    let least = bound + 1;
    for (let j = Math.max(1, i - bound); j <= Math.min(b.length, i + bound); j += 1) {
      const changed = (before[j - 1] ?? bound + 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(changed, (before[j] ?? bound + 1) + 1, (row[j - 1] ?? bound + 1) + 1);
      least = Math.min(least, row[j] ?? least);
    }
    if (least > bound) return undefined;
    before = row;
  }
  const distance = before[b.length] ?? bound + 1;
  return distance <= bound ? distance : undefined;
}
