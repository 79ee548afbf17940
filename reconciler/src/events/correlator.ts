import { createHash, randomBytes } from 'node:crypto';
import { TokenBucket } from '../client/token-bucket.ts';
import type { Clock } from '../clock.ts';
import type { KubeObject } from '../objects.ts';
import type { EventInput, Reporter } from './event-body.ts';
import { eventBody, eventName, eventNamespace } from './event-body.ts';

/** Limits on Events. */
export interface CorrelatorOptions extends Reporter {
  readonly clock: Clock;
  /** Equal Events within this time, in milliseconds, become a count on the first one. */
  readonly aggregateMs: number;
  /** Burst of Events per object, refilled by one each `refillMs`. */
  readonly burst: number;
  readonly refillMs: number;
  /** Suffix that makes the names of Events unique. */
  readonly newId?: (() => string) | undefined;
}

/** One Event, and how often it has happened. */
export interface Series {
  readonly key: string;
  readonly name: string;
  readonly namespace: string;
  readonly body: Record<string, unknown>;
  /** Of the last occurrence. */
  occurrence: string | undefined;
  count: number;
  lastSeenAt: number;
  writtenAt: number;
  /** Cancels the pending write of the count. */
  pending: (() => void) | undefined;
}

/**
 * What to do about something that happened; `duplicate`: nothing, this very occurrence was recorded before; `counted`: the count is written now and then;
 * `repeated`: it is written at once.
 */
export type Verdict =
  | { readonly verdict: 'new' | 'repeated' | 'counted'; readonly series: Series }
  | { readonly verdict: 'duplicate' | 'dropped'; readonly series?: undefined };

/** Objects and series remembered; the oldest are forgotten first. */
const MAX_REMEMBERED = 5_000;

/** Decides whether something that happened is new, a repetition, or one too many. */
export class Correlator {
  readonly #options: CorrelatorOptions;
  readonly #series = new Map<string, Series>();
  readonly #buckets = new Map<string, TokenBucket>();
  /** The last occurrence for each object: an earlier one that comes back has happened again. */
  readonly #occurrences = new Map<string, string>();

  constructor(options: CorrelatorOptions) {
    this.#options = options;
  }

  /** The series whose count has yet to be written. */
  get due(): Series[] {
    return [...this.#series.values()].filter(({ pending }) => pending !== undefined);
  }

  judge(regarding: KubeObject, input: EventInput): Verdict {
    const now = this.#options.clock.now();
    const { uid, namespace, name } = regarding.metadata;
    const object = uid ?? `${regarding.kind}/${namespace}/${name}`;
    const key = JSON.stringify([object, input.type, input.reason, input.action, input.note]);
    const known = this.#series.get(key);
    const isSameStep = input.occurrence !== undefined && this.#occurrences.get(object) === input.occurrence;
    if (input.occurrence !== undefined) remember(this.#occurrences, object, input.occurrence);
    if (isSameStep && known?.occurrence === input.occurrence) return { verdict: 'duplicate' };
    if (known !== undefined && now - known.lastSeenAt < this.#options.aggregateMs) {
      known.count += 1;
      known.lastSeenAt = now;
      known.occurrence = input.occurrence;
      // A separate occurrence is treated like a new Event, as long as there are not too many. They do not use up the budget for new ones.
      const isTold = input.occurrence !== undefined && this.#bucket(`${object} again`).tryTake();
      return { verdict: isTold ? 'repeated' : 'counted', series: known };
    }
    if (!this.#bucket(object).tryTake()) return { verdict: 'dropped' };
    known?.pending?.();
    const series: Series = {
      key,
      name: eventName(regarding, this.#suffix(object, input)),
      namespace: eventNamespace(regarding),
      body: eventBody(regarding, input, this.#options),
      occurrence: input.occurrence,
      count: 1,
      lastSeenAt: now,
      writtenAt: now,
      pending: undefined,
    };
    remember(this.#series, key, series);
    return { verdict: 'new', series };
  }

  /** Reverts the last time: recorded once more, it has the same count. */
  takeBack(series: Series): void {
    series.count -= 1;
    series.occurrence = undefined;
  }

  /** Forgets the series: it is new the next time. */
  forget(series: Series): void {
    if (this.#series.get(series.key) === series) this.#series.delete(series.key);
  }

  #suffix(object: string, { type, reason, note, occurrence }: EventInput): string {
    if (occurrence === undefined) return (this.#options.newId ?? (() => randomBytes(8).toString('hex')))();
    return createHash('sha256')
      .update(JSON.stringify([object, type, reason, note, occurrence]))
      .digest('hex')
      .slice(0, 16);
  }

  #bucket(key: string): TokenBucket {
    const known = this.#buckets.get(key);
    if (known !== undefined) return known;
    const { refillMs, burst, clock } = this.#options;
    const bucket = new TokenBucket({ qps: 1000 / refillMs, burst, clock });
    remember(this.#buckets, key, bucket);
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
