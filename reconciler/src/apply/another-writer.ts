import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import type { Fight } from './fights.ts';

/** What was undone, when it was an object as a whole and not a path within it. */
export const WHOLE = { made: 'deleted it', removed: 'recreated it' } as const;

/**
 * Somebody else writes an object under our field manager's name and wants something else, or deletes what we create or creates what we delete, so that each
 * undoes the other's work. The object is left alone for a while. The message stays constant in that time, so that it can go into a condition.
 */
export class AnotherWriter extends Error {
  readonly kind: ResourceKind;
  /** The live object, or the desired one if it does not exist. */
  readonly object: KubeObject;
  /** The contested field, such as `.spec.replicas`; one of `WHOLE` for the object itself. */
  readonly path: string;
  /** How often it was undone. */
  readonly count: number;
  /** When the object will be applied again. */
  readonly retryAfterMs: number;

  constructor(kind: ResourceKind, object: KubeObject, fieldManager: string, { path, count, remainingMs }: Fight) {
    const isWhole = Object.values(WHOLE).some((deed) => deed === path);
    const deed = isWhole ? `somebody else ${path}` : `somebody else applies under the name ${fieldManager}, too, and changed ${path}`;
    super(`${kind.kind} ${formatKey(keyOf(object))}: ${deed} ${count} times; it is left as it is for now`);
    this.name = 'AnotherWriter';
    this.kind = kind;
    this.object = object;
    this.path = path;
    this.count = count;
    this.retryAfterMs = remainingMs;
  }
}
