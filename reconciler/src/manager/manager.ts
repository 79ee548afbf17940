import type { Registry } from 'prom-client';
import type { KubeClient } from '../client/client.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Controller } from '../controller/controller.ts';
import type { EventSource } from '../controller/types.ts';
import type { EventRecorder } from '../events/recorder.ts';
import type { Logger } from '../logger.ts';
import { silentLogger } from '../logger.ts';
import type { PlainServer } from './http.ts';
import { servePaths } from './http.ts';
import type { FrameworkMetrics } from './metrics.ts';
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

export interface ManagerOptions {
  readonly client: KubeClient;
  readonly informers: readonly RunnableInformer[];
  readonly controllers: readonly Controller[];
  readonly recorder?: EventRecorder;
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
/** For the last events, out of the grace that the kubelet gives. */
const RECORDER_GRACE_MS = 2_000;

/** Starts everything in order, and ends it in order. */
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
    // Informers outlive the signal: reconciles that finish within the grace still read from them.
    const watching = new AbortController();
    // Work ends when it is asked to, or when leadership is lost.
    const working = new AbortController();
    const stopWorking = (): void => working.abort(signal.reason);
    signal.addEventListener('abort', stopWorking, { once: true });
    if (signal.aborted) stopWorking();
    let running: Promise<unknown> = Promise.resolve();
    let lost: Error | undefined;
    try {
      await this.#serve();
      running = Promise.all(this.#options.informers.map((informer) => informer.run(watching.signal)));
      await whenLeading(this.#options.leadership, working.signal, async (leading) => {
        leading.addEventListener('abort', () => {
          if (signal.aborted) return;
          lost = new Error('leadership was lost', { cause: leading.reason });
          working.abort(lost);
        });
        await this.#startControllers(working.signal);
      });
      await aborted(working.signal);
    } catch (error) {
      // The stop may come while things still start; that is no failure.
      if (!working.signal.aborted) throw error;
    } finally {
      signal.removeEventListener('abort', stopWorking);
      await this.#stop(watching, running);
    }
    if (lost !== undefined) throw lost;
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

  async #startControllers(signal: AbortSignal): Promise<void> {
    const { controllers, metrics } = this.#options;
    await Promise.all(controllers.map((controller) => controller.start(signal, metrics?.controller(controller.name))));
  }

  async #stop(watching: AbortController, running: Promise<unknown>): Promise<void> {
    const { controllers, recorder, leadership, client, graceMs = DEFAULT_GRACE_MS } = this.#options;
    this.#logger.info({ graceMs }, 'stopping');
    this.addReadyCheck('running', () => {
      throw new Error('the manager is stopping');
    });
    const started = this.#clock.now();
    await Promise.all(controllers.map((controller) => controller.stop(graceMs)));
    await recorder?.close(RECORDER_GRACE_MS);
    watching.abort(new Error('the manager is stopping'));
    await running;
    // Only now: another process must not begin while this one may still write.
    await leadership?.release().catch((error: unknown) => this.#logger.warn({ err: error }, 'leadership could not be released'));
    await this.#servers?.health.close();
    await this.#servers?.metrics.close();
    await client.close();
    this.#logger.info({ tookMs: this.#clock.now() - started }, 'stopped');
  }
}

/** Runs `work` once this process leads. Without leadership it always does. */
async function whenLeading(
  leadership: Leadership | undefined,
  signal: AbortSignal,
  work: (leading: AbortSignal) => Promise<void>,
): Promise<void> {
  await work(leadership === undefined ? signal : await leadership.acquire(signal));
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
