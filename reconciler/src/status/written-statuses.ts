import type { KubeObject, ObjectKey } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';

interface Written<S> {
  /** Another object of the same name has had nothing written yet. */
  readonly uid: string | undefined;
  /** The version that the status was written upon. */
  readonly basedOn: string | undefined;
  readonly status: S;
}

/**
 * The last status that was written of each object, for as long as the store still shows the version of before. A reconcile that runs meanwhile
 * must not go by the status in the store: it would date a transition anew, or tell an Event twice.
 */
export class WrittenStatuses<S> {
  readonly #written = new Map<string, Written<S>>();

  /** The status that the store does not show yet; undefined: go by the object's own. */
  unseen(object: KubeObject): S | undefined {
    const key = formatKey(keyOf(object));
    const last = this.#written.get(key);
    if (last === undefined) return undefined;
    const { uid, resourceVersion } = object.metadata;
    if (last.uid === uid && last.basedOn === resourceVersion) return last.status;
    this.#written.delete(key);
    return undefined;
  }

  /** Remembers a status that was written. `object` is as the store has it, not as the server answered. */
  remember(object: KubeObject, status: S): void {
    const { uid, resourceVersion } = object.metadata;
    this.#written.set(formatKey(keyOf(object)), { uid, basedOn: resourceVersion, status });
  }

  /** Forgets an object that is gone. */
  forget(key: ObjectKey): void {
    this.#written.delete(formatKey(key));
  }
}
