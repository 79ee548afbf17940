import { randomBytes } from 'node:crypto';
import type { ApiClient } from '../client/api-client.ts';
import { isNotFound } from '../client/errors.ts';
import { EVENTS } from '../client/kinds.ts';
import { TokenBucket } from '../client/token-bucket.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { stderrLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import type { Runnable } from '../runnable.ts';
import { microTime } from './micro-time.ts';

/** What happened, for `kubectl describe` and `kubectl events`. */
export interface EventInput {
  readonly type: 'Normal' | 'Warning';
  /** Why, in CamelCase: `SyncFailed`. At most 128 characters. */
  readonly reason: string;
  /** A sentence for people; cut at 1,024 bytes. */
  readonly note: string;
  /** What the controller was doing, in CamelCase; default: the reason. */
  readonly action?: string;
  /** Another object concerned. */
  readonly related?: KubeObject;
}

export interface EventRecorderOptions {
  readonly client: ApiClient;
  /** Name of the controller, such as `example.com/shop-controller`. */
  readonly controller: string;
  /** Name of this process, such as the pod's name. */
  readonly instance: string;
  readonly logger?: Logger;
  readonly clock?: Clock;
  /** Equal events within this time become a count on the first one; default 6 minutes. */
  readonly aggregateMs?: number;
  /** Counts are written at most this often; default 10 seconds. */
  readonly seriesMs?: number;
  /** Events at once per object, default 25, and one more each `refillMs`, default 60 seconds. */
  readonly burst?: number;
  readonly refillMs?: number;
  /** How long `stop` waits for what is still to be written, in milliseconds, out of the grace that the kubelet gives; default 3,000. */
  readonly stopTimeoutMs?: number;
  /** Suffix that makes event names unique. */
  readonly newId?: () => string;
}

/** One event that repeats. */
interface Series {
  name: string;
  count: number;
  lastSeenAt: number;
  writtenAt: number;
  /** Cancels the write of the count that is due. */
  pending: (() => void) | undefined;
  readonly namespace: string;
  readonly body: Record<string, unknown>;
}

const MAX_QUEUED = 1_000;
/** Objects and series remembered; the oldest are forgotten first. */
const MAX_REMEMBERED = 5_000;
const MAX_NOTE_BYTES = 1_024;

const STOP_TIMEOUT_MS = 3_000;

/**
 * Writes events.k8s.io/v1 Events in the background. Repetitions become a count, floods are cut, failures are only logged. As a runnable of the
 * manager it writes its last Events when the controllers have ended, and before the client is closed.
 */
export class EventRecorder implements Runnable {
  readonly name = 'event recorder';
  readonly #options: EventRecorderOptions;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #series = new Map<string, Series>();
  readonly #buckets = new Map<string, TokenBucket>();
  readonly #abort = new AbortController();
  #queue: (() => Promise<void>)[] = [];
  #running: Promise<void> | undefined;
  /** Events not written because there were too many. */
  dropped = 0;

  constructor(options: EventRecorderOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock();
    this.#logger = options.logger ?? stderrLogger();
  }

  /** Records that something happened to an object. Returns at once and never throws. */
  event(regarding: KubeObject, input: EventInput): void {
    const now = this.#clock.now();
    const { uid, namespace, name } = regarding.metadata;
    const object = uid ?? `${regarding.kind}/${namespace}/${name}`;
    const key = JSON.stringify([object, input.type, input.reason, input.action, input.note]);
    const series = this.#series.get(key);
    if (series !== undefined && now - series.lastSeenAt < (this.#options.aggregateMs ?? 360_000)) {
      series.count += 1;
      series.lastSeenAt = now;
      this.#writeCountLater(series);
      return;
    }
    if (!this.#bucket(object).tryTake()) {
      this.dropped += 1;
      this.#logger.debug({ reason: input.reason, name, namespace }, 'too many events for this object; dropped');
      return;
    }
    series?.pending?.();
    const fresh = this.#newSeries(regarding, input, now);
    remember(this.#series, key, fresh);
    this.#enqueue(() => this.#create(fresh));
  }

  /** Writes what is due and ends, for a manager. */
  stop(): Promise<void> {
    return this.close(this.#options.stopTimeoutMs ?? STOP_TIMEOUT_MS);
  }

  /** Writes what is due and ends; gives up after `timeoutMs`. */
  async close(timeoutMs: number): Promise<void> {
    for (const series of this.#series.values()) {
      if (series.pending === undefined) continue;
      series.pending();
      series.pending = undefined;
      this.#enqueue(() => this.#writeCount(series));
    }
    const cancel = this.#clock.after(timeoutMs, () => this.#abort.abort(new Error('the recorder was closed')));
    await this.flush();
    cancel();
    this.#abort.abort(new Error('the recorder was closed'));
  }

  /** Resolves when all events recorded so far are written or have failed. */
  async flush(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  #newSeries(regarding: KubeObject, input: EventInput, now: number): Series {
    const { name } = regarding.metadata;
    // Events about cluster-wide objects stand in `default`, as those of Kubernetes itself do.
    const namespace = regarding.metadata.namespace || 'default';
    const suffix = (this.#options.newId ?? (() => randomBytes(8).toString('hex')))();
    const body = {
      apiVersion: 'events.k8s.io/v1',
      kind: 'Event',
      reportingController: this.#options.controller,
      reportingInstance: this.#options.instance.slice(0, 128),
      type: input.type,
      reason: input.reason.slice(0, 128),
      action: (input.action ?? input.reason).slice(0, 128),
      note: cutBytes(input.note, MAX_NOTE_BYTES),
      regarding: reference(regarding),
      ...(input.related === undefined ? {} : { related: reference(input.related) }),
    };
    // 253 is the longest name that the server takes.
    return {
      name: `${name.slice(0, 253 - suffix.length - 1)}.${suffix}`,
      count: 1,
      lastSeenAt: now,
      writtenAt: now,
      pending: undefined,
      namespace,
      body,
    };
  }

  #writeCountLater(series: Series): void {
    if (series.pending !== undefined || this.#abort.signal.aborted) return;
    const due = series.writtenAt + (this.#options.seriesMs ?? 10_000) - this.#clock.now();
    series.pending = this.#clock.after(Math.max(0, due), () => {
      series.pending = undefined;
      this.#enqueue(() => this.#writeCount(series));
    });
  }

  async #create(series: Series): Promise<void> {
    series.writtenAt = this.#clock.now();
    await this.#options.client.create(
      EVENTS,
      {
        ...series.body,
        apiVersion: 'events.k8s.io/v1',
        kind: 'Event',
        metadata: { name: series.name, namespace: series.namespace },
        eventTime: microTime(series.writtenAt),
      } as KubeObject,
      { signal: this.#abort.signal },
    );
  }

  async #writeCount(series: Series): Promise<void> {
    series.writtenAt = this.#clock.now();
    try {
      await this.#options.client.patch(
        EVENTS,
        series,
        // The server wants at least 2, which a repetition always is.
        { series: { count: series.count, lastObservedTime: microTime(series.lastSeenAt) } },
        { signal: this.#abort.signal },
      );
    } catch (error) {
      if (!isNotFound(error)) throw error;
      // Events live an hour by default, or the first write failed; a repetition then begins anew.
      series.count = 1;
      await this.#create(series);
    }
  }

  #enqueue(task: () => Promise<void>): void {
    if (this.#abort.signal.aborted) return;
    if (this.#queue.length >= MAX_QUEUED) {
      this.dropped += 1;
      return;
    }
    this.#queue.push(task);
    this.#running ??= this.#drain().finally(() => (this.#running = undefined));
  }

  async #drain(): Promise<void> {
    for (let task = this.#queue.shift(); task !== undefined; task = this.#queue.shift()) {
      try {
        await task();
      } catch (error) {
        this.#logger.warn({ err: error }, 'an event could not be recorded');
      }
    }
  }

  #bucket(object: string): TokenBucket {
    const known = this.#buckets.get(object);
    if (known !== undefined) return known;
    const bucket = new TokenBucket({
      qps: 1000 / (this.#options.refillMs ?? 60_000),
      burst: this.#options.burst ?? 25,
      clock: this.#clock,
    });
    remember(this.#buckets, object, bucket);
    return bucket;
  }
}

function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.delete(key);
  map.set(key, value);
  if (map.size <= MAX_REMEMBERED) return;
  const [oldest] = map.keys();
  if (oldest !== undefined) map.delete(oldest);
}

function reference(object: KubeObject): Record<string, unknown> {
  const { name, namespace, uid, resourceVersion } = object.metadata;
  return { apiVersion: object.apiVersion, kind: object.kind, name, namespace, uid, resourceVersion };
}

/** Cuts a text to so many bytes of UTF-8 without cutting a character. */
function cutBytes(text: string, max: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= max) return text;
  let end = max - 3;
  // Bytes of the form 10xxxxxx continue a character.
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return `${bytes.subarray(0, end).toString('utf8')}…`;
}
