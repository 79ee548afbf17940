import type { KubeObject, ObjectKey } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';

interface Written<S> {
  /** Another object of the same name starts without a written status. */
  readonly uid: string | undefined;
  /** The version on which the status was written. */
  readonly basedOn: string | undefined;
  readonly status: S;
}

/**
 * The last status written for each object, for as long as the store still shows the previous version. A reconcile that runs meanwhile must not use the status
 * in the store: it would date a transition again, or repeat an Event.
 */
export class WrittenStatuses<S> {
  readonly #written = new Map<string, Written<S>>();

  /** The status that the store does not show yet; undefined: use the object's own. */
  unseen(object: KubeObject): S | undefined {
    const key = formatKey(keyOf(object));
    const last = this.#written.get(key);
    if (last === undefined) return undefined;
    const { uid, resourceVersion } = object.metadata;
    if (last.uid === uid && last.basedOn === resourceVersion) return last.status;
    this.#written.delete(key);
    return undefined;
  }

  /** Remembers a written status. `object` is the one from the store, not the server's answer. */
  remember(object: KubeObject, status: S): void {
    const { uid, resourceVersion } = object.metadata;
    this.#written.set(formatKey(keyOf(object)), { uid, basedOn: resourceVersion, status });
  }

  /** Forgets a deleted object. */
  forget(key: ObjectKey): void {
    this.#written.delete(formatKey(key));
  }
}
