import { untrueClaims } from './claims.ts';
import { statusOf, type Facts, type History } from './facts.ts';

/** A claim that a status made for too long, or never should have made. */
export interface UntrueMoment {
  readonly registry: string;
  readonly claim: string;
  readonly said: string;
  /** The facts when it was noticed. */
  readonly truth: string;
  /** Milliseconds of `performance.now()`. */
  readonly at: number;
}

/** A claim must have been true within this time, in milliseconds. */
export const WINDOW_MS = 5_000;
/** For this long after a controller is back and reaches the API server, claims may still be outdated. */
export const GRACE_MS = 10_000;

/** Continuously compares statuses with facts. */
export class StatusChecker {
  readonly #histories: ReadonlyMap<string, History>;
  readonly #isAbleSince: () => number | undefined;
  readonly #excused = new Map<string, number>();
  readonly #untrue = new Map<string, UntrueMoment>();
  readonly #timer: NodeJS.Timeout;
  #looks = 0;

  /** `isAbleSince`: since when a leading controller reaches the API server; undefined: it does not. */
  constructor(histories: ReadonlyMap<string, History>, isAbleSince: () => number | undefined) {
    this.#histories = histories;
    this.#isAbleSince = isAbleSince;
    this.#timer = setInterval(() => this.#look(), 200);
  }

  /** How many comparisons were made. */
  get looks(): number {
    return this.#looks;
  }

  get untrue(): readonly UntrueMoment[] {
    return [...this.#untrue.values()];
  }

  /** A call for this registry is unanswered: its status and everything else about it has to wait. */
  excuse(namespace: string, registry: string, forMs: number): void {
    this.#excused.set(`${namespace}/${registry}`, performance.now() + forMs + GRACE_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #look(): void {
    const ableSince = this.#isAbleSince();
    const now = performance.now();
    if (ableSince === undefined || now - ableSince < GRACE_MS) return;
    for (const [registry, history] of this.#histories) {
      const { latest } = history;
      if (latest?.registry === undefined || now < (this.#excused.get(registry) ?? 0)) continue;
      this.#looks += 1;
      for (const { claim, said } of untrueClaims(latest, history.from(now - WINDOW_MS))) {
        const key = JSON.stringify([registry, claim, said]);
        // A claim that persists counts once.
        if (!this.#untrue.has(key)) this.#untrue.set(key, { registry, claim, said, truth: describe(latest), at: now });
      }
    }
  }
}

/** The facts, on one line. */
export function describe(facts: Facts): string {
  const { registry, deployment, pods, hasService, missing } = facts;
  const { replicas, readyReplicas, availableReplicas, updatedReplicas, observedGeneration } = deployment?.['status'] ?? {};
  const { phase, message, conditions, ...status } = statusOf(registry) ?? {};
  return JSON.stringify({
    generation: registry?.metadata.generation,
    status: { phase, message, ...status, conditions: conditions?.map(({ type, status: is, reason }) => `${type}=${is} ${reason}`) },
    deployment: {
      generation: deployment?.metadata.generation,
      observedGeneration,
      replicas,
      readyReplicas,
      availableReplicas,
      updatedReplicas,
    },
    pods: pods.map(({ name, isReady, document }) => [name, isReady, document.serverCount, document.snapshotHash?.slice(0, 8)]),
    hasService,
    missing,
  });
}
