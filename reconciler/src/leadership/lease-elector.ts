import type { ApiClient, CallOptions } from '../client/api-client.ts';
import { isConflict, isNotFound } from '../client/errors.ts';
import { apiVersionOf } from '../client/kinds.ts';
import { sleep } from '../clock.ts';
import type { Clock } from '../clock.ts';
import { sameJson } from '../apply/json.ts';
import type { Logger } from '../logger.ts';
import type { Lease, LeaseSpec } from './lease.ts';
import { claimed, LEASES, released } from './lease.ts';

/** When a Lease counts as free, and how it is held. In milliseconds; the defaults are those of Kubernetes' own controllers. */
export interface LeaseTimes {
  /** Default 15,000: how long a Lease that is not renewed stays valid. */
  readonly leaseDurationMs: number;
  /** Default 10,000: after so long without a renewal the holder stops acting. The rest of the duration covers what is still in flight. */
  readonly renewDeadlineMs: number;
  /** Default 2,000: how often to try to acquire or renew it. */
  readonly retryPeriodMs: number;
}

/** Which Lease to hold, and under which identity. */
export interface LeaseElectorOptions {
  readonly client: ApiClient;
  readonly namespace: string;
  readonly name: string;
  readonly identity: string;
  /** Written on the Lease, so that others can tell whose it is. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly times: LeaseTimes;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Called on changes. */
export interface ElectionListener {
  gained(): void;
  lost(reason: Error): void;
}

/** How long releasing a Lease may take: the successor will otherwise wait for it to expire. */
const RELEASE_TIMEOUT_MS = 2_000;

/**
 * Acquires one Lease and holds it, by client-go's rules: a Lease that somebody else holds counts as free only when it has not changed for its whole duration by
 * our own monotonic clock, whatever its timestamps, since clocks of machines differ.
 */
export class LeaseElector {
  readonly #options: LeaseElectorOptions;
  #lease: Lease | undefined;
  /** When the current `#lease` was first seen, by the monotonic clock. */
  #observedAt = 0;
  #isHeld = false;
  /** When the last successful renewal was sent, by both clocks: the monotonic one stands still while a virtual machine is paused. */
  #renewed = { monotonic: 0, now: 0 };
  /** A claim was sent, whatever the answer. */
  #mayBeOurs = false;
  #failure: unknown;

  constructor(options: LeaseElectorOptions) {
    this.#options = options;
  }

  /** Whether this process may act now. False as soon as the deadline has passed, even if nothing has noticed it yet. */
  get isLeading(): boolean {
    const { clock, times } = this.#options;
    return this.#isHeld && this.#untilDeadline() > 0 && clock.now() - this.#renewed.now < times.renewDeadlineMs;
  }

  /** Why the Lease could not be read or written the last time; undefined: it could. */
  get failure(): unknown {
    return this.#failure;
  }

  /** The last known holder; empty: nobody. */
  get holder(): string {
    return this.#lease?.spec?.holderIdentity ?? '';
  }

  /** Tries to acquire the Lease, renews it, and tries again after losing it, until the signal is aborted. Never rejects. */
  async run(signal: AbortSignal, listener: ElectionListener): Promise<void> {
    const { times, random } = this.#options;
    while (!signal.aborted) {
      // The process was paused without noticing the loss: what it could not do meanwhile has to be reconciled again.
      if (this.#isHeld && !this.isLeading) {
        this.#isHeld = false;
        this.#lose(listener);
      }
      const wasHeld = this.#isHeld;
      const hasLapsed = await this.#attempt(signal);
      if (signal.aborted) return;
      if (wasHeld && (hasLapsed || !this.#isHeld)) this.#lose(listener);
      if (this.#isHeld && (hasLapsed || !wasHeld)) listener.gained();
      // Jitter only shortens: a released Lease should be acquired within one period.
      const pause = this.#isHeld ? Math.min(times.retryPeriodMs, this.#untilDeadline()) : times.retryPeriodMs * (1 - 0.2 * random());
      await this.#pause(pause, signal);
    }
  }

  /** Waits; after a failure only until the API server answers again. Never rejects. */
  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    const { client, clock } = this.#options;
    const back = new AbortController();
    const off = this.#failure === undefined ? undefined : client.reachability?.onRecovered(() => back.abort());
    await sleep(clock, ms, AbortSignal.any([signal, back.signal])).catch(() => undefined);
    off?.();
  }

  /** Releases the Lease, if it is ours. Call it when `run` has ended. Never rejects. */
  async release(): Promise<void> {
    const { client, clock, identity, logger, namespace, name } = this.#options;
    if (!this.#mayBeOurs) return;
    this.#isHeld = false;
    const call = { timeoutMs: RELEASE_TIMEOUT_MS, retry: false, urgent: true };
    try {
      // Read first: the end may have come between a renewal and its answer.
      const lease = await client.get<Lease>(LEASES, { namespace, name }, call);
      if (lease.spec?.holderIdentity !== identity) return;
      await this.#write(lease, released(lease.spec, clock.now()), call);
      logger.info({ lease: `${namespace}/${name}` }, 'released the lease');
    } catch (error) {
      logger.warn({ err: error, lease: `${namespace}/${name}` }, 'could not release the lease; it will expire');
    }
  }

  #lose(listener: ElectionListener): void {
    const { namespace, name, identity } = this.#options;
    const isOther = this.holder !== '' && this.holder !== identity;
    const why = isOther ? `${this.holder} holds it now` : 'it could not be renewed in time';
    listener.lost(new Error(`Lease ${namespace}/${name} was lost: ${why}`, { cause: this.#failure }));
  }

  /** Tries once. Returns whether the deadline passed meanwhile, so that leadership lapsed for a moment. */
  async #attempt(signal: AbortSignal): Promise<boolean> {
    const { clock, times } = this.#options;
    const sent = { monotonic: clock.monotonic(), now: clock.now() };
    // One hanging request must not use up the time for another one.
    const timeoutMs = Math.max(1, Math.min(times.renewDeadlineMs / 2, this.#isHeld ? this.#untilDeadline() : Infinity));
    try {
      const isHeld = await this.#takeOrRenew({ signal, timeoutMs, urgent: true });
      const hasLapsed = this.#isHeld && !this.isLeading;
      this.#failure = undefined;
      this.#isHeld = isHeld;
      if (isHeld) this.#renewed = sent;
      return hasLapsed;
    } catch (error) {
      if (!signal.aborted) this.#failed(error);
      this.#isHeld = this.isLeading;
      return false;
    }
  }

  /** Returns whether we hold it. Throws when that could not be determined. */
  async #takeOrRenew(call: CallOptions): Promise<boolean> {
    const { client, namespace, name, identity } = this.#options;
    if (this.#isHeld && this.#lease !== undefined) {
      // Without reading it first: nobody else writes a Lease that is held.
      if (await this.#claim(this.#lease, call)) return true;
    }
    const lease = await client.get<Lease>(LEASES, { namespace, name }, { ...call, retry: false }).catch((error: unknown) => {
      if (isNotFound(error)) return undefined;
      throw error;
    });
    if (lease === undefined) return this.#create(call);
    this.#observe(lease);
    const holder = this.holder;
    if (holder !== '' && holder !== identity && !this.#hasExpired()) return false;
    return this.#claim(lease, call);
  }

  async #create(call: CallOptions): Promise<boolean> {
    const { client, namespace, name, annotations } = this.#options;
    const metadata = { name, namespace, annotations: { ...annotations } };
    this.#mayBeOurs = true;
    try {
      const spec = claimed({}, this.#newClaim());
      this.#observe(
        await client.create<Lease>(
          LEASES,
          { apiVersion: apiVersionOf(LEASES), kind: LEASES.kind, metadata, spec },
          { ...call, retry: false },
        ),
      );
      return true;
    } catch (error) {
      if (isConflict(error)) return false;
      throw error;
    }
  }

  /** Returns false if somebody else has written or deleted it since it was read. */
  async #claim(lease: Lease, call: CallOptions): Promise<boolean> {
    this.#mayBeOurs = true;
    try {
      this.#observe(await this.#write(lease, claimed(lease.spec ?? {}, this.#newClaim()), call));
      return true;
    } catch (error) {
      if (isConflict(error) || isNotFound(error)) return false;
      throw error;
    }
  }

  #write(lease: Lease, spec: LeaseSpec, call: CallOptions): Promise<Lease> {
    const { client, namespace, name, annotations } = this.#options;
    // The version makes it fail with 409 if anybody has written meanwhile.
    const metadata = { resourceVersion: lease.metadata.resourceVersion, annotations };
    return client.patch<Lease>(LEASES, { namespace, name }, { metadata, spec }, { ...call, retry: false });
  }

  #newClaim(): { identity: string; durationMs: number; now: number } {
    const { identity, times, clock } = this.#options;
    return { identity, durationMs: times.leaseDurationMs, now: clock.now() };
  }

  #observe(lease: Lease): void {
    const { identity, annotations, logger, namespace, name, clock } = this.#options;
    const former = this.#lease;
    this.#lease = lease;
    if (former !== undefined && sameJson(former.spec ?? {}, lease.spec ?? {})) return;
    this.#observedAt = clock.monotonic();
    const holder = this.holder;
    if (holder === (former?.spec?.holderIdentity ?? '')) return;
    const about = { lease: `${namespace}/${name}`, holder };
    if (holder === identity) logger.info(about, 'acquired the lease');
    else if (holder !== '') {
      const isForeign = Object.entries(annotations).some(([key, value]) => lease.metadata.annotations?.[key] !== value);
      if (isForeign)
        logger.warn({ ...about, annotations: lease.metadata.annotations }, 'another installation holds the lease; this one stands by');
      else logger.info(about, 'another process holds the lease; standing by');
    }
  }

  /** Whether the holder's time has run out, as far as we saw. */
  #hasExpired(): boolean {
    const seconds = this.#lease?.spec?.leaseDurationSeconds ?? this.#options.times.leaseDurationMs / 1000;
    return this.#options.clock.monotonic() - this.#observedAt >= seconds * 1000;
  }

  #untilDeadline(): number {
    const { times, clock } = this.#options;
    return this.#renewed.monotonic + times.renewDeadlineMs - clock.monotonic();
  }

  #failed(error: unknown): void {
    const { logger, namespace, name } = this.#options;
    // The same line every two seconds would bury everything else.
    if (String(error) !== String(this.#failure))
      logger.warn({ err: error, lease: `${namespace}/${name}` }, 'failed to acquire or renew the lease; retrying');
    this.#failure = error;
  }
}
