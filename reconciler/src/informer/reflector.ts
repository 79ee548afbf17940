import { backoffMs } from '../backoff.ts';
import {
  isForbidden,
  isGone,
  isNotFound,
  isOutage,
  isResourceVersionTooLarge,
  KubeApiError,
  KubeConnectionError,
} from '../client/errors.ts';
import { WatchSilenceError } from '../client/watch.ts';
import type { WatchEvent } from '../client/watch.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { sleep } from '../clock.ts';
import type { KubeObject } from '../objects.ts';
import { InitialEvents } from './initial-events.ts';
import { GateClosed, GateFailed, isBusy, isRefusal, WatchAbandoned } from './reflector-faults.ts';
import type { ReflectorOptions } from './reflector-options.ts';
import { compareVersions } from '../versions.ts';

/** A watch that lasted this long was healthy, however it ended. */
const HEALTHY_AFTER_MS = 10_000;
/** A watch that lasted this long and was then cut off is reopened without backoff: that is twice a second at most. */
const TAKEN_AFTER_MS = 500;
/** So many cuts in a row without an event between them, and a list is tried: resuming from here yields nothing. */
const RELIST_AFTER_CUTS = 10;
/** After so many failures in a row the cure is a list rather than another watch from the same point. */
const RELIST_AFTER_FAILURES = 3;
/** A watch that ran is reopened so many times sooner than one that the server did not accept. */
const REOPEN_SOONER = 16;
/** While the server does not answer at all, waiting longer than this spares nobody, and its return is noticed this soon. */
const MAX_OUTAGE_BACKOFF_MS = 5_000;
/** After an outage of this length a watch that has been silent since may well be half-open. */
const REOPEN_AFTER_OUTAGE_MS = 5_000;
/** How often a persistent failure is logged as a warning. */
const WARN_AGAIN_MS = 60_000;

/** Keeps a target equal to the server's state until the signal is aborted, whatever goes wrong. */
export class Reflector<T extends KubeObject> {
  readonly #options: ReflectorOptions<T>;
  /** In the version that the gate names, if any. */
  #kind: ResourceKind;
  /** Where to continue; undefined: a list is needed. */
  #resourceVersion: string | undefined;
  #failures = 0;
  /** Watches that were cut off since the last event, or since one that lasted. */
  #cuts = 0;
  /** When the server accepted the last watch, by the monotonic clock; undefined: it did not. */
  #openedAt: number | undefined;
  /** Whether the last failure was reported by the server. */
  #wasAnswer = true;
  #warnedAt = Number.NEGATIVE_INFINITY;
  /** Whether a backoff was cut short. Once is enough: a server that answers others but not this kind should not be asked all the time. */
  #wasWoken = false;
  /** Whether the server can begin a watch with all objects; assumed until it refuses. */
  #watchLists = true;

  constructor(options: ReflectorOptions<T>) {
    this.#options = options;
    this.#kind = options.kind;
  }

  /** Runs until the signal is aborted; never rejects. */
  async run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      this.#openedAt = undefined;
      try {
        if (this.#resourceVersion === undefined && !this.#watchLists) await this.#list(signal);
        await this.#passGate(signal);
        await this.#watch(signal);
      } catch (error) {
        if (signal.aborted) return;
        await this.#pause(this.#waitAfter(error), error instanceof GateFailed ? error.cause : error, signal);
      }
    }
  }

  /** Throws unless the gate is open. A watch may have ended because there is now another kind of the same name. */
  async #passGate(signal: AbortSignal): Promise<void> {
    const { gate } = this.#options;
    if (gate === undefined) return;
    let answer: boolean | string;
    try {
      answer = await gate(signal);
    } catch (error) {
      throw new GateFailed('the gate failed', { cause: error });
    }
    if (answer === false) throw new GateClosed('the gate is closed');
    if (answer === true || answer === this.#kind.version) return;
    this.#kind = { ...this.#kind, version: answer };
    // What is known came in another version.
    this.#resourceVersion = undefined;
  }

  async #list(signal: AbortSignal): Promise<void> {
    const { client, select, target, stats } = this.#options;
    await this.#passGate(signal);
    stats.lists += 1;
    const { items, resourceVersion } = await client.list<T>(this.#kind, { ...select, signal, retry: false });
    this.#resourceVersion = resourceVersion;
    target.replace(items.map((item) => target.prepare(item)));
  }

  /**
   * Follows one watch to its end, which also serves as the list if there was none yet. Resolves after a clean close of a live watch; everything else throws.
   */
  async #watch(signal: AbortSignal): Promise<void> {
    const { client, select, times, stats, clock, random } = this.#options;
    const initial = this.#resourceVersion === undefined ? new InitialEvents<T>(clock, times.initialEventsLimitMs) : undefined;
    if (initial === undefined) stats.watches += 1;
    const started = clock.now();
    const life = this.#watchLiveness(initial, signal);
    const events = client.watch<T>(this.#kind, {
      ...select,
      signal: life.signal,
      resourceVersion: this.#resourceVersion ?? '',
      initialEvents: initial !== undefined,
      // Spread over 5 to 10 minutes, as in client-go, so that not all watches of a restarted server end together.
      timeoutSeconds: Math.round(300 * (1 + random())),
      silenceLimitMs: times.silenceLimitMs,
      onOpen: () => {
        this.#openedAt = clock.monotonic();
        life.heard();
        if (initial === undefined) this.#options.target.recovered();
      },
    });
    try {
      for await (const event of events) {
        life.heard();
        if (initial === undefined || initial.isOver) this.#take(event);
        else this.#takeInitial(initial, event);
      }
    } finally {
      life.end();
      if (clock.now() - started >= HEALTHY_AFTER_MS) this.#succeeded();
    }
    // A server that accepts and closes at once would otherwise get thousands of requests per second.
    if (this.#failures > 0 || clock.now() - started < times.minBackoffMs) {
      this.#failures += 1;
      await sleep(clock, backoffMs({ ...this.#backoff(), initialMs: times.minBackoffMs / 4 }, this.#failures, random), signal);
    }
  }

  /** Ends a watch that may be dead, or that began with all objects and does not reach their end. */
  #watchLiveness(initial: InitialEvents<T> | undefined, signal: AbortSignal): { signal: AbortSignal; heard(): void; end(): void } {
    const { client, clock } = this.#options;
    const stop = new AbortController();
    let heardAt = clock.monotonic();
    const off = client.reachability?.onRecovered((outageMs) => {
      if (outageMs >= REOPEN_AFTER_OUTAGE_MS && heardAt < clock.monotonic() - outageMs)
        stop.abort(new WatchAbandoned('silent since an outage', false));
    });
    initial?.onStuck(() => stop.abort(new WatchAbandoned('the server does not say where the initial events end', true)));
    return {
      signal: AbortSignal.any([signal, stop.signal]),
      heard: () => {
        heardAt = clock.monotonic();
        initial?.heard();
      },
      end: () => {
        off?.();
        initial?.end();
      },
    };
  }

  #takeInitial(initial: InitialEvents<T>, event: WatchEvent<T>): void {
    const { target, stats } = this.#options;
    initial.take(event.type === 'BOOKMARK' ? event : { type: event.type, object: target.prepare(event.object) });
    if (!initial.isOver) return;
    stats.watchLists += 1;
    this.#resourceVersion = event.object.metadata.resourceVersion;
    this.#succeeded();
    target.replace(initial.takeItems());
    target.recovered();
  }

  #take(event: WatchEvent<T>): void {
    const { target, stats } = this.#options;
    // An event without resourceVersion would make the next watch start anywhere.
    const version = event.object.metadata.resourceVersion;
    // Sent again, by a proxy or a server that lags behind: what is known is newer, and must not be overwritten.
    const isKnown = (compareVersions(version, this.#resourceVersion) ?? 1) <= 0;
    if (isKnown && event.type !== 'BOOKMARK') {
      stats.repeats += 1;
      return;
    }
    if (event.type === 'BOOKMARK') stats.bookmarks += 1;
    else {
      stats.events += 1;
      target.apply(event.type, target.prepare(event.object));
    }
    if (version !== undefined && version !== '' && !isKnown) this.#resourceVersion = version;
    this.#succeeded();
  }

  #succeeded(): void {
    this.#failures = 0;
    this.#cuts = 0;
    this.#wasWoken = false;
  }

  /** Waits; after a missing answer only until the server answers any request of the client, once. Never rejects. */
  async #pause(ms: number, error: unknown, signal: AbortSignal): Promise<void> {
    const back = new AbortController();
    const wake = (): void => {
      this.#wasWoken = true;
      back.abort();
    };
    const mayWake = isOutage(error) && !isBusy(error) && !this.#wasWoken;
    const off = mayWake ? this.#options.client.reachability?.onRecovered(wake) : undefined;
    await sleep(this.#options.clock, ms, AbortSignal.any([signal, back.signal])).catch(() => undefined);
    off?.();
  }

  /** Records the failure and returns how long to wait before the next attempt. */
  #waitAfter(error: unknown): number {
    const { stats, logger, optional } = this.#options;
    const fields = this.#fields(error);
    if (error instanceof WatchAbandoned) {
      if (error.isEndless) this.#watchLists = false;
      logger.debug(fields, 'reopening the watch');
      return 0;
    }
    // Bookmarks are a courtesy: a kind without changes may be quiet for longer, for instance after a restart of the server.
    if (error instanceof WatchSilenceError) {
      stats.silences += 1;
      logger.debug(fields, 'a watch was silent; reopening it');
      return 0;
    }
    if (this.#resourceVersion === undefined && this.#watchLists && isRefusal(error)) {
      this.#watchLists = false;
      logger.debug(fields, 'the server cannot begin a watch with all objects; listing them');
      return 0;
    }
    if (isGone(error) || isResourceVersionTooLarge(error)) {
      this.#resourceVersion = undefined;
      stats.relists += 1;
      this.#failures += 1;
      logger.info(fields, 'relisting: the server does not know our resourceVersion');
      // Once is normal; a server that says so again and again gets the backoff.
      return this.#failures === 1 ? 0 : this.#backoffWait();
    }
    if (error instanceof GateClosed || (optional && isNotFound(error))) return this.#waitAfterAbsence(error);
    if (error instanceof GateFailed) {
      // The gate's own requests may take a server that has just started a moment longer. A refusal stays a refusal.
      const isRefused = error.cause instanceof KubeApiError && !isOutage(error.cause);
      return this.#waitAfterFailure(error.cause, isRefused ? Infinity : MAX_OUTAGE_BACKOFF_MS);
    }
    if (this.#options.tolerateForbidden && isForbidden(error)) return this.#waitAfterRefusal(error);
    return this.#waitAfterFailure(error);
  }

  #waitAfterAbsence(error: unknown): number {
    const { target, times, logger, random } = this.#options;
    const isCertain = error instanceof GateClosed;
    this.#resourceVersion = undefined;
    this.#failures = 0;
    logger.debug(this.#fields(error), isCertain ? 'the gate of the kind is closed' : 'the kind is not installed');
    target.absent(isCertain);
    return times.optionalRetryMs * (1 - 0.1 * random());
  }

  #waitAfterFailure(error: unknown, maxMs = isOutage(error) ? MAX_OUTAGE_BACKOFF_MS : Infinity): number {
    const { target, times } = this.#options;
    this.#count(error);
    target.failed(error);
    const wait = Math.min(this.#backoffWait(), maxMs, times.maxBackoffMs);
    // A busy server says how long it wants to be left alone.
    const asked = error instanceof KubeApiError ? (error.retryAfterSeconds ?? 0) * 1000 : 0;
    const waitMs = Math.max(wait, Math.min(asked, times.maxBackoffMs));
    this.#warn({ ...this.#fields(error), failures: this.#failures, retryInMs: Math.round(waitMs) });
    return waitMs;
  }

  /** One of several namespaces: the others are still watched, and the target is notified. */
  #waitAfterRefusal(error: unknown): number {
    const { target, logger } = this.#options;
    this.#count(error);
    target.forbidden(error);
    const waitMs = this.#backoffWait();
    logger.debug({ ...this.#fields(error), failures: this.#failures, retryInMs: Math.round(waitMs) }, 'forbidden; trying again');
    return waitMs;
  }

  #count(error: unknown): void {
    this.#options.stats.errors += 1;
    // While a server is back but not yet useful, its first refusal should not count as the eighth failure.
    const isAnswer = error instanceof KubeApiError || !isOutage(error);
    if (isAnswer && !this.#wasAnswer) this.#failures = 0;
    this.#wasAnswer = isAnswer;
    // A list that is cut off again and again gets a longer backoff each time.
    const isCut = error instanceof KubeConnectionError && this.#resourceVersion !== undefined && this.#lasted() >= TAKEN_AFTER_MS;
    if (isCut) this.#failures = 0;
    this.#cuts += isCut ? 1 : 0;
    this.#failures += 1;
    const isStuck = this.#failures % RELIST_AFTER_FAILURES === 0 || this.#cuts >= RELIST_AFTER_CUTS;
    // The kind is gone: only a list notices its return. A list may also get past what a watch from here cannot.
    if (isNotFound(error) || isStuck) this.#resourceVersion = undefined;
    if (isStuck) this.#cuts = 0;
  }

  /** How long the last watch was open, in milliseconds. */
  #lasted(): number {
    return this.#openedAt === undefined ? 0 : this.#options.clock.monotonic() - this.#openedAt;
  }

  #fields(err: unknown): object {
    const { select } = this.#options;
    const kind = this.#kind;
    return { err, kind: kind.kind, group: kind.group, namespace: select.namespace };
  }

  /** Otherwise every kind would log the same every few seconds during an outage. */
  #warn(fields: object): void {
    const { logger, clock } = this.#options;
    const now = clock.monotonic();
    const isRepetition = (this.#failures > 1 || this.#cuts > 1) && now - this.#warnedAt < WARN_AGAIN_MS;
    if (!isRepetition) this.#warnedAt = now;
    logger[isRepetition ? 'debug' : 'warn'](fields, 'cannot list or watch; trying again');
  }

  #backoffWait(): number {
    const wait = backoffMs(this.#backoff(), this.#failures, this.#options.random);
    // What broke off a moment ago will most likely be back soon; until then nobody acts, because the store lags behind.
    return this.#openedAt !== undefined && this.#failures === 1 ? wait / REOPEN_SOONER : wait;
  }

  #backoff(): { initialMs: number; maxMs: number; jitter: number } {
    const { minBackoffMs, maxBackoffMs } = this.#options.times;
    return { initialMs: minBackoffMs, maxMs: maxBackoffMs, jitter: 0.5 };
  }
}
