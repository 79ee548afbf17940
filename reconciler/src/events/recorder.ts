import type { ApiClient } from '../client/api-client.ts';
import { isAlreadyExists, isConflict, isNotFound, isOutage } from '../client/errors.ts';
import { EVENTS } from '../client/kinds.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { stderrLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import type { Runnable } from '../runnable.ts';
import type { Series } from './correlator.ts';
import { Correlator } from './correlator.ts';
import type { EventInput, Reporter } from './event-body.ts';
import { microTime } from './micro-time.ts';

/** Options of an event recorder. */
export interface EventRecorderOptions extends Reporter {
  readonly client: ApiClient;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** Equal events within this time become a count on the first one; default 6 minutes. */
  readonly aggregateMs?: number;
  /** Counts are written at most this often; default 10 seconds. */
  readonly seriesMs?: number;
  /** Burst of Events per object, default 25, refilled by one each `refillMs`, default 60 seconds. */
  readonly burst?: number;
  readonly refillMs?: number;
  /** How long `stop` waits for pending writes, in milliseconds, out of the kubelet's grace period; default 3,000. */
  readonly stopTimeoutMs?: number;
  /** Suffix that makes event names unique. */
  readonly newId?: () => string;
}

/** Most Events that wait to be written; more are dropped. */
const MAX_QUEUED = 1_000;
/** Events written concurrently. */
const CONCURRENCY = 8;
const STOP_TIMEOUT_MS = 3_000;
/** An Event is not worth a longer wait. */
const REQUEST_TIMEOUT_MS = 2_000;

/**
 * Writes events.k8s.io/v1 Events. Repetitions become a count, floods are limited. As a runnable of the manager it writes its last Events after the controllers
 * have ended, and before the client is closed.
 */
export class EventRecorder implements Runnable {
  readonly name = 'event recorder';
  readonly #options: EventRecorderOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #correlator: Correlator;
  readonly #abort = new AbortController();
  readonly #queue: (() => Promise<void>)[] = [];
  readonly #running = new Set<Promise<void>>();
  /** Events not written because there were too many. */
  dropped = 0;

  constructor(options: EventRecorderOptions) {
    const { controller, instance, aggregateMs = 360_000, burst = 25, refillMs = 60_000, newId } = options;
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
    this.#logger = options.logger ?? stderrLogger();
    this.#correlator = new Correlator({ controller, instance, clock: this.#clock, aggregateMs, burst, refillMs, newId });
  }

  /** Records in the background that something happened to an object. Returns at once and never throws; failures are logged. */
  event(regarding: KubeObject, input: EventInput): void {
    this.record(regarding, input).catch((error: unknown) => this.#failed(error));
  }

  /**
   * Records that something happened to an object, and resolves when that is written, so that what follows can wait for it. A repetition is counted; without an
   * occurrence, or after too many of them, it does not wait. Rejects when the API server cannot be reached, or asks for a retry: it may be recorded again then.
   * What the server refuses is logged, without an error.
   */
  async record(regarding: KubeObject, input: EventInput): Promise<void> {
    const { verdict, series } = this.#correlator.judge(regarding, input);
    if (verdict === 'dropped') {
      const { name, namespace } = regarding.metadata;
      this.dropped += 1;
      this.#logger.debug({ reason: input.reason, name, namespace }, 'too many events for this object; dropped');
    }
    if (series === undefined) return undefined;
    if (verdict === 'counted') return this.#writeCountLater(series);
    try {
      await this.#enqueue(() => (verdict === 'new' ? this.#create(series) : this.#writeCount(series)));
    } catch (error) {
      if (verdict === 'new') this.#correlator.forget(series);
      else this.#correlator.takeBack(series);
      if (isOutage(error) || isConflict(error)) throw error;
      this.#failed(error);
    }
  }

  /** Writes what is pending and ends, for a manager. */
  stop(): Promise<void> {
    return this.close(this.#options.stopTimeoutMs ?? STOP_TIMEOUT_MS);
  }

  /** Writes what is pending and ends; gives up after `timeoutMs`. */
  async close(timeoutMs: number): Promise<void> {
    for (const series of this.#correlator.due) {
      series.pending?.();
      series.pending = undefined;
      this.#writeCountNow(series);
    }
    const cancel = this.#clock.after(timeoutMs, () => this.#abort.abort(new Error('the recorder was closed')));
    await this.flush();
    cancel();
    this.#abort.abort(new Error('the recorder was closed'));
  }

  /** Resolves when all events recorded so far are written or have failed. */
  async flush(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #writeCountLater(series: Series): void {
    if (series.pending !== undefined || this.#abort.signal.aborted) return;
    const due = series.writtenAt + (this.#options.seriesMs ?? 10_000) - this.#clock.now();
    series.pending = this.#clock.after(Math.max(0, due), () => {
      series.pending = undefined;
      this.#writeCountNow(series);
    });
  }

  #writeCountNow(series: Series): void {
    this.#enqueue(() => this.#writeCount(series)).catch((error: unknown) => this.#failed(error));
  }

  async #create(series: Series): Promise<void> {
    series.writtenAt = this.#clock.now();
    const { name, namespace } = series;
    const event = {
      ...series.body,
      metadata: { name, namespace },
      eventTime: microTime(series.writtenAt),
    } as unknown as KubeObject;
    try {
      await this.#options.client.create(EVENTS, event, { signal: this.#abort.signal, timeoutMs: REQUEST_TIMEOUT_MS });
    } catch (error) {
      // Its name is derived from the occurrence: an earlier process recorded it.
      if (!isAlreadyExists(error) || series.occurrence === undefined) throw error;
    }
  }

  async #writeCount(series: Series): Promise<void> {
    series.pending?.();
    series.pending = undefined;
    series.writtenAt = this.#clock.now();
    try {
      await this.#options.client.patch(
        EVENTS,
        series,
        // The server requires at least 2, which a repetition always has.
        { series: { count: series.count, lastObservedTime: microTime(series.lastSeenAt) } },
        { signal: this.#abort.signal, timeoutMs: REQUEST_TIMEOUT_MS },
      );
    } catch (error) {
      if (!isNotFound(error)) throw error;
      // By default Events live for an hour, or the first write failed; a repetition then creates a new one.
      series.count = 1;
      await this.#create(series);
    }
  }

  #failed(error: unknown): void {
    if (!this.#abort.signal.aborted) this.#logger.warn({ err: error }, 'an event could not be recorded');
  }

  /** Runs a task when it is its turn; settles as it does. */
  #enqueue(task: () => Promise<void>): Promise<void> {
    if (this.#abort.signal.aborted) return Promise.reject(this.#abort.signal.reason);
    if (this.#queue.length >= MAX_QUEUED) {
      this.dropped += 1;
      return Promise.reject(new Error(`${MAX_QUEUED} events wait to be written; one more is dropped`));
    }
    return new Promise((resolve, reject) => {
      this.#queue.push(() => task().then(resolve, reject));
      if (this.#running.size >= CONCURRENCY) return;
      const worker = this.#drain().finally(() => this.#running.delete(worker));
      this.#running.add(worker);
    });
  }

  async #drain(): Promise<void> {
    for (let task = this.#queue.shift(); task !== undefined; task = this.#queue.shift()) await task();
  }
}
