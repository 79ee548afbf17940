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

/** What an apply came to. */
export interface ApplyResult<T extends KubeObject> {
  /** As the server has it now, or as the store has it if nothing was written. */
  readonly object: T;
  /** Whether a request was made that could change something. */
  readonly written: boolean;
  /** Why it was, or was not. */
  readonly decision: ApplyDecision;
  /** Somebody else applies to it under our name: what was written now is the last for a while. For a status also: why nothing was written. */
  readonly anotherWriter?: AnotherWriter;
}

/** Told about each apply that was sent. */
export type ApplyObserver = (kind: ResourceKind, decision: ApplyDecision) => void;

/** How to apply one object. */
export interface ApplyIfNeededOptions extends CallOptions {
  /** Refuse with `NotOurs` if an object of that name is there and is not controlled by this one. */
  readonly owner?: Owner;
  /** Labels of the owner's objects. One that has them, that we applied, and that nobody controls is given back to the owner. */
  readonly adopt?: Readonly<Record<string, string>>;
  /** Take over what an earlier owner of the same kind and name has left behind, as long as nobody deletes it. Default: refuse it with `NotOurs`. */
  readonly inherit?: boolean | undefined;
}

/** Whose object is to be deleted. */
export interface DeleteIfOursOptions extends CallOptions {
  readonly owner: Owner;
  /** As for an apply: an orphan of ours with these labels is deleted too. */
  readonly adopt?: Readonly<Record<string, string>>;
  /** As for an apply: what an earlier owner has left behind is deleted too. */
  readonly inherit?: boolean | undefined;
}

/** How to write a status. */
export interface ApplyStatusOptions extends CallOptions {
  /**
   * The status that tells of somebody else who applies it under our name. It is written once, in place of the status, and then nothing for as long as
   * the fight lasts; the answer has `anotherWriter` meanwhile. Without: `AnotherWriter` is thrown.
   */
  readonly contested?: (error: AnotherWriter) => object;
}

/** What an applier needs beside its client and its name. */
export interface ApplierOptions {
  readonly observe?: ApplyObserver;
  /** Milliseconds since 1970; default `Date.now`. */
  readonly now?: () => number;
}

/** One call of an apply; `status`: what is applied is the status. */
interface Call {
  readonly options: CallOptions;
  readonly status?: Pick<ApplyStatusOptions, 'contested'>;
}

/** Of objects that we made and that are gone, or that we deleted and that are back: people do that by hand, if not so often. */
const WHOLE_OBJECTS: FightLimit = { limit: 5, windowMs: 60_000 };
/** More objects than this are not known to one controller; of one that is forgotten one deletion is not counted. */
const MAX_MADE = 50_000;

/**
 * Applies objects only when that changes something. Remembers by uid what its last apply led to, so that values which the server
 * rewrites, and a store that is a moment behind, do not lead to the same apply again and again, while every real change is put back. Where somebody
 * else applies under the same field manager's name and changes the same field three times within ten minutes, the object is put back, and then left
 * as it is for ten minutes: every apply throws `AnotherWriter`. When it is changed right after that, too, for twice as long, up to a day. Likewise where
 * an object that was made is gone five times within a minute, or one that was deleted is back.
 */
export class Applier {
  readonly fieldManager: string;
  readonly #client: ApiClient;
  readonly #observe: ApplyObserver | undefined;
  readonly #memories: Memories;
  readonly #fights: Fights;
  /** By kind and name: an object that is made again has another uid. */
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

  /** Makes the server's object have what `desired` says. `live` is what the store has, if anything; it must hold managedFields. */
  async applyIfNeeded<T extends KubeObject>(
    kind: ResourceKind,
    desired: T,
    live: KubeObject | undefined,
    options: ApplyIfNeededOptions = {},
  ): Promise<ApplyResult<T>> {
    const { owner, adopt, inherit, ...call } = options;
    // Our store may not know yet what is there; force would take a stranger's object over.
    const known = (live ?? (await this.#find(kind, desired, call))) as T | undefined;
    const orphan = known !== undefined && adopt !== undefined && isOrphanOf(known, this.fieldManager, adopt);
    const heritage = known !== undefined && owner !== undefined && inherit === true && isHeritageOf(known, owner, this.fieldManager);
    if (owner !== undefined && !orphan && !heritage) refuseForeign(known, owner);
    return this.#apply(kind, desired, known, { options: call });
  }

  /**
   * Deletes an object that is not wanted any more, if `owner` controls it, or if it is an orphan that we applied. Anybody else's is left alone, and
   * one that is gone already is no fault. `live` is what the store has, if anything. Answers whether it was deleted.
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
      // Gone, or another one by now: the store hears of it next.
      if (isNotFound(error) || isConflict(error)) return false;
      throw error;
    }
  }

  /**
   * Makes the status have what `status` says, through the status subresource. Fields that others own in it stay. A fight over the status is another
   * one than over the object itself.
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
   * Forgets everything: what was written since by another process of the same controller, while that one led, is no fight. Objects whose values the server
   * rewrites are applied once more.
   */
  forgetAll(): void {
    this.#memories.clear();
    this.#fights.clear();
    this.#wholeFights.clear();
    this.#made.clear();
  }

  /** Forgets an object that is gone. */
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

  /** Makes an object. One that we made before and that is gone was deleted by somebody. */
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

  /** Throws while what somebody does to the whole object is a fight. Answers what notes that it was undone once more. */
  #undo(kind: ResourceKind, object: KubeObject, deed: string): () => void {
    const key = `${wholeKey(kind, object)} ${deed}`;
    const current = this.#wholeFights.current(key);
    if (current !== undefined) throw new AnotherWriter(kind, object, this.fieldManager, current);
    return this.#wholeFights.putBack(key, [deed]).done;
  }

  /** Leaves an object alone that is fought over; a status that does not tell of it yet is written this once. */
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
    // What a store that is behind shows may be just what is wanted, and what was applied since is not.
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
      // It may have been written all the same: then what we find next is our own.
      if (live !== undefined && !isRefusal(error)) this.#memories.forget(memoryKey(live, subresource));
      throw error;
    }
  }

  async #send<T extends KubeObject>(kind: ResourceKind, desired: T, live: T | undefined, { options, status }: Call): Promise<T> {
    const uid = live?.metadata.uid;
    // With the uid, an object that was deleted and created by someone else meanwhile is refused (409, 422) instead of taken over.
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
}

/** What is applied to have this status. */
function withStatus<T extends KubeObject>(live: T, status: object): T {
  const { name, namespace } = live.metadata;
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  return { apiVersion: live.apiVersion, kind: live.kind, metadata, status } as unknown as T;
}

function statusIn(object: KubeObject): unknown {
  return (object as { status?: unknown }).status ?? {};
}

/** The server has answered, and has surely not done it. */
function isRefusal(error: unknown): boolean {
  return error instanceof KubeApiError && error.status < 500;
}

/** The status of an object that has one; an empty one otherwise. */
export function statusOf(object: KubeObject): Record<string, unknown> {
  const status: unknown = (object as { status?: unknown }).status;
  return isRecord(status) ? status : {};
}

/** An object of a name, for one owner: what a new owner of the same name makes is not made again. */
function wholeKey({ group, plural }: ResourceKind, object: KubeObject): string {
  // Joined, it is one text: a template's result keeps all its parts for as long as it is a key.
  return [`${plural}.${group}`, formatKey(keyOf(object)), controllerOf(object)?.uid ?? ''].join(' ');
}
