import { isRecord } from './objects.ts';

/** A value of JSON that has parts. */
type Parts = Record<string, unknown>;

/**
 * Keeps equal parts of similar objects once. Of a thousand objects that one controller has made nearly all is equal: who owns which fields, labels,
 * pod templates. What is kept is not changed, so that it may share parts. An object is compared with two models only, its own former state or
 * those that came before: that takes a walk over it, and no memory.
 */
export class Sharing<T extends object> {
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

  /** The value, or an equal one of the two. Fields in another order are not equal: where they stand for a list it counts. */
  share(value: unknown, first: unknown, second: unknown): unknown {
    if (typeof value === 'string') return value === first ? first : value === second ? second : value;
    return typeof value === 'object' && value !== null ? this.#shareParts(value as Parts, first, second) : value;
  }

  #shareParts(parts: Parts, first: unknown, second: unknown): Parts {
    const one = partsOf(first, parts);
    const two = partsOf(second, parts);
    const keys = Object.keys(parts);
    const [keysOfOne, keysOfTwo] = [Object.keys(one), Object.keys(two)];
    let isFirst = first === one && keysOfOne.length === keys.length;
    let isSecond = second === two && keysOfTwo.length === keys.length;
    for (const [index, key] of keys.entries()) {
      // Own ones only: `__proto__` is a field like any other in JSON.
      const inOne = Object.hasOwn(one, key) ? one[key] : undefined;
      const inTwo = Object.hasOwn(two, key) ? two[key] : undefined;
      const own = parts[key];
      const part = inOne === undefined && inTwo === undefined ? own : (parts[key] = this.share(own, inOne, inTwo));
      isFirst &&= part === inOne && keysOfOne[index] === key;
      isSecond &&= part === inTwo && keysOfTwo[index] === key;
    }
    if (isFirst) this.ofFirst += 1;
    else if (isSecond) this.ofSecond += 1;
    return isFirst ? one : isSecond ? two : parts;
  }
}

const NONE: Parts = {};

/** The model's parts, if it is of the value's shape. */
function partsOf(model: unknown, value: object): Parts {
  const isAlike = Array.isArray(value) ? Array.isArray(model) : isRecord(model);
  return isAlike ? (model as Parts) : NONE;
}
