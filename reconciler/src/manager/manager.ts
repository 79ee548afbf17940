import { Registry } from 'prom-client';
import { Applier } from '../apply/applier.ts';
import type { BuilderHost, BuilderOptions, InformerSelection } from '../builder/controller-builder.ts';
import { ControllerBuilder } from '../builder/controller-builder.ts';
import type { ApiClient } from '../client/api-client.ts';
import type { ResourceKind } from '../client/kinds.ts';
import { systemClock } from '../clock.ts';
import type { Clock } from '../clock.ts';
import type { Controller } from '../controller/controller.ts';
import type { EventSource } from '../controller/types.ts';
import { Informer } from '../informer/informer.ts';
import { guardWrites } from '../leadership/guard.ts';
import type { Leadership } from '../leadership/types.ts';
import type { Logger } from '../logger.ts';
import { stderrLogger } from '../logger.ts';
import type { KubeObject } from '../objects.ts';
import type { Runnable } from '../runnable.ts';
import type { Tracer } from '../trace.ts';
import { traceCalls } from '../trace.ts';
import type { TlsFiles } from './certificate.ts';
import type { Check } from './checks.ts';
import type { FrameworkMetrics } from './metrics.ts';
import { createFrameworkMetrics } from './metrics.ts';
import { RunnableStack } from './runnable-stack.ts';
import { Servers } from './servers.ts';

/** An informer that the manager can run. */
export interface RunnableInformer extends EventSource {
  readonly lastError: unknown;
  run(signal: AbortSignal): Promise<void>;
}

/** What a manager runs. It does not close clients: whoever created one closes it when `run` has ended. */
export interface ManagerOptions {
  /** For the controllers that `controller` builds. */
  readonly client?: ApiClient;
  /**
   * The field manager of such controllers, such as `shop-controller`. It must never change: fields under the former name would stay when they are no longer
   * wanted.
   */
  readonly fieldManager?: string;
  /** Only these namespaces, for those controllers; without it, or empty: all. */
  readonly namespaces?: readonly string[];
  readonly informers?: readonly RunnableInformer[];
  readonly controllers?: readonly Controller[];
  /**
   * What controllers work with, such as a poller or an `EventRecorder`. Started in this order once the process leads and before controllers are; stopped in the
   * opposite order once those have ended. Those that need no leadership are started before it is acquired. Losing leadership stops none of them: what they
   * write, except Events, has to go through `guardWrites`.
   */
  readonly runnables?: readonly Runnable[];
  /** Served on `/metrics`; default: a new registry. */
  readonly registry?: Registry;
  /** From `createFrameworkMetrics`; default: registered in the manager's own registry, and omitted if a registry is given. */
  readonly metrics?: FrameworkMetrics;
  /** Default `:8081`. */
  readonly healthAddress?: string;
  /** Default `:8080`. */
  readonly metricsAddress?: string;
  /** Serves `/metrics` over TLS, with the current contents of these files; default: no TLS. */
  readonly metricsTls?: TlsFiles | undefined;
  /** Such as a `LeaseLeadership`; default: this process always leads. */
  readonly leadership?: Leadership;
  /** Reconciles of the controllers that `controller` builds, and their calls to the API server, become spans of it. An OpenTelemetry tracer fits. */
  readonly tracer?: Tracer;
  /** How long running reconciles may continue after a stop, in milliseconds; default 30,000. */
  readonly graceMs?: number;
  readonly logger?: Logger;
  /** Also for the controllers that `controller` builds and their informers; the client has its own. */
  readonly clock?: Clock;
}

const DEFAULT_GRACE_MS = 30_000;

/**
 * Starts everything in order, and stops it in the opposite order: servers, informers, what works without leadership, leadership, runnables, controllers. So a
 * standby has warm stores, and takes over at once when the leader is gone.
 */
export class Manager {
  readonly #options: ManagerOptions;
  readonly #logger: Logger;
  readonly #clock: Clock;
  readonly #metrics: FrameworkMetrics | undefined;
  readonly #checks = new Map<string, Check>();
  readonly #servers: Servers;
  readonly #informers: RunnableInformer[];
  readonly #controllers: Controller[] = [];
  #host: BuilderHost | undefined;
  #ran = false;

  constructor(options: ManagerOptions) {
    const { healthAddress = ':8081', metricsAddress = ':8080', registry = new Registry() } = options;
    this.#options = options;
    this.#logger = options.logger ?? stderrLogger();
    this.#clock = options.clock ?? systemClock();
    this.#metrics = options.metrics ?? (options.registry === undefined ? createFrameworkMetrics(registry) : undefined);
    this.#servers = new Servers({
      healthAddress,
      metricsAddress,
      metricsTls: options.metricsTls,
      registry,
      checks: this.#checks,
      clock: this.#clock,
      logger: this.#logger,
    });
    this.#informers = [...(options.informers ?? [])];
    for (const controller of options.controllers ?? []) this.#add(controller);
    this.addReadyCheck('informers-synced', () => {
      const waiting = this.#informers.filter((informer) => !informer.hasSynced);
      if (waiting.length > 0) throw new Error(`not listed yet: ${waiting.map(waitingFor).join(', ')}`);
    });
    const { leadership } = options;
    if (leadership?.check !== undefined) this.addReadyCheck('leader-election', () => leadership.check?.());
  }

  /** Where the servers listen, once `run` has started them. */
  get addresses(): { health: string; metrics: string } | undefined {
    return this.#servers.addresses;
  }

  /**
   * Starts building a controller for a kind, run by this manager; the builder's `reconcile` completes it. Call it before `run`; needs `client` and
   * `fieldManager`.
   */
  controller<T extends KubeObject>(kind: ResourceKind, options: BuilderOptions = {}): ControllerBuilder<T> {
    return new ControllerBuilder<T>((this.#host ??= this.#createHost()), kind, options);
  }

  /** Adds a check for `/readyz`: ready while it does not throw. */
  addReadyCheck(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /**
   * Runs until the signal is aborted, then shuts everything down. Rejects if something cannot start. While leadership is lost nothing is reconciled that needs
   * it, and when it is back everything is reconciled again.
   */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#ran) throw new Error('a manager can run only once');
    this.#ran = true;
    const stack = new RunnableStack();
    try {
      for (const part of this.#parts()) await stack.start(part, signal);
      await aborted(signal);
    } catch (error) {
      // The stop may come while things are starting; that is no failure.
      if (!signal.aborted) throw error;
    } finally {
      await this.#stop(stack);
    }
  }

  #parts(): Runnable[] {
    const { leadership, runnables = [] } = this.#options;
    const leading = this.#controllers.filter(({ needsLeadership }) => needsLeadership);
    const leaderless = this.#controllers.filter(({ needsLeadership }) => !needsLeadership);
    return [
      this.#servers,
      informersRunnable(this.#informers),
      ...runnables.filter(({ needsLeadership }) => needsLeadership === false),
      ...(leaderless.length === 0 ? [] : [this.#controllersRunnable('controllers without leadership', leaderless)]),
      ...(leadership === undefined ? [] : [leadershipRunnable(leadership)]),
      ...runnables.filter(({ needsLeadership }) => needsLeadership !== false),
      this.#controllersRunnable('controllers', leading, leadership),
    ];
  }

  #controllersRunnable(name: string, controllers: readonly Controller[], leadership?: Leadership): Runnable {
    const { graceMs = DEFAULT_GRACE_MS } = this.#options;
    const leads = leadership && ((namespace: string) => leadership.leads(namespace));
    let off: (() => void) | undefined;
    return {
      name,
      start: async (signal) => {
        off = leadership?.onChange((change) => controllers.forEach((controller) => controller.leadershipChanged(change)));
        await Promise.all(controllers.map((controller) => controller.start(signal, this.#metrics?.controller(controller.name), leads)));
      },
      stop: async () => {
        off?.();
        await Promise.all(controllers.map((controller) => controller.stop(graceMs)));
      },
    };
  }

  #add(controller: Controller): void {
    if (this.#ran) throw new Error(`controller ${controller.name} cannot be added: the manager is already running`);
    const stray = controller.sources.find((source) => !this.#informers.some((informer) => informer === source));
    // It would wait forever for an informer that nobody runs.
    if (stray !== undefined)
      throw new Error(`controller ${controller.name} listens to ${stray.kind.plural}, which the manager does not run`);
    this.#controllers.push(controller);
  }

  #createHost(): BuilderHost {
    const { client, fieldManager, namespaces } = this.#options;
    if (client === undefined || fieldManager === undefined)
      throw new TypeError('a manager that builds controllers needs a client and a fieldManager');
    const informers = new Map<string, Informer>();
    const logger = this.#logger;
    const clock = this.#clock;
    const { leadership, tracer } = this.#options;
    const guarded = leadership === undefined ? client : guardWrites(client, leadership);
    const writer = tracer === undefined ? guarded : traceCalls(guarded, tracer);
    return {
      client: writer,
      tracer,
      clock,
      applier: new Applier(writer, fieldManager, { now: () => clock.now() }),
      logger,
      informer: <T extends KubeObject>(kind: ResourceKind, { labelSelector, optional = false }: InformerSelection): Informer<T> => {
        const key = `${kind.plural}.${kind.version}.${kind.group}?${labelSelector ?? ''}${optional ? '?' : ''}`;
        const informer = informers.get(key) ?? new Informer({ client, kind, labelSelector, optional, namespaces, logger, clock });
        if (!informers.has(key)) this.#informers.push(informer);
        informers.set(key, informer);
        return informer as unknown as Informer<T>;
      },
      add: (controller) => this.#add(controller),
    };
  }

  async #stop(stack: RunnableStack): Promise<void> {
    this.#logger.info({ graceMs: this.#options.graceMs ?? DEFAULT_GRACE_MS }, 'stopping');
    this.addReadyCheck('running', () => {
      throw new Error('the manager is stopping');
    });
    const started = this.#clock.now();
    await stack.stop(({ name }, error) => this.#logger.warn({ err: error, part: name }, 'a part did not stop cleanly'));
    this.#logger.info({ tookMs: this.#clock.now() - started }, 'stopped');
  }
}

/** A kind that is not listed yet, with the reason if known. */
function waitingFor({ kind, lastError }: RunnableInformer): string {
  return lastError instanceof Error ? `${kind.plural} (${lastError.message})` : kind.plural;
}

/** Informers outlive the signal: reconciles that finish within the grace period still read from them. */
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

/** Released when all work has ended: another process must not start while this one may still write. */
function leadershipRunnable(leadership: Leadership): Runnable {
  return { name: 'leadership', start: (signal) => leadership.acquire(signal), stop: () => leadership.release() };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
