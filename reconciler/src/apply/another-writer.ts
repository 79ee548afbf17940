import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import type { Fight } from './fights.ts';

/**
 * Somebody else applies to an object under our field manager's name, and wants another value: each undoes what the other did. The object is left
 * as it is for a while. The message stays the same meanwhile, so that a condition can have it.
 */
export class AnotherWriter extends Error {
  readonly kind: ResourceKind;
  /** As it is now. */
  readonly object: KubeObject;
  /** What both want to be different, such as `.spec.replicas`. */
  readonly path: string;
  /** How often it was put back. */
  readonly count: number;
  /** When the object is applied again. */
  readonly retryAfterMs: number;

  constructor(kind: ResourceKind, object: KubeObject, fieldManager: string, { path, count, remainingMs }: Fight) {
    super(
      `${kind.kind} ${formatKey(keyOf(object))}: somebody else applies under the name ${fieldManager}, too, and changed ${path} ${count} times; it is left as it is for now`,
    );
    this.name = 'AnotherWriter';
    this.kind = kind;
    this.object = object;
    this.path = path;
    this.count = count;
    this.retryAfterMs = remainingMs;
  }
}
