import type { Registry } from 'prom-client';
import { Counter, Gauge, Histogram } from 'prom-client';
import type { RequestObserver } from '../client/transport.ts';
import type { ControllerObserver, ReconcileOutcome } from '../controller/types.ts';

/** The framework's metrics, named and labeled as in controller-runtime and client-go, so that their dashboards and alerts fit. */
export interface FrameworkMetrics {
  /** Give it to the `KubeClient`. */
  readonly observeRequest: RequestObserver;
  /** Give it to the `LeaseLeadership`. */
  readonly observeLeadership: (lease: string, isLeading: boolean) => void;
  /** One per controller. */
  controller(name: string): ControllerObserver;
}

const OUTCOMES: readonly ReconcileOutcome[] = ['success', 'requeue', 'requeue_after', 'error', 'terminal_error'];
/** 1 ms to about 17 minutes. */
const SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1000];

/** Registers the metrics. Once per registry, since names must be unique. */
export function createFrameworkMetrics(registry: Registry): FrameworkMetrics {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: L[]): Counter<L> =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: L[]): Gauge<L> =>
    new Gauge({ name, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[]): Histogram<L> =>
    new Histogram({ name, help, labelNames, registers, buckets: SECONDS });

  const requests = counter('rest_client_requests_total', 'Requests to the API server by status code and method', [
    'code',
    'method',
    'host',
  ]);
  const requestSeconds = histogram('rest_client_request_duration_seconds', 'Time from sending a request to its headers', ['method']);
  const reconciles = counter('controller_runtime_reconcile_total', 'Reconciles by result', ['controller', 'result']);
  const errors = counter('controller_runtime_reconcile_errors_total', 'Reconciles that failed', ['controller']);
  const terminal = counter('controller_runtime_terminal_reconcile_errors_total', 'Reconciles that failed permanently', ['controller']);
  const seconds = histogram('controller_runtime_reconcile_time_seconds', 'Time per reconcile', ['controller']);
  const active = gauge('controller_runtime_active_workers', 'Reconciles that run now', ['controller']);
  const workers = gauge('controller_runtime_max_concurrent_reconciles', 'Reconciles that may run at once', ['controller']);
  const running = new Map<string, () => { readonly seconds: number; readonly longestSeconds: number }>();
  // Read on scrape: slow work shows while it is running.
  const scraped = (name: string, help: string, value: (unfinished: { seconds: number; longestSeconds: number }) => number): void => {
    void new Gauge({
      name,
      help,
      labelNames: ['name'],
      registers,
      collect(): void {
        for (const [queue, unfinished] of running) this.set({ name: queue }, value(unfinished()));
      },
    });
  };
  scraped('workqueue_unfinished_work_seconds', 'Time that the work under way has taken, in all', ({ seconds: all }) => all);
  scraped('workqueue_longest_running_processor_seconds', 'Time that the longest work under way has taken', (now) => now.longestSeconds);
  const depth = gauge('workqueue_depth', 'Keys that wait', ['name']);
  const adds = counter('workqueue_adds_total', 'Keys added', ['name']);
  const retries = counter('workqueue_retries_total', 'Keys added again after a failure', ['name']);
  const queued = histogram('workqueue_queue_duration_seconds', 'Time that a key waits', ['name']);
  const worked = histogram('workqueue_work_duration_seconds', 'Time that the work on a key takes', ['name']);

  const leader = gauge('leader_election_master_status', 'Whether this process holds the lease', ['name']);

  return {
    observeLeadership: (name, isLeading) => leader.set({ name }, isLeading ? 1 : 0),
    observeRequest: ({ method, code, host, durationSeconds }) => {
      requests.inc({ code, method, host });
      requestSeconds.observe({ method }, durationSeconds);
    },
    controller: (name) => {
      // Series that exist from the start let `rate()` see the first failure.
      for (const result of OUTCOMES) reconciles.inc({ controller: name, result: resultLabel(result) }, 0);
      errors.inc({ controller: name }, 0);
      active.set({ controller: name }, 0);
      depth.set({ name }, 0);
      retries.inc({ name }, 0);
      return {
        started: (count, unfinished) => {
          workers.set({ controller: name }, count);
          running.set(name, unfinished);
        },
        active: (workers) => active.set({ controller: name }, workers),
        reconciled: (outcome, took) => {
          reconciles.inc({ controller: name, result: resultLabel(outcome) });
          seconds.observe({ controller: name }, took);
          if (outcome === 'error' || outcome === 'terminal_error') errors.inc({ controller: name });
          if (outcome === 'terminal_error') terminal.inc({ controller: name });
        },
        queue: {
          added: () => adds.inc({ name }),
          retried: () => retries.inc({ name }),
          depth: (keys) => depth.set({ name }, keys),
          queued: (took) => queued.observe({ name }, took),
          worked: (took) => worked.observe({ name }, took),
        },
      };
    },
  };
}

/** controller-runtime counts a terminal error under `error`, too. */
function resultLabel(outcome: ReconcileOutcome): string {
  return outcome === 'terminal_error' ? 'error' : outcome;
}
