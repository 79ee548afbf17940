import { exactText } from '../exact-json.ts';
import type { Json } from '../json.ts';

/** Deepest level that is examined. Entries have at most 200 (formats/limits.ts), and an item adds two around its entry. */
export const MAX_DEPTH = 256;

/**
 * Numbers values, with the same number for equal ones. That makes equality known at every level, while each value is examined once however deep it is. Values
 * nested deeper than {@link MAX_DEPTH} equal nothing.
 */
export class ValueIds {
  readonly #ids = new Map<string, number>();
  readonly #known = new Map<object, number>();
  #next = 0;

  /** The number of a value by its text; numbers that are kept by their digits are compared by those, see parseExact. */
  of(value: Json, depth = 0): number {
    if (typeof value !== 'object' || value === null) return this.#idOf(JSON.stringify(value));
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    const id = depth > MAX_DEPTH ? this.#fresh() : this.#idOf(exactText(value) ?? this.#textOf(value, depth));
    this.#known.set(value, id);
    return id;
  }

  /** The text of a list or an object with numbers in place of its contents. Texts of scalars do not begin like this. */
  #textOf(value: Json[] | { readonly [key: string]: Json }, depth: number): string {
    let text = '';
    if (Array.isArray(value)) {
      for (const item of value) text += `${this.of(item, depth + 1)},`;
      return `[${text}`;
    }
    for (const key of Object.keys(value).sort()) text += `${JSON.stringify(key)}${this.of(value[key] ?? null, depth + 1)},`;
    return `{${text}`;
  }

  #idOf(text: string): number {
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    const id = this.#fresh();
    this.#ids.set(text, id);
    return id;
  }

  #fresh(): number {
    this.#next += 1;
    return this.#next;
  }
}
