import type { Registry } from 'prom-client';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Controller } from '../controller/controller.ts';
import type { EventSource } from '../controller/types.ts';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import type { Runnable } from '../runnable.ts';
import type { PlainServer } from './http.ts';
import { servePaths } from './http.ts';
import type { FrameworkMetrics } from './metrics.ts';
import { RunnableStack } from './runnable-stack.ts';
import { describeChecks, runChecks } from './checks.ts';
import type { Check } from './checks.ts';

/** An informer, as far as the manager runs it. */
export interface RunnableInformer extends EventSource {
  readonly lastError: unknown;
  run(signal: AbortSignal): Promise<void>;
}

/** Decides when this process may act. The answered signal is aborted when it may no more. */
export interface Leadership {
  /** Resolves when this process leads; rejects with the signal's reason. */
  acquire(signal: AbortSignal): Promise<AbortSignal>;
  /** Lets another process lead at once. Called when all work has ended. */
  release(): Promise<void>;
}

/** What a manager runs. It closes no client: whoever made it closes it when `run` has ended. */
export interface ManagerOptions {
  readonly informers: readonly RunnableInformer[];
  readonly controllers: readonly Controller[];
  /**
   * What controllers work with, such as a poller or an `EventRecorder`. Started in this order once the process leads and before controllers are;
   * stopped in the opposite order once those have ended.
   */
  readonly runnables?: readonly Runnable[];
  /** Served on `/metrics`. */
  readonly registry: Registry;
  readonly metrics?: FrameworkMetrics;
  /** Default `:8081`. */
  readonly healthAddress?: string;
  /** Default `:8080`. */
  readonly metricsAddress?: string;
  /** Default: always. */
  readonly leadership?: Leadership;
  /** How long running reconciles may go on after the stop, in milliseconds; default 30,000. */
  readonly graceMs?: number;
  readonly logger?: Logger;
  readonly clock?: Clock;
}

const DEFAULT_GRACE_MS = 30_000;
/** Starts everything in order, and ends it in the opposite order: servers, informers, leadership, runnables, controllers. */
export class Manager {
  readonly #options: ManagerOptions;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #checks = new Map<string, Check>();
  #servers: { health: PlainServer; metrics: PlainServer } | undefined;
  #ran = false;

  constructor(options: ManagerOptions) {
    this.#options = options;
    this.#logger = options.logger ?? silentLogger();
    this.#clock = options.clock ?? systemClock();
    for (const controller of options.controllers) {
      const stray = controller.sources.find((source) => !options.informers.some((informer) => informer === source));
      // It would wait for ever for an informer that nobody runs.
      if (stray !== undefined)
        throw new Error(`controller ${controller.name} listens to ${stray.kind.plural}, which the manager does not run`);
    }
    this.addReadyCheck('informers-synced', () => {
      const waiting = options.informers.filter((informer) => !informer.hasSynced);
      if (waiting.length > 0) throw new Error(`not listed yet: ${waiting.map(({ kind }) => kind.plural).join(', ')}`);
    });
  }

  /** Where the servers listen, once `run` has started them. */
  get addresses(): { health: string; metrics: string } | undefined {
    return this.#servers && { health: this.#servers.health.address, metrics: this.#servers.metrics.address };
  }

  /** Adds a condition for `/readyz`: ready while it does not throw. */
  addReadyCheck(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /** Runs until the signal is aborted, then ends everything. Rejects if something cannot start, or leadership is lost. */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#ran) throw new Error('a manager runs once');
    this.#ran = true;
    // Work ends when it is asked to, or when leadership is lost.
    const working = new AbortController();
    const stopWorking = (): void => working.abort(signal.reason);
    signal.addEventListener('abort', stopWorking, { once: true });
    if (signal.aborted) stopWorking();
    let lost: Error | undefined;
    const onLost = (reason: unknown): void => {
      if (signal.aborted) return;
      lost = new Error('leadership was lost', { cause: reason });
      working.abort(lost);
    };
    const stack = new RunnableStack();
    try {
      for (const part of this.#parts(onLost)) await stack.start(part, working.signal);
      await aborted(working.signal);
    } catch (error) {
      // The stop may come while things still start; that is no failure.
      if (!working.signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', stopWorking);
      await this.#stop(stack);
    }
    if (lost !== undefined) throw lost;
  }

  #parts(onLost: (reason: unknown) => void): Runnable[] {
    const { informers, controllers, leadership, runnables = [], metrics, graceMs = DEFAULT_GRACE_MS } = this.#options;
    return [
      { name: 'servers', start: () => this.#serve(), stop: () => this.#closeServers() },
      informersRunnable(informers),
      ...(leadership === undefined ? [] : [leadershipRunnable(leadership, onLost)]),
      ...runnables,
      {
        name: 'controllers',
        start: async (signal) => {
          await Promise.all(controllers.map((controller) => controller.start(signal, metrics?.controller(controller.name))));
        },
        stop: async () => {
          await Promise.all(controllers.map((controller) => controller.stop(graceMs)));
        },
      },
    ];
  }

  async #serve(): Promise<void> {
    const { healthAddress = ':8081', metricsAddress = ':8080', registry } = this.#options;
    const text = 'text/plain; charset=utf-8';
    const health = await servePaths(
      'health',
      healthAddress,
      {
        '/healthz': () => Promise.resolve({ status: 200, contentType: text, body: 'ok\n' }),
        '/readyz': async () => {
          const results = await runChecks(this.#checks);
          return {
            status: results.every(({ error }) => error === undefined) ? 200 : 503,
            contentType: text,
            body: describeChecks(results),
          };
        },
      },
      this.#logger,
    );
    try {
      const metrics = await servePaths(
        'metrics',
        metricsAddress,
        { '/metrics': async () => ({ status: 200, contentType: registry.contentType, body: await registry.metrics() }) },
        this.#logger,
      );
      this.#servers = { health, metrics };
    } catch (error) {
      await health.close();
      throw error;
    }
    this.#logger.info({ health: this.#servers.health.address, metrics: this.#servers.metrics.address }, 'serving');
  }

  async #closeServers(): Promise<void> {
    await this.#servers?.health.close();
    await this.#servers?.metrics.close();
  }

  async #stop(stack: RunnableStack): Promise<void> {
    this.#logger.info({ graceMs: this.#options.graceMs ?? DEFAULT_GRACE_MS }, 'stopping');
    this.addReadyCheck('running', () => {
      throw new Error('the manager is stopping');
    });
    const started = this.#clock.now();
    await stack.stop(({ name }, error) => this.#logger.warn({ err: error, part: name }, 'a part did not end in order'));
    this.#logger.info({ tookMs: this.#clock.now() - started }, 'stopped');
  }
}

/** Informers outlive the signal: reconciles that finish within the grace still read from them. */
function informersRunnable(informers: readonly RunnableInformer[]): Runnable {
  const watching = new AbortController();
  let running: Promise<unknown> = Promise.resolve();
  return {
    name: 'informers',
    start: () => {
      running = Promise.all(informers.map((informer) => informer.run(watching.signal)));
    },
    stop: async () => {
      watching.abort(new Error('the manager is stopping'));
      await running;
    },
  };
}

/** Released when all work has ended: another process must not begin while this one may still write. */
function leadershipRunnable(leadership: Leadership, onLost: (reason: unknown) => void): Runnable {
  return {
    name: 'leadership',
    start: async (signal) => {
      const leading = await leadership.acquire(signal);
      leading.addEventListener('abort', () => onLost(leading.reason));
    },
    stop: () => leadership.release(),
  };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
