import type { KubeObject } from '../objects.ts';
import { isRecord } from '../objects.ts';

/** A value of JSON that has parts. */
type Parts = Record<string, unknown>;

/**
 * Keeps equal parts of similar objects once. Of a thousand objects that one controller has made nearly all is equal: who owns which fields, labels,
 * pod templates. Objects in stores are not changed, so that they may share parts. An object is compared with two models only, its own former state or
 * those that came before: that takes a walk over it, and no memory.
 */
export class Sharing<T extends KubeObject> {
  /** The latest object, and one of another make, where there are two: the two Services of each registry, for instance. */
  #models: [T | undefined, T | undefined] = [undefined, undefined];

  /** The object, in which parts that `former` or a model has too are theirs. It is changed in place: it must be ours alone. */
  object(object: T, former: T | undefined): T {
    const [latest, other] = this.#models;
    const walk = new Walk();
    walk.share(object, former ?? latest, former === undefined ? other : latest);
    // Objects of two makes that come in turns each find one of their own.
    const replacesOther = former === undefined && walk.ofSecond > walk.ofFirst;
    this.#models = replacesOther ? [latest, object] : [object, other ?? latest];
    return object;
  }
}

/** One object's walk, and of which model it took how many parts. */
class Walk {
  ofFirst = 0;
  ofSecond = 0;

  /** The value, or an equal one of the two. */
  share(value: unknown, first: unknown, second: unknown): unknown {
    if (typeof value === 'string') return value === first ? first : value === second ? second : value;
    if (typeof value !== 'object' || value === null) return value;
    const parts = value as Parts;
    const keys = Object.keys(parts);
    const one = sameShape(first, value);
    const two = sameShape(second, value);
    let isFirst = one !== undefined && Object.keys(one).length === keys.length;
    let isSecond = two !== undefined && Object.keys(two).length === keys.length;
    for (const key of keys) {
      // Own ones only: `__proto__` is a field like any other in JSON.
      const inFirst = one !== undefined && Object.hasOwn(one, key) ? one[key] : undefined;
      const inSecond = two !== undefined && Object.hasOwn(two, key) ? two[key] : undefined;
      if (inFirst === undefined && inSecond === undefined) {
        isFirst = isSecond = false;
        continue;
      }
      const part = this.share(parts[key], inFirst, inSecond);
      parts[key] = part;
      isFirst &&= part === inFirst;
      isSecond &&= part === inSecond;
    }
    if (isFirst) this.ofFirst += 1;
    else if (isSecond) this.ofSecond += 1;
    return isFirst ? one : isSecond ? two : value;
  }
}

function sameShape(model: unknown, value: object): Parts | undefined {
  const isAlike = Array.isArray(value) ? Array.isArray(model) : isRecord(model);
  return isAlike ? (model as Parts) : undefined;
}
