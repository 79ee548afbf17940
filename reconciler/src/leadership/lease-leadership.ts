import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { ApiClient } from '../client/api-client.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Logger } from '../logger.ts';
import { stderrLogger } from '../logger.ts';
import type { LeaseTimes } from './lease-elector.ts';
import { LeaseElector } from './lease-elector.ts';
import type { Leadership, LeadershipChange } from './types.ts';

/** A Lease, and what its holder leads. */
export interface LeaseScope {
  readonly namespace: string;
  readonly name: string;
  /** The holder leads only for objects of this namespace; without it for all, including cluster-wide ones. */
  readonly forNamespace?: string | undefined;
}

/** How to elect a leader. Whoever holds a Lease leads in its scope. */
export interface LeaseLeadershipOptions extends Partial<LeaseTimes> {
  /** Needs permission to get, create and patch these Leases. */
  readonly client: ApiClient;
  /** Usually one; or one for each watched namespace, so that different processes may lead different ones. */
  readonly leases: readonly LeaseScope[];
  /** A name for this process that is never used by another or earlier one; default: the host name and a random part. */
  readonly identity?: string;
  /** Written on the Leases. A holder with other values is another installation, which is logged as a warning. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** Called whenever a Lease is gained or lost; `createFrameworkMetrics` has one. */
  readonly observe?: (lease: string, isLeading: boolean) => void;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** Leadership by Leases (coordination.k8s.io/v1). A lost one is contended for again, like one that was never held. */
export class LeaseLeadership implements Leadership {
  readonly #electors: readonly { readonly scope: LeaseScope; readonly elector: LeaseElector }[];
  readonly #observe: (lease: string, isLeading: boolean) => void;
  readonly #logger: Logger;
  readonly #listeners = new Set<(change: LeadershipChange) => void>();
  readonly #stop = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: LeaseLeadershipOptions) {
    const { client, leases, annotations = {}, leaseDurationMs = 15_000, renewDeadlineMs = 10_000, retryPeriodMs = 2_000 } = options;
    if (leases.length === 0) throw new TypeError('an election needs at least one Lease');
    if (new Set(leases.map(nameOf)).size < leases.length) throw new TypeError('the same Lease is named twice');
    if (!(retryPeriodMs < renewDeadlineMs && renewDeadlineMs < leaseDurationMs))
      throw new TypeError('retryPeriodMs must be less than renewDeadlineMs, and that less than leaseDurationMs');
    const common = {
      client,
      annotations,
      identity: options.identity ?? `${hostname()}_${randomUUID()}`,
      times: { leaseDurationMs, renewDeadlineMs, retryPeriodMs },
      logger: options.logger ?? stderrLogger(),
      clock: options.clock ?? systemClock(),
      random: options.random ?? Math.random,
    };
    this.#electors = leases.map((scope) => ({ scope, elector: new LeaseElector({ ...common, ...scope }) }));
    this.#logger = common.logger;
    this.#observe = options.observe ?? (() => undefined);
    for (const scope of leases) this.#observe(nameOf(scope), false);
  }

  /** The last known holder of each Lease, in the order of the options; empty: nobody. */
  get holders(): string[] {
    return this.#electors.map(({ elector }) => elector.holder);
  }

  /** Resolves with the first Lease; the others are contended for all the while. */
  acquire(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const onAbort = (): void => reject(signal.reason);
      signal.addEventListener('abort', onAbort, { once: true });
      const gained = (scope: LeaseScope): void => {
        signal.removeEventListener('abort', onAbort);
        resolve();
        this.#changed(scope, 'gained');
      };
      const lost = (scope: LeaseScope, reason: Error): void => {
        this.#logger.warn({ err: reason, lease: nameOf(scope) }, 'the lease was lost; standing by');
        this.#changed(scope, 'lost');
      };
      this.#running = Promise.all(
        this.#electors.map(({ scope, elector }) =>
          elector.run(this.#stop.signal, { gained: () => gained(scope), lost: (reason) => lost(scope, reason) }),
        ),
      );
    });
  }

  leads(namespace: string): boolean {
    return this.#electors.some(
      ({ scope: { forNamespace }, elector }) => (forNamespace === undefined || forNamespace === namespace) && elector.isLeading,
    );
  }

  onChange(listener: (change: LeadershipChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  check(): void {
    const failures = this.#electors.flatMap(({ elector: { failure } }) => (failure === undefined ? [] : [failure]));
    // A leader stays ready until its deadline. A standby that cannot read any Lease does not know whether anybody leads.
    const [first] = failures;
    const isLeading = this.#electors.some(({ elector }) => elector.isLeading);
    if (first !== undefined && failures.length === this.#electors.length && !isLeading) throw first;
  }

  async release(): Promise<void> {
    this.#stop.abort(new Error('the leadership is released'));
    await this.#running;
    await Promise.all(
      this.#electors.map(async ({ scope, elector }) => {
        await elector.release();
        this.#observe(nameOf(scope), false);
      }),
    );
  }

  #changed(scope: LeaseScope, change: LeadershipChange): void {
    const listeners = [
      () => this.#observe(nameOf(scope), change === 'gained'),
      ...[...this.#listeners].map((listener) => () => listener(change)),
    ];
    for (const tell of listeners) {
      try {
        tell();
      } catch (error) {
        this.#logger.error({ err: error, lease: nameOf(scope) }, 'a listener failed');
      }
    }
  }
}

function nameOf({ namespace, name }: LeaseScope): string {
  return `${namespace}/${name}`;
}
