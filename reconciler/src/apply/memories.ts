import type { KubeObject } from '../objects.ts';
import { Sharing } from '../sharing.ts';
import { compareVersions } from '../versions.ts';
import { appliedEntry } from './fields.ts';
import type { LastApply } from './flips.ts';
import { flippedPaths } from './flips.ts';
import { hashOf } from './json.ts';
import { ownedTree, type Owned } from './owned.ts';

/** What is remembered of our last apply to one object. */
interface Memory {
  readonly desired: string;
  /** The versions before and after this apply. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly left: LastApply | undefined;
}

/** Most objects that are remembered; forgetting one costs one unnecessary apply. */
const MAX_MEMORIES = 50_000;

/** What the last apply to each object wanted and led to, by the object's UID. */
export class Memories {
  readonly #fieldManager: string;
  readonly #memories = new Map<string, Memory>();
  /** By kind: what we own of one object is nearly the same as of the next. */
  readonly #sharing = new Map<string, Sharing<Owned>>();

  constructor(fieldManager: string) {
    this.#fieldManager = fieldManager;
  }

  /** Whether our last apply of the very same object led to what `live` shows, or to something newer. */
  isKnown(desired: KubeObject, live: KubeObject, subresource: 'status' | undefined): boolean {
    const memory = this.#memories.get(memoryKey(live, subresource));
    if (memory === undefined || memory.desired !== hashOf(desired)) return false;
    const { resourceVersion: version } = live.metadata;
    if (version !== undefined && (version === memory.before || version === memory.after)) return true;
    // Compared as text: fields in another order may mean a list in another order.
    const text = JSON.stringify(ownedTree(live, this.#fieldManager, subresource));
    return memory.left !== undefined && JSON.stringify(memory.left.owned) === text;
  }

  /** Whether `live` is the state before our last apply: the store lags behind. */
  isBehind(live: KubeObject, subresource: 'status' | undefined): boolean {
    const after = this.#memories.get(memoryKey(live, subresource))?.after;
    return (compareVersions(live.metadata.resourceVersion, after) ?? 0) < 0;
  }

  /** Whether our last apply to the object wanted exactly this. */
  isLastWanted(desired: KubeObject, live: KubeObject, subresource: 'status' | undefined): boolean {
    return this.#memories.get(memoryKey(live, subresource))?.desired === hashOf(desired);
  }

  /** What somebody else changed under our name since our last apply, and is to be restored. */
  flips(desired: KubeObject, live: KubeObject, subresource: 'status' | undefined): string[] {
    const memory = this.#memories.get(memoryKey(live, subresource));
    if (memory?.left === undefined) return [];
    const isSame = memory.desired === hashOf(desired);
    return flippedPaths(memory.left, live, { desired, isSame, fieldManager: this.#fieldManager, subresource });
  }

  /** Remembers what an apply led to. */
  remember(desired: KubeObject, before: KubeObject | undefined, after: KubeObject, subresource: 'status' | undefined): void {
    const key = memoryKey(after, subresource);
    const { resourceVersion: version } = after.metadata;
    const owned = this.#owned(after, subresource);
    const time = appliedEntry(after, this.#fieldManager, subresource)?.time;
    // Deleting first moves the entry to the end of the map's order.
    this.#memories.delete(key);
    this.#memories.set(key, {
      desired: hashOf(desired),
      before: before?.metadata.resourceVersion,
      after: version,
      left: owned === undefined ? undefined : { owned, version, time },
    });
    if (this.#memories.size > MAX_MEMORIES) {
      const [oldest] = this.#memories.keys();
      if (oldest !== undefined) this.#memories.delete(oldest);
    }
  }

  /** What we own of an object now. Parts that equal those of another object are stored once. */
  #owned(after: KubeObject, subresource: 'status' | undefined): Owned | undefined {
    const owned = ownedTree(after, this.#fieldManager, subresource);
    if (owned === undefined) return undefined;
    const kind = `${after.kind}/${subresource ?? ''}`;
    const sharing = this.#sharing.get(kind) ?? new Sharing<Owned>();
    this.#sharing.set(kind, sharing);
    return sharing.object(owned, this.#memories.get(memoryKey(after, subresource))?.left?.owned);
  }

  /** Forgets everything. */
  clear(): void {
    this.#memories.clear();
  }

  /** Forgets what is known for this key. */
  forget(key: string): void {
    this.#memories.delete(key);
  }
}

/** The key under which an object, or its status, is remembered. */
export function memoryKey(object: KubeObject, subresource: 'status' | undefined): string {
  const { uid = '' } = object.metadata;
  return subresource === undefined ? uid : `${uid}/${subresource}`;
}
