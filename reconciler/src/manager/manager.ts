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

/** An informer, as far as the manager runs it. */
export interface RunnableInformer extends EventSource {
  readonly lastError: unknown;
  run(signal: AbortSignal): Promise<void>;
}

/** What a manager runs. It closes no client: whoever made it closes it when `run` has ended. */
export interface ManagerOptions {
  /** For the controllers that `controller` builds. */
  readonly client?: ApiClient;
  /**
   * Whose fields those are that such a controller applies, such as `shop-controller`. It must not change later: the fields of the former name would
   * stay when they are not wanted any more.
   */
  readonly fieldManager?: string;
  /** Only these namespaces, for those controllers; without it, or empty: all. */
  readonly namespaces?: readonly string[];
  readonly informers?: readonly RunnableInformer[];
  readonly controllers?: readonly Controller[];
  /**
   * What controllers work with, such as a poller or an `EventRecorder`. Started in this order once the process leads and before controllers are;
   * stopped in the opposite order once those have ended. Those that need no leadership are started before it is asked for. A lost leadership stops none:
   * what they write, Events aside, has to go through `guardWrites`.
   */
  readonly runnables?: readonly Runnable[];
  /** Served on `/metrics`; default: one of its own. */
  readonly registry?: Registry;
  /** Of `createFrameworkMetrics`; default: registered in a registry of the manager's own, and left out of one that is given. */
  readonly metrics?: FrameworkMetrics;
  /** Default `:8081`. */
  readonly healthAddress?: string;
  /** Default `:8080`. */
  readonly metricsAddress?: string;
  /** Serves `/metrics` over TLS, with what these files hold at the time; default: without TLS. */
  readonly metricsTls?: TlsFiles | undefined;
  /** Such as a `LeaseLeadership`; default: this process always leads. */
  readonly leadership?: Leadership;
  /** Reconciles of the controllers that `controller` builds, and their calls to the API server, are spans of it. One of OpenTelemetry fits. */
  readonly tracer?: Tracer;
  /** How long running reconciles may go on after the stop, in milliseconds; default 30,000. */
  readonly graceMs?: number;
  readonly logger?: Logger;
  /** Also of the controllers that `controller` builds and of their informers; the client has its own. */
  readonly clock?: Clock;
}

const DEFAULT_GRACE_MS = 30_000;

/**
 * Starts everything in order, and ends it in the opposite order: servers, informers, what works without leadership, leadership, runnables,
 * controllers. So a process that stands by has warm stores, and goes on at once when the leader is gone.
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

  /** Begins a controller for a kind, run by this manager; `reconcile` of the builder completes it. Before `run`; needs `client` and `fieldManager`. */
  controller<T extends KubeObject>(kind: ResourceKind, options: BuilderOptions = {}): ControllerBuilder<T> {
    return new ControllerBuilder<T>((this.#host ??= this.#createHost()), kind, options);
  }

  /** Adds a condition for `/readyz`: ready while it does not throw. */
  addReadyCheck(name: string, check: Check): void {
    this.#checks.set(name, check);
  }

  /**
   * Runs until the signal is aborted, then ends everything. Rejects if something cannot start. While leadership is lost nothing is reconciled that needs
   * it, and when it is back everything is looked at again.
   */
  async run(signal: AbortSignal): Promise<void> {
    if (this.#ran) throw new Error('a manager runs once');
    this.#ran = true;
    const stack = new RunnableStack();
    try {
      for (const part of this.#parts()) await stack.start(part, signal);
      await aborted(signal);
    } catch (error) {
      // The stop may come while things still start; that is no failure.
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
    if (this.#ran) throw new Error(`controller ${controller.name} comes too late: the manager runs already`);
    const stray = controller.sources.find((source) => !this.#informers.some((informer) => informer === source));
    // It would wait for ever for an informer that nobody runs.
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
    await stack.stop(({ name }, error) => this.#logger.warn({ err: error, part: name }, 'a part did not end in order'));
    this.#logger.info({ tookMs: this.#clock.now() - started }, 'stopped');
  }
}

/** A kind that is not listed yet, and why, where that is known. */
function waitingFor({ kind, lastError }: RunnableInformer): string {
  return lastError instanceof Error ? `${kind.plural} (${lastError.message})` : kind.plural;
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
function leadershipRunnable(leadership: Leadership): Runnable {
  return { name: 'leadership', start: (signal) => leadership.acquire(signal), stop: () => leadership.release() };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
