import { canonicalJson } from '../apply/json.ts';
import { backoffMs } from '../backoff.ts';
import type { ApiClient } from '../client/api-client.ts';
import { isGone, isOutage, isResourceVersionTooLarge, KubeDecodeError } from '../client/errors.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { sleep, systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { KubeObject } from '../objects.ts';

/** One object; without `name` all objects of a namespace; without `namespace` all objects of the kind. */
export interface ChangeSelection {
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
  /** The one object as it is known: a different UID already counts as a change. */
  readonly uid?: string | undefined;
}

/** For tests. */
export interface WaitOptions {
  readonly clock?: Clock | undefined;
  readonly random?: (() => number) | undefined;
}

/** By UID, the state whose change counts. */
type State = ReadonlyMap<string, string>;

/** A watch that lasted this long was healthy, however it ended. */
const HEALTHY_AFTER_MS = 10_000;
const BACKOFF = { initialMs: 800, maxMs: 30_000, jitter: 0.5 };
/** Bookmarks come about every 60 s, so a longer silence means a dead connection. */
const SILENCE_LIMIT_MS = 70_000;

/**
 * Resolves when something changes from now on that could end a refusal. One object: when it is deleted or replaced, or its owners or labels change; at once if
 * it does not exist, or has another UID. All objects: when one is added, changed or deleted. Outages are waited out. Rejects with the signal's reason, and with
 * the server's error when it refuses, such as 403, or 404 for an unknown kind.
 */
export async function waitForChange(
  client: ApiClient,
  kind: ResourceKind,
  selection: ChangeSelection,
  signal: AbortSignal,
  { clock = systemClock(), random = Math.random }: WaitOptions = {},
): Promise<void> {
  const wait = new ChangeWait(client, kind, selection);
  for (let failures = 0; ;) {
    const started = clock.monotonic();
    try {
      signal.throwIfAborted();
      // Spread over 5 to 10 minutes, as those of informers.
      if (await wait.look(signal, Math.round(300 * (1 + random())))) return;
    } catch (error) {
      signal.throwIfAborted();
      if (!wait.survives(error)) throw error;
    }
    failures = clock.monotonic() - started >= HEALTHY_AFTER_MS ? 1 : failures + 1;
    // Also after a clean end: a server may close each watch at once.
    await sleep(clock, backoffMs(BACKOFF, failures, random), signal);
  }
}

/** What is known about the selected objects, and where to resume watching them. */
class ChangeWait {
  readonly #client: ApiClient;
  readonly #kind: ResourceKind;
  readonly #selection: ChangeSelection;
  #known: State | undefined;
  /** Undefined: a list is needed. */
  #version: string | undefined;

  constructor(client: ApiClient, kind: ResourceKind, selection: ChangeSelection) {
    this.#client = client;
    this.#kind = kind;
    this.#selection = selection;
  }

  /** Watches the objects to the end of one watch. Returns whether there was a change. */
  async look(signal: AbortSignal, timeoutSeconds: number): Promise<boolean> {
    const { namespace, name } = this.#selection;
    const select = { namespace, fieldSelector: name === undefined ? undefined : `metadata.name=${name}`, metadataOnly: true, signal };
    if (this.#version === undefined) {
      const { items, resourceVersion } = await this.#client.list(this.#kind, { ...select, retry: false });
      if (this.#isChange(items)) return true;
      this.#version = resourceVersion;
    }
    const watch = this.#client.watch(this.#kind, {
      ...select,
      resourceVersion: this.#version,
      timeoutSeconds,
      silenceLimitMs: SILENCE_LIMIT_MS,
    });
    for await (const { type, object } of watch) {
      const isOther = type === 'BOOKMARK' || !this.#concerns(object);
      if (!isOther && (type === 'DELETED' || this.#known?.get(uidOf(object)) !== this.#stateOf(object))) return true;
      this.#version = object.metadata.resourceVersion ?? this.#version;
    }
    return false;
  }

  /** Whether a retry makes sense. */
  survives(error: unknown): boolean {
    const needsList = isGone(error) || isResourceVersionTooLarge(error);
    if (needsList) this.#version = undefined;
    return needsList || isOutage(error) || error instanceof KubeDecodeError;
  }

  /** Compares a list with what was known before, and with the known state of the one object. */
  #isChange(items: readonly KubeObject[]): boolean {
    const { name, uid } = this.#selection;
    const found = items.filter((item) => this.#concerns(item));
    const before = this.#known;
    const now = new Map(found.map((item) => [uidOf(item), this.#stateOf(item)]));
    this.#known = now;
    if (name !== undefined && (found.length === 0 || (uid !== undefined && !now.has(uid)))) return true;
    return before !== undefined && (before.size !== now.size || [...now].some(([one, state]) => before.get(one) !== state));
  }

  #concerns({ metadata }: KubeObject): boolean {
    return this.#selection.name === undefined || metadata.name === this.#selection.name;
  }

  #stateOf({ metadata: { ownerReferences = [], labels = {}, resourceVersion = '' } }: KubeObject): string {
    return this.#selection.name === undefined ? resourceVersion : canonicalJson([ownerReferences, labels]);
  }
}

function uidOf({ metadata }: KubeObject): string {
  return metadata.uid ?? '';
}
