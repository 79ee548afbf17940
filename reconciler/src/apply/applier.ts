import type { CallOptions, ApiClient } from '../client/api-client.ts';
import { isConflict, isInvalid, isNotFound } from '../client/errors.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { isRecord } from '../objects.ts';
import { isUpdateOf, ownedProjection } from './fields.ts';
import { hashOf, sameJson, withoutNulls } from './json.ts';
import type { ApplyDecision } from './needs-apply.ts';
import { needsApply } from './needs-apply.ts';
import type { Owner } from './ownership.ts';
import { isControlledBy, isOrphanOf, refuseForeign } from './ownership.ts';

/** What an apply came to. */
export interface ApplyResult<T extends KubeObject> {
  /** As the server has it now, or as the store has it if nothing was written. */
  readonly object: T;
  /** Whether a request was made that could change something. */
  readonly written: boolean;
  /** Why it was, or was not. */
  readonly decision: ApplyDecision;
}

/** Told about each apply that was sent. */
export type ApplyObserver = (kind: ResourceKind, decision: ApplyDecision) => void;

/** How to apply one object. */
export interface ApplyIfNeededOptions extends CallOptions {
  /** Refuse with `NotOurs` if an object of that name is there and is not controlled by this one. */
  readonly owner?: Owner;
  /** Labels of the owner's objects. One that has them, that we applied, and that nobody controls is given back to the owner. */
  readonly adopt?: Readonly<Record<string, string>>;
}

/** Whose object is to be deleted. */
export interface DeleteIfOursOptions extends CallOptions {
  readonly owner: Owner;
  /** As for an apply: an orphan of ours with these labels is deleted too. */
  readonly adopt?: Readonly<Record<string, string>>;
}

/** What we remember of our last apply to one object. */
interface Memory {
  readonly desired: string;
  /** The versions that this apply began and ended with. */
  readonly versions: readonly (string | undefined)[];
  readonly projection: string | undefined;
}

/** More objects than this are not known to one controller; forgetting one costs one needless apply. */
const MAX_MEMORIES = 50_000;

/**
 * Applies objects only when that changes something. Remembers by uid what its last apply led to, so that values which the server
 * rewrites, and a store that is a moment behind, do not lead to the same apply again and again, while every real change is put back.
 */
export class Applier {
  readonly fieldManager: string;
  readonly #client: ApiClient;
  readonly #observe: ApplyObserver | undefined;
  readonly #memories = new Map<string, Memory>();

  constructor(client: ApiClient, fieldManager: string, options: { observe?: ApplyObserver } = {}) {
    this.#client = client;
    this.fieldManager = fieldManager;
    this.#observe = options.observe;
  }

  /** Makes the server's object have what `desired` says. `live` is what the store has, if anything; it must hold managedFields. */
  async applyIfNeeded<T extends KubeObject>(
    kind: ResourceKind,
    desired: T,
    live: KubeObject | undefined,
    options: ApplyIfNeededOptions = {},
  ): Promise<ApplyResult<T>> {
    const { owner, adopt, ...call } = options;
    // Our store may not know yet what is there; force would take a stranger's object over.
    const known = (live ?? (await this.#find(kind, desired, call))) as T | undefined;
    const orphan = known !== undefined && adopt !== undefined && isOrphanOf(known, this.fieldManager, adopt);
    if (owner !== undefined && !orphan) refuseForeign(known, owner);
    return this.#apply(kind, desired, known, call);
  }

  /**
   * Deletes an object that is not wanted any more, if `owner` controls it, or if it is an orphan that we applied. Anybody else's is left alone, and
   * one that is gone already is no fault. `live` is what the store has, if anything. Answers whether it was deleted.
   */
  async deleteIfOurs(kind: ResourceKind, live: KubeObject | undefined, options: DeleteIfOursOptions): Promise<boolean> {
    const { owner, adopt, ...call } = options;
    if (live === undefined || live.metadata.deletionTimestamp !== undefined) return false;
    const orphan = adopt !== undefined && isOrphanOf(live, this.fieldManager, adopt);
    if (!orphan && !isControlledBy(live, owner)) return false;
    const { uid } = live.metadata;
    try {
      await this.#client.delete(kind, live.metadata, { ...call, ...(uid === undefined ? {} : { uid }) });
      return true;
    } catch (error) {
      // Gone, or another one by now: the store hears of it next.
      if (isNotFound(error) || isConflict(error)) return false;
      throw error;
    }
  }

  /** Makes the status have what `status` says, through the status subresource. Fields that others own in it stay. */
  async applyStatus<T extends KubeObject>(kind: ResourceKind, live: T, status: object, options: CallOptions = {}): Promise<ApplyResult<T>> {
    const liveStatus: unknown = (live as { status?: unknown }).status;
    if (sameJson(withoutNulls(status), withoutNulls(liveStatus ?? {}))) {
      return { object: live, written: false, decision: { needed: false } };
    }
    const { name, namespace } = live.metadata;
    const desired = {
      apiVersion: live.apiVersion,
      kind: live.kind,
      metadata: { name, ...(namespace === undefined ? {} : { namespace }) },
      status,
    };
    return this.#apply(kind, desired as unknown as T, live, options, 'status');
  }

  /** Forgets an object that is gone. */
  forget(uid: string): void {
    this.#memories.delete(uid);
    this.#memories.delete(`${uid}/status`);
  }

  async #apply<T extends KubeObject>(
    kind: ResourceKind,
    desired: T,
    live: T | undefined,
    call: CallOptions,
    subresource?: 'status',
  ): Promise<ApplyResult<T>> {
    const decision = needsApply(desired, live, this.fieldManager, subresource);
    if (live !== undefined && (!decision.needed || this.#isKnown(desired, live, subresource))) {
      return { object: live, written: false, decision: { needed: false } };
    }
    const uid = live?.metadata.uid;
    // With the uid, an object that was deleted and created by someone else meanwhile is refused (409, 422) instead of taken over.
    const body: T = {
      ...(withoutNulls(desired) as T),
      metadata: { ...(withoutNulls(desired.metadata) as T['metadata']), ...(uid === undefined ? {} : { uid }) },
    };
    const apply = (): Promise<T> =>
      this.#client.apply<T>(kind, body, {
        ...call,
        fieldManager: this.fieldManager,
        ...(subresource === undefined ? {} : { subresource }),
      });
    if (live !== undefined && subresource === undefined) await this.#disown(kind, live, call);
    const object = await apply().catch(async (error: unknown) => {
      if (live === undefined || subresource !== undefined || !isInvalid(error)) throw error;
      await this.#replaceLists(kind, body, call).catch(() => {
        throw error;
      });
      return apply();
    });
    this.#observe?.(kind, decision);
    this.#remember(desired, live, object, subresource);
    return { object, written: true, decision };
  }

  /**
   * Somebody changed the key of a list's item (a port's number, a volume's kind): apply adds ours beside theirs, and both together are
   * refused. A merge patch replaces lists as a whole; the apply that follows takes the ownership back.
   */
  async #replaceLists(kind: ResourceKind, body: KubeObject, call: CallOptions): Promise<void> {
    await this.#client.patch(kind, body.metadata, body, { ...call, fieldManager: this.fieldManager });
  }

  /**
   * Takes our own updates (`#replaceLists`) out of the server's record of who owns what: an item that an update owns as well would stay when it is
   * applied no longer. What is still wanted we own by having applied it. As client-go's csaupgrade does for `kubectl apply --server-side`.
   */
  async #disown(kind: ResourceKind, live: KubeObject, call: CallOptions): Promise<void> {
    const { name, namespace, resourceVersion, managedFields = [] } = live.metadata;
    const kept = managedFields.filter((entry) => !isUpdateOf(entry, this.fieldManager));
    // An empty list means something else: that nothing is to be recorded.
    if (kept.length === managedFields.length || kept.length === 0) return;
    await this.#client.patch(kind, { name, namespace }, { metadata: { resourceVersion, managedFields: kept } }, call);
  }

  async #find(kind: ResourceKind, desired: KubeObject, call: CallOptions): Promise<KubeObject | undefined> {
    try {
      // Cached: what was made since then we could as well have missed between this and the apply.
      return await this.#client.get(kind, desired.metadata, { ...call, cached: true });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Whether our last apply of the very same object led to what `live` shows, or to something newer than it. */
  #isKnown(desired: KubeObject, live: KubeObject, subresource: string | undefined): boolean {
    const memory = this.#memories.get(memoryKey(live, subresource));
    if (memory === undefined || memory.desired !== hashOf(desired)) return false;
    if (memory.versions.includes(live.metadata.resourceVersion)) return true;
    return memory.projection !== undefined && memory.projection === projectionOf(live, this.fieldManager, subresource);
  }

  #remember(desired: KubeObject, before: KubeObject | undefined, after: KubeObject, subresource: string | undefined): void {
    const key = memoryKey(after, subresource);
    // Deleting first moves the entry to the young end of the map.
    this.#memories.delete(key);
    this.#memories.set(key, {
      desired: hashOf(desired),
      versions: [before?.metadata.resourceVersion, after.metadata.resourceVersion].filter((version) => version !== undefined),
      projection: projectionOf(after, this.fieldManager, subresource),
    });
    if (this.#memories.size > MAX_MEMORIES) {
      const [oldest] = this.#memories.keys();
      if (oldest !== undefined) this.#memories.delete(oldest);
    }
  }
}

function memoryKey(object: KubeObject, subresource: string | undefined): string {
  return subresource === undefined ? (object.metadata.uid ?? '') : `${object.metadata.uid}/${subresource}`;
}

function projectionOf(object: KubeObject, fieldManager: string, subresource: string | undefined): string | undefined {
  const projection = ownedProjection(object, fieldManager, subresource);
  return projection === undefined ? undefined : hashOf(projection);
}

/** The status of an object that has one; an empty one otherwise. */
export function statusOf(object: KubeObject): Record<string, unknown> {
  const status: unknown = (object as { status?: unknown }).status;
  return isRecord(status) ? status : {};
}
