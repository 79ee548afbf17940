import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import type { Fight } from './fights.ts';

/** What is undone of an object as a whole, where a path would name a part of it. */
export const WHOLE = { made: 'deleted it', removed: 'made it again' } as const;

/**
 * Somebody else writes an object under our field manager's name, or deletes what we make and makes what we delete, and wants something else: each undoes
 * what the other did. The object is left as it is for a while. The message stays the same meanwhile, so that a condition can have it.
 */
export class AnotherWriter extends Error {
  readonly kind: ResourceKind;
  /** As it is now, or as it is to be where it is not there. */
  readonly object: KubeObject;
  /** What both want to be different, such as `.spec.replicas`; one of `WHOLE` for the object itself. */
  readonly path: string;
  /** How often it was put back. */
  readonly count: number;
  /** When the object is applied again. */
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
