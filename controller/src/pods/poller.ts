import { backoffMs, formatKey, parseKey, Sharing, type Logger, type ObjectKey } from '@toolhive-registry/reconciler';
import type { PodFacts } from './facts.ts';
import { factsOf, type RegistryStatusDocument } from '@toolhive-registry/api';
import type { AskStatus, StatusTarget } from './status-client.ts';

/** A running pod of a registry. */
export interface PolledPod extends StatusTarget {
  readonly uid: string;
  readonly ready: boolean;
}

/** Polls the running pods of all registries, with one open request each. */
export interface FactsPoller {
  /** Sets the registry's running pods: new ones are polled, missing ones no longer, and one that just became ready at once. */
  follow(registry: ObjectKey, pods: readonly PolledPod[]): void;
  /** The last reports of the polled pods. */
  facts(registry: ObjectKey): readonly (PodFacts & { readonly uid: string })[];
  /** Whether a polled pod has neither answered nor failed often enough yet. */
  isUndecided(registry: ObjectKey): boolean;
  /** The registries whose pods are polled. */
  registries(): ObjectKey[];
  close(): void;
}

interface Follower {
  pod: PolledPod;
  readonly abort: AbortController;
  latest?: PodFacts & { readonly uid: string };
  /** It has answered, or failed so often in a row that nobody waits for it any more. */
  isDecided: boolean;
}

/** What the poller needs. */
export interface PollerOptions {
  readonly ask: AskStatus;
  /** Called when a registry's facts changed. */
  readonly onChange: (registry: ObjectKey) => void;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly random: () => number;
  /** Milliseconds from an arbitrary origin. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** After so many initial failures in a row a pod is not waited for. */
const FAILURES_UNTIL_DECIDED = 2;
/** After so many failures in a row a pod's last report is discarded. */
const FAILURES_UNTIL_UNKNOWN = 3;
const RETRY = { initialMs: 500, maxMs: 30_000, jitter: 0.2 };
/**
 * A pod's whole status is requested at least this often. A pod of an earlier version does not answer a waiting request when only counters change, and they grow
 * all the while.
 */
const COUNTERS_MS = 60_000;
/** Pause between an answer and the next request. */
const PAUSE_MS = 100;
/** An answer that comes sooner than this did not wait for a change; the next request waits at least this long. */
const HASTY_MS = 1_000;
/** Changes may follow each other quickly, as when a file is seen and then read. More in a row mean a server that does not wait. */
const HASTY_CHANGES = 3;

/** The address of a deleted pod may belong to another pod by now. */
function refuseStranger({ namespace, name }: ObjectKey, { registry }: RegistryStatusDocument): void {
  if (registry.namespace === namespace && registry.name === name) return;
  throw new Error(`it reports that it serves registry ${registry.namespace}/${registry.name}`);
}

/** Whether to fetch the counters explicitly: a request without a tag returns them anyway. */
function hasOldCounters(etag: string | undefined, ageMs: number): boolean {
  return etag !== undefined && ageMs >= COUNTERS_MS;
}

/** Creates a poller with the given callbacks. */
export type PollerFactory = (onChange: (registry: ObjectKey) => void) => FactsPoller;

/** Creates a poller. */
export function createFactsPoller(options: PollerOptions): FactsPoller {
  const registries = new Map<string, Map<string, Follower>>();
  /** Most pods report the same. */
  const sharing = new Sharing<RegistryStatusDocument>();

  function factsFrom({ pod, latest }: Follower, document: RegistryStatusDocument): Follower['latest'] & object {
    return { pod: pod.name, uid: pod.uid, document: sharing.object(document, latest?.document) };
  }

  async function ask(registry: ObjectKey, follower: Follower): Promise<void> {
    const { signal } = follower.abort;
    let etag: string | undefined;
    let known: string | undefined;
    let failures = 0;
    let hasty = 0;
    let countedAt = 0;
    while (!signal.aborted) {
      try {
        const asked = options.now();
        const forCounters = hasOldCounters(etag, asked - countedAt);
        const answer = await options.ask(follower.pod, forCounters ? undefined : etag, signal);
        const { document } = answer;
        if (document !== undefined) refuseStranger(registry, document);
        failures = 0;
        const answered = options.now();
        hasty = !forCounters && answered - asked < HASTY_MS ? hasty + 1 : 0;
        if (document !== undefined) countedAt = answered;
        follower.isDecided = true;
        const tag = document === undefined ? known : factsOf(document);
        const isNew = tag !== known;
        known = tag;
        if (answer.changed) ({ etag } = answer);
        if (document !== undefined) follower.latest = factsFrom(follower, document);
        if (isNew) options.onChange(registry);
        await options.sleep(hasty === 0 || (isNew && hasty <= HASTY_CHANGES) ? PAUSE_MS : HASTY_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        if (failures === FAILURES_UNTIL_DECIDED && !follower.isDecided) {
          follower.isDecided = true;
          options.onChange(registry);
        }
        options.logger.debug(
          { registry: formatKey(registry), pod: follower.pod.name, err: String(error), failures },
          'a registry pod did not report its status',
        );
        if (failures === FAILURES_UNTIL_UNKNOWN && follower.latest !== undefined) {
          delete follower.latest;
          etag = known = undefined;
          options.onChange(registry);
        }
        await options.sleep(backoffMs(RETRY, failures, options.random), signal).catch(() => undefined);
      }
    }
  }

  return {
    follow: (registry, pods) => {
      const key = formatKey(registry);
      const followers = registries.get(key) ?? new Map<string, Follower>();
      for (const [uid, follower] of followers) {
        const now = pods.find((pod) => pod.uid === uid && pod.ip === follower.pod.ip);
        // A pod that did not answer while it started is asked at once when it becomes ready, without waiting for the backoff.
        const answersNow = now?.ready === true && !follower.pod.ready && follower.latest === undefined;
        if (now !== undefined && !answersNow) {
          follower.pod = now;
          continue;
        }
        follower.abort.abort();
        followers.delete(uid);
      }
      for (const pod of pods) {
        if (followers.has(pod.uid)) continue;
        const follower: Follower = { pod, abort: new AbortController(), isDecided: false };
        followers.set(pod.uid, follower);
        void ask(registry, follower);
      }
      if (followers.size === 0) registries.delete(key);
      else registries.set(key, followers);
    },
    isUndecided: (registry) => [...(registries.get(formatKey(registry))?.values() ?? [])].some(({ isDecided }) => !isDecided),
    registries: () => [...registries.keys()].map(parseKey),
    facts: (registry) => [...(registries.get(formatKey(registry))?.values() ?? [])].flatMap(({ latest }) => latest ?? []),
    close: () => {
      for (const followers of registries.values()) for (const { abort } of followers.values()) abort.abort();
      registries.clear();
    },
  };
}
