import { backoffMs } from '../backoff.ts';
import type { ApiClient, ListOptions } from '../client/api-client.ts';
import { isGone, isNotFound, isResourceVersionTooLarge, KubeApiError } from '../client/errors.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { WatchSilenceError } from '../client/watch.ts';
import type { WatchEvent } from '../client/watch.ts';
import { sleep } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';

/** What has happened to an informer so far; for metrics and tests. */
export interface InformerStats {
  lists: number;
  watches: number;
  events: number;
  bookmarks: number;
  errors: number;
  /** Lists made because the server no longer knew our resourceVersion. */
  relists: number;
  /** Watches given up because nothing came. */
  silences: number;
}

/** Where a reflector puts what it learns. */
export interface ReflectorTarget<T extends KubeObject> {
  /** A complete list: what is not in it is gone. */
  replace(items: readonly T[]): void;
  apply(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: T): void;
  /** The kind does not exist on the server (only with `optional`). */
  absent(): void;
  failed(error: unknown): void;
  /** A list or a watch is running again. */
  recovered(): void;
}

/** Waits and limits, in milliseconds. */
export interface ReflectorTimes {
  /** Default 800; after failures the wait doubles from here up to `maxBackoffMs` (30,000), jittered. */
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
  /** Default 70,000: bookmarks come about every 60 s, so a longer silence is a dead peer. */
  readonly silenceLimitMs: number;
  /** Default 30,000: how often to look for an optional kind that is absent. */
  readonly optionalRetryMs: number;
}

export interface ReflectorOptions<T extends KubeObject> {
  readonly client: ApiClient;
  readonly kind: ResourceKind;
  readonly select: ListOptions;
  readonly optional: boolean;
  readonly times: ReflectorTimes;
  readonly target: ReflectorTarget<T>;
  readonly stats: InformerStats;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: () => number;
}

/** A watch that lasted this long was a healthy one, whatever it ended with. */
const HEALTHY_AFTER_MS = 10_000;
/** Failures in a row after which the cure is a list rather than another watch from the same point. */
const RELIST_AFTER_FAILURES = 3;

/** Keeps a target equal to what the server has, for as long as the signal is not aborted, whatever goes wrong. */
export class Reflector<T extends KubeObject> {
  readonly #options: ReflectorOptions<T>;
  /** Where to continue; undefined means that a list is needed. */
  #resourceVersion: string | undefined;
  #failures = 0;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
  }

  /** Runs until the signal is aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        if (this.#resourceVersion === undefined) await this.#list(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        const wait = this.#waitAfter(error);
        try {
          await sleep(this.#options.clock, wait, signal);
        } catch {
          return;
        }
      }
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { client, kind, select, target, stats } = this.#options;
    stats.lists += 1;
    const { items, resourceVersion } = await client.list<T>(kind, { ...select, signal, retry: false });
    this.#resourceVersion = resourceVersion;
    target.recovered();
    target.replace(items);
  }

  /** Follows one watch to its end. Resolves after a clean close that showed life; everything else throws. */
  async #watch(signal: AbortSignal): Promise<void> {
    const { client, kind, select, times, stats, clock, random } = this.#options;
    stats.watches += 1;
    const started = clock.now();
    const events = client.watch<T>(kind, {
      ...select,
      signal,
      resourceVersion: this.#resourceVersion ?? '',
      // Spread over 5 to 10 minutes, as client-go does, so that not all watches of a restarted server end together.
      timeoutSeconds: Math.round(300 * (1 + random())),
      silenceLimitMs: times.silenceLimitMs,
      onOpen: () => this.#options.target.recovered(),
    });
    try {
      for await (const event of events) this.#take(event);
    } finally {
      if (clock.now() - started >= HEALTHY_AFTER_MS) this.#failures = 0;
    }
    // A server that accepts and closes at once would otherwise be asked thousands of times per second.
    if (this.#failures > 0 || clock.now() - started < times.minBackoffMs) {
      this.#failures += 1;
      await sleep(clock, backoffMs({ ...this.#backoff(), initialMs: times.minBackoffMs / 4 }, this.#failures, random), signal);
    }
  }

  #take(event: WatchEvent<T>): void {
    const { target, stats } = this.#options;
    // An event without resourceVersion would make the next watch begin anywhere.
    const version = event.object.metadata.resourceVersion;
    if (event.type === 'BOOKMARK') stats.bookmarks += 1;
    else {
      stats.events += 1;
      target.apply(event.type, event.object);
    }
    if (version !== undefined && version !== '') this.#resourceVersion = version;
    this.#failures = 0;
  }

  /** Notes the failure and answers how long to wait before the next try. */
  #waitAfter(error: unknown): number {
    const { target, stats, times, logger, optional, kind, select, random } = this.#options;
    const fields = { err: error, kind: kind.kind, group: kind.group, namespace: select.namespace };
    if (isGone(error) || isResourceVersionTooLarge(error)) {
      this.#resourceVersion = undefined;
      stats.relists += 1;
      this.#failures += 1;
      logger.info(fields, 'listing anew: the server does not know our resourceVersion');
      // Once is part of normal life; a server that says so again and again gets the backoff.
      return this.#failures === 1 ? 0 : this.#backoffWait();
    }
    if (optional && isNotFound(error)) {
      this.#resourceVersion = undefined;
      this.#failures = 0;
      logger.debug(fields, 'the kind is not installed');
      target.absent();
      return times.optionalRetryMs * (1 - 0.1 * random());
    }
    stats.errors += 1;
    if (error instanceof WatchSilenceError) stats.silences += 1;
    this.#failures += 1;
    // A kind that is gone: only a list tells when it is back. And what a watch from here cannot get past, a list may.
    if (isNotFound(error) || this.#failures % RELIST_AFTER_FAILURES === 0) this.#resourceVersion = undefined;
    target.failed(error);
    // A busy server says how long it wants to be left alone.
    const asked = error instanceof KubeApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const wait = Math.max(this.#backoffWait(), Math.min(asked, times.maxBackoffMs));
    logger.warn({ ...fields, failures: this.#failures, retryInMs: Math.round(wait) }, 'cannot list or watch; trying again');
    return wait;
  }

  #backoffWait(): number {
    return backoffMs(this.#backoff(), this.#failures, this.#options.random);
  }

  #backoff(): { initialMs: number; maxMs: number; jitter: number } {
    const { minBackoffMs, maxBackoffMs } = this.#options.times;
    return { initialMs: minBackoffMs, maxMs: maxBackoffMs, jitter: 0.5 };
  }
}
