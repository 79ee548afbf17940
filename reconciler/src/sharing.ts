import { isRecord } from './objects.ts';

/** A JSON value with parts. */
type Parts = Record<string, unknown>;

/**
 * Stores equal parts of similar objects once. A thousand objects created by one controller are nearly equal: field ownership, labels, pod templates. Stored
 * objects are never changed, so they may share parts. An object is compared with only two models, its own former state or recent other objects: that takes a
 * walk over it, and no memory.
 */
export class Sharing<T extends object> {
  /** The latest object, and one of another shape if there are two: the two Services of each registry, for instance. */
  #models: [T | undefined, T | undefined] = [undefined, undefined];

  /** The object, with parts replaced by equal ones of `former` or a model. It is changed in place, so it must not be shared yet. */
  object(object: T, former: T | undefined): T {
    const [latest, other] = this.#models;
    const walk = new Walk();
    walk.share(object, former ?? latest, former === undefined ? other : latest);
    // Objects of two shapes that alternate each find a matching model.
    const replacesOther = former === undefined && walk.ofSecond > walk.ofFirst;
    this.#models = replacesOther ? [latest, object] : [object, other ?? latest];
    return object;
  }
}

/** The walk over one object, counting the parts taken from each model. */
class Walk {
  ofFirst = 0;
  ofSecond = 0;

  /** The value, or an equal one of the two. Values with fields in another order are not equal: order matters where they represent a list. */
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
      // Own properties only: `__proto__` is a field like any other in JSON.
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

/** The model's parts, if it has the value's shape. */
function partsOf(model: unknown, value: object): Parts {
  const isAlike = Array.isArray(value) ? Array.isArray(model) : isRecord(model);
  return isAlike ? (model as Parts) : NONE;
}
