import { exactText } from '../exact-json.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { SUBJECTS, type Identity } from './identity.ts';
import type { ValueIds } from './value-ids.ts';

/** Pairs of elements of two lists that are the same. */
export interface Matching {
  /** Positions before and after, sorted by the latter. */
  readonly pairs: readonly (readonly [before: number, after: number])[];
  readonly removed: readonly number[];
  readonly added: readonly number[];
  /** Whether elements in both lists are in another order. */
  readonly isReordered: boolean;
}

/**
 * Matches the elements of two lists: equal ones first, then by their identities. Objects without the first identity are matched in order. Unmatched elements
 * were removed or added.
 */
export function matchLists(before: readonly Json[], after: readonly Json[], identities: readonly Identity[], ids: ValueIds): Matching {
  const open = new OpenElements(before, after);
  open.match((element) => ids.of(element));
  for (const { of, isVague } of identities) {
    open.match((element) => (isPlainObject(element) ? of(element) : undefined), isVague);
  }
  const [first] = identities;
  open.match((element) => {
    if (Array.isArray(element)) return 'list';
    return isPlainObject(element) && first?.of(element) === undefined ? 'object' : undefined;
  });
  return open.matching();
}

/** Matches the keys of ToolHive's extensions, which are images and URLs: equal ones first, then those of the same image in another version. */
export function matchSubjects(before: JsonObject, after: JsonObject): Map<string, string> {
  const [from, to] = [before, after].map((object) => Object.keys(object).sort());
  const open = new OpenElements(from ?? [], to ?? []);
  open.match((key) => key);
  for (const { of, isVague } of SUBJECTS) open.match((key) => of({ key }), isVague);
  return new Map(open.matching().pairs.map(([i, j]) => [to?.[j] ?? '', from?.[i] ?? '']));
}

/** The elements of two lists that are not matched yet. */
class OpenElements<T> {
  readonly #before: Map<number, T>;
  readonly #after: Map<number, T>;
  readonly #pairs: [number, number][] = [];

  constructor(before: readonly T[], after: readonly T[]) {
    this.#before = new Map(before.entries());
    this.#after = new Map(after.entries());
  }

  /** Matches those with the same identity, in order. Those without one stay unmatched; a vague identity counts if it occurs once on each side. */
  match(identityOf: (element: T) => string | number | undefined, isVague = false): void {
    if (this.#before.size === 0 || this.#after.size === 0) return;
    const [from, to] = [grouped(this.#before, identityOf), grouped(this.#after, identityOf)];
    for (const [identity, positions] of from) {
      const others = to.get(identity) ?? [];
      if (isVague && (positions.length > 1 || others.length > 1)) continue;
      for (const [index, i] of positions.entries()) {
        const j = others[index];
        if (j === undefined) break;
        this.#pairs.push([i, j]);
        this.#before.delete(i);
        this.#after.delete(j);
      }
    }
  }

  matching(): Matching {
    const pairs = this.#pairs.toSorted(([, a], [, b]) => a - b);
    const isReordered = pairs.some(([i], index) => index > 0 && i < (pairs[index - 1]?.[0] ?? -1));
    return { pairs, removed: [...this.#before.keys()], added: [...this.#after.keys()], isReordered };
  }
}

function grouped<T>(elements: ReadonlyMap<number, T>, identityOf: (element: T) => string | number | undefined) {
  const groups = new Map<string | number, number[]>();
  for (const [position, element] of elements) {
    const identity = identityOf(element);
    if (identity === undefined) continue;
    const group = groups.get(identity);
    if (group === undefined) groups.set(identity, [position]);
    else group.push(position);
  }
  return groups;
}

/** An object that does not stand for an exact number. */
export function isPlainObject(value: Json | undefined): value is JsonObject {
  return isObject(value) && exactText(value) === undefined;
}
