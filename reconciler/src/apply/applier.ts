import type { CallOptions, ApiClient } from '../client/api-client.ts';
import { isConflict, isInvalid, isNotFound, KubeApiError } from '../client/errors.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';
import { formatKey, isRecord, keyOf } from '../objects.ts';
import { AnotherWriter, WHOLE } from './another-writer.ts';
import { isUpdateOf } from './fields.ts';
import type { Fight, FightLimit } from './fights.ts';
import { Fights } from './fights.ts';
import { sameJson, withoutNulls } from './json.ts';
import { Memories, memoryKey } from './memories.ts';
import type { ApplyDecision } from './needs-apply.ts';
import { needsApply } from './needs-apply.ts';
import type { Owner } from './ownership.ts';
import { controllerOf, isControlledBy, isHeritageOf, isOrphanOf, refuseForeign } from './ownership.ts';

/** The result of an apply. */
export interface ApplyResult<T extends KubeObject> {
  /** As the server returned it, or as in the store if nothing was written. */
  readonly object: T;
  /** Whether a request was sent that could change something. */
  readonly written: boolean;
  /** Why, or why not. */
  readonly decision: ApplyDecision;
  /** Somebody else applies it under our name: this write was the last one for a while. For a status it may also be why nothing was written. */
  readonly anotherWriter?: AnotherWriter;
}

/** Called for each apply that was sent. */
export type ApplyObserver = (kind: ResourceKind, decision: ApplyDecision) => void;

/** Options for applying one object. */
export interface ApplyIfNeededOptions extends CallOptions {
  /** Refuse with `NotOurs` if an object of that name exists that this owner does not control. */
  readonly owner?: Owner;
  /** Labels of the owner's objects. An object with these labels that we applied and that has no controller is given back to the owner. */
  readonly adopt?: Readonly<Record<string, string>>;
  /** Take over what an earlier owner of the same kind and name left behind, unless it is being deleted. Default: refuse it with `NotOurs`. */
  readonly inherit?: boolean | undefined;
}

/** Options for deleting an object that is ours. */
export interface DeleteIfOursOptions extends CallOptions {
  readonly owner: Owner;
  /** As for an apply: an orphan of ours with these labels is deleted, too. */
  readonly adopt?: Readonly<Record<string, string>>;
  /** As for an apply: what an earlier owner left behind is deleted, too. */
  readonly inherit?: boolean | undefined;
}

/** Options for writing a status. */
export interface ApplyStatusOptions extends CallOptions {
  /**
   * Makes the status that reports another writer under our name. It is written once, instead of the status, and then nothing until the fight is over; results
   * have `anotherWriter` meanwhile. Without it `AnotherWriter` is thrown.
   */
  readonly contested?: (error: AnotherWriter) => object;
}

/** What an applier needs besides its client and its name. */
export interface ApplierOptions {
  readonly observe?: ApplyObserver;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
}

/** One apply; `status`: to the status subresource. */
interface Call {
  readonly options: CallOptions;
  readonly status?: Pick<ApplyStatusOptions, 'contested'>;
}

/** For objects that we created and that were deleted, or that we deleted and that are back: people do that by hand, though not as often. */
const WHOLE_OBJECTS: FightLimit = { limit: 5, windowMs: 60_000 };
/** Most objects that are remembered; for a forgotten one, one deletion is not counted. */
const MAX_MADE = 50_000;

/**
 * Applies objects only when that changes something. Remembers by UID what its last apply led to, so that values that the server rewrites, and a store that lags
 * behind, do not cause the same apply again and again, while every real change is undone. If somebody else applies under the same field manager's name and
 * changes the same field three times within ten minutes, the object is restored once more and then left alone for ten minutes: every apply throws
 * `AnotherWriter`. If it is changed right after that, too, the pause doubles, up to a day. The same goes for an object that is deleted five times within a
 * minute after it was created, or created after it was deleted.
 */
export class Applier {
  readonly fieldManager: string;
  readonly #client: ApiClient;
  readonly #observe: ApplyObserver | undefined;
  readonly #memories: Memories;
  readonly #fights: Fights;
  /** By kind and name: an object that is recreated has another UID. */
  readonly #wholeFights: Fights;
  readonly #made = new Set<string>();

  constructor(client: ApiClient, fieldManager: string, options: ApplierOptions = {}) {
    this.#client = client;
    this.fieldManager = fieldManager;
    this.#observe = options.observe;
    this.#memories = new Memories(fieldManager);
    this.#fights = new Fights(options.now ?? Date.now);
    this.#wholeFights = new Fights(options.now ?? Date.now, WHOLE_OBJECTS);
  }

  /** Makes the server's object have what `desired` has. `live` is the object in the store, if any; it must include managedFields. */
  async applyIfNeeded<T extends KubeObject>(
    kind: ResourceKind,
    desired: T,
    live: KubeObject | undefined,
    options: ApplyIfNeededOptions = {},
  ): Promise<ApplyResult<T>> {
    const { owner, adopt, inherit, ...call } = options;
    // Our store may not know yet what exists; force would take over somebody else's object.
    const known = (live ?? (await this.#find(kind, desired, call))) as T | undefined;
    const orphan = known !== undefined && adopt !== undefined && isOrphanOf(known, this.fieldManager, adopt);
    const heritage = known !== undefined && owner !== undefined && inherit === true && isHeritageOf(known, owner, this.fieldManager);
    if (owner !== undefined && !orphan && !heritage) refuseForeign(known, owner);
    return this.#apply(kind, desired, known, { options: call });
  }

  /**
   * Deletes an object that is no longer wanted, if `owner` controls it, or if it is an orphan that we applied. Other objects are left alone, and a missing one
   * is no error. `live` is the object in the store, if any. Returns whether it was deleted.
   */
  async deleteIfOurs(kind: ResourceKind, live: KubeObject | undefined, options: DeleteIfOursOptions): Promise<boolean> {
    const { owner, adopt, inherit, ...call } = options;
    if (live === undefined || live.metadata.deletionTimestamp !== undefined) return false;
    const orphan = adopt !== undefined && isOrphanOf(live, this.fieldManager, adopt);
    const heritage = inherit === true && isHeritageOf(live, owner, this.fieldManager);
    if (!orphan && !heritage && !isControlledBy(live, owner)) return false;
    const { uid } = live.metadata;
    const undone = this.#undo(kind, live, WHOLE.removed);
    try {
      await this.#client.delete(kind, live.metadata, { ...call, ...(uid === undefined ? {} : { uid }) });
      undone();
      return true;
    } catch (error) {
      // Deleted or replaced by now: the store will notice.
      if (isNotFound(error) || isConflict(error)) return false;
      throw error;
    }
  }

  /**
   * Makes the status have what `status` has, through the status subresource. Fields of other owners stay. A fight over the status is separate from one over the
   * object.
   */
  applyStatus<T extends KubeObject>(
    kind: ResourceKind,
    live: T,
    status: object,
    { contested, ...options }: ApplyStatusOptions = {},
  ): Promise<ApplyResult<T>> {
    return this.#apply(kind, withStatus(live, status), live, { options, status: contested === undefined ? {} : { contested } });
  }

  /**
   * Forgets everything: what another process of the same controller wrote while it led is no fight. Objects with values that the server rewrites are applied
   * once more.
   */
  forgetAll(): void {
    this.#memories.clear();
    this.#fights.clear();
    this.#wholeFights.clear();
    this.#made.clear();
  }

  /** Forgets a deleted object. */
  forget(uid: string): void {
    for (const key of [uid, `${uid}/status`]) {
      this.#memories.forget(key);
      this.#fights.forget(key);
    }
  }

  async #apply<T extends KubeObject>(kind: ResourceKind, desired: T, live: T | undefined, call: Call): Promise<ApplyResult<T>> {
    const subresource = call.status && 'status';
    const fight = live && this.#fights.current(memoryKey(live, subresource));
    if (live !== undefined && fight !== undefined) return this.#tell(kind, live, fight, call);
    const decision = this.#decide(desired, live, subresource);
    if (live === undefined) return { object: await this.#create(kind, desired, { ...call, decision }), written: true, decision };
    if (!decision.needed) return { object: live, written: false, decision };
    const key = memoryKey(live, subresource);
    const putBack = this.#fights.putBack(key, this.#memories.flips(desired, live, subresource));
    if (putBack.fight === undefined) {
      const object = await this.#write(kind, desired, live, { ...call, decision });
      putBack.done();
      return { object, written: true, decision };
    }
    const anotherWriter = new AnotherWriter(kind, live, this.fieldManager, putBack.fight);
    const contested = call.status?.contested;
    const written = contested === undefined ? desired : withStatus(live, contested(anotherWriter));
    const object = await this.#write(kind, written, live, { ...call, decision });
    putBack.done();
    if (contested !== undefined) this.#fights.markReported(key);
    return { object, written: true, decision, anotherWriter };
  }

  /** Creates an object. If we created it before and it is gone, somebody deleted it. */
  async #create<T extends KubeObject>(kind: ResourceKind, desired: T, call: Call & { readonly decision: ApplyDecision }): Promise<T> {
    const key = wholeKey(kind, desired);
    const undone = this.#made.has(key) ? this.#undo(kind, desired, WHOLE.made) : () => undefined;
    const object = await this.#write(kind, desired, undefined, call);
    undone();
    this.#made.delete(key);
    this.#made.add(key);
    const [oldest] = this.#made;
    if (this.#made.size > MAX_MADE && oldest !== undefined) this.#made.delete(oldest);
    return object;
  }

  /** Throws while somebody contests the whole object. Returns a function that records that it was undone once more. */
  #undo(kind: ResourceKind, object: KubeObject, deed: string): () => void {
    const key = `${wholeKey(kind, object)} ${deed}`;
    const current = this.#wholeFights.current(key);
    if (current !== undefined) throw new AnotherWriter(kind, object, this.fieldManager, current);
    return this.#wholeFights.putBack(key, [deed]).done;
  }

  /** Leaves a contested object alone; a status that does not report the fight yet is written this once. */
  async #tell<T extends KubeObject>(kind: ResourceKind, live: T, fight: Fight, call: Call): Promise<ApplyResult<T>> {
    const anotherWriter = new AnotherWriter(kind, live, this.fieldManager, fight);
    const contested = call.status?.contested;
    if (contested === undefined) throw anotherWriter;
    if (fight.isReported) return { object: live, written: false, decision: { needed: false }, anotherWriter };
    const desired = withStatus(live, contested(anotherWriter));
    const decision = this.#decide(desired, live, 'status');
    const object = decision.needed ? await this.#write(kind, desired, live, { ...call, decision }) : live;
    this.#fights.markReported(memoryKey(live, 'status'));
    return { object, written: decision.needed, decision, anotherWriter };
  }

  #decide(desired: KubeObject, live: KubeObject | undefined, subresource: 'status' | undefined): ApplyDecision {
    // A store that lags behind may show just what is wanted, but not what was applied since.
    if (live !== undefined && this.#memories.isBehind(live, subresource) && !this.#memories.isLastWanted(desired, live, subresource))
      return { needed: true, reason: 'applied since', path: '' };
    const isStatus = subresource === 'status' && live !== undefined;
    if (isStatus && sameJson(withoutNulls(statusIn(desired)), withoutNulls(statusIn(live)))) return { needed: false };
    const decision = needsApply(desired, live, this.fieldManager, subresource);
    const isKnown = decision.needed && live !== undefined && this.#memories.isKnown(desired, live, subresource);
    return isKnown ? { needed: false } : decision;
  }

  async #write<T extends KubeObject>(
    kind: ResourceKind,
    desired: T,
    live: T | undefined,
    call: Call & { readonly decision: ApplyDecision },
  ): Promise<T> {
    const subresource = call.status && 'status';
    try {
      const object = await this.#send(kind, desired, live, call);
      this.#observe?.(kind, call.decision);
      this.#memories.remember(desired, live, object, subresource);
      return object;
    } catch (error) {
      // It may have been written all the same: then the next difference is our own.
      if (live !== undefined && !isRefusal(error)) this.#memories.forget(memoryKey(live, subresource));
      throw error;
    }
  }

  async #send<T extends KubeObject>(kind: ResourceKind, desired: T, live: T | undefined, { options, status }: Call): Promise<T> {
    const uid = live?.metadata.uid;
    // With the UID, an object that somebody deleted and recreated meanwhile is refused (409, 422) instead of taken over.
    const body: T = {
      ...(withoutNulls(desired) as T),
      metadata: { ...(withoutNulls(desired.metadata) as T['metadata']), ...(uid === undefined ? {} : { uid }) },
    };
    const apply = (): Promise<T> =>
      this.#client.apply<T>(kind, body, {
        ...options,
        fieldManager: this.fieldManager,
        ...(status === undefined ? {} : { subresource: 'status' }),
      });
    if (live === undefined || status !== undefined) return apply();
    await this.#disown(kind, live, options);
    return apply().catch(async (error: unknown) => {
      if (!isInvalid(error)) throw error;
      await this.#replaceLists(kind, body, options).catch(() => {
        throw error;
      });
      return apply();
    });
  }

  /**
   * Somebody changed the key of a list item (a port's number, a volume's type): apply adds ours next to theirs, and both together are refused. A merge patch
   * replaces whole lists; the apply that follows takes back the ownership.
   */
  async #replaceLists(kind: ResourceKind, body: KubeObject, call: CallOptions): Promise<void> {
    await this.#client.patch(kind, body.metadata, body, { ...call, fieldManager: this.fieldManager });
  }

  /**
   * Removes our own updates (`#replaceLists`) from the server's field ownership: an item that an update owns as well would stay when it is no longer applied.
   * What is still wanted is owned by our apply. As client-go's csaupgrade does for `kubectl apply --server-side`.
   */
  async #disown(kind: ResourceKind, live: KubeObject, call: CallOptions): Promise<void> {
    const { name, namespace, resourceVersion, managedFields = [] } = live.metadata;
    const kept = managedFields.filter((entry) => !isUpdateOf(entry, this.fieldManager));
    // An empty list means something else: that ownership is not tracked at all.
    if (kept.length === managedFields.length || kept.length === 0) return;
    await this.#client.patch(kind, { name, namespace }, { metadata: { resourceVersion, managedFields: kept } }, call);
  }

  async #find(kind: ResourceKind, desired: KubeObject, call: CallOptions): Promise<KubeObject | undefined> {
    try {
      // Cached: a change since then could just as well have come between this and the apply.
      return await this.#client.get(kind, desired.metadata, { ...call, cached: true });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
}

/** The object to apply in order to set this status. */
function withStatus<T extends KubeObject>(live: T, status: object): T {
  const { name, namespace } = live.metadata;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  return { apiVersion: live.apiVersion, kind: live.kind, metadata, status } as unknown as T;
}

function statusIn(object: KubeObject): unknown {
  return (object as { status?: unknown }).status ?? {};
}

/** The server answered, and certainly did not carry it out. */
function isRefusal(error: unknown): boolean {
  return error instanceof KubeApiError && error.status < 500;
}

/** The status of an object; an empty one if it has none. */
export function statusOf(object: KubeObject): Record<string, unknown> {
  const status: unknown = (object as { status?: unknown }).status;
  return isRecord(status) ? status : {};
}

/** An object of a name, for one owner: an object that a new owner of the same name creates is not a recreation. */
function wholeKey({ group, plural }: ResourceKind, object: KubeObject): string {
  // Joined into a flat string: the result of a template keeps all its parts alive as long as it is a key.
  return [`${plural}.${group}`, formatKey(keyOf(object)), controllerOf(object)?.uid ?? ''].join(' ');
}
