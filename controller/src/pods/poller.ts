import { backoffMs, formatKey, parseKey, Sharing, type Logger, type ObjectKey } from '@toolhive-registry/reconciler';
import type { PodFacts } from './facts.ts';
import { factsOf, type RegistryStatusDocument } from '@toolhive-registry/api';
import type { AskStatus, StatusTarget } from './status-client.ts';

/** A pod of a registry that runs. */
export interface PolledPod extends StatusTarget {
  readonly uid: string;
  readonly ready: boolean;
}

/** Keeps asking the running pods of all registries, one open question each. */
export interface FactsPoller {
  /** The registry's running pods, as they are now: new ones are asked, others no longer, and one that became ready at once. */
  follow(registry: ObjectKey, pods: readonly PolledPod[]): void;
  /** What the pods that are followed last reported. */
  facts(registry: ObjectKey): readonly (PodFacts & { readonly uid: string })[];
  /** Whether a pod that is followed has yet to answer for the first time, or to fail to. */
  isUndecided(registry: ObjectKey): boolean;
  /** The registries whose pods are followed. */
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
  /** A registry's facts changed. */
  readonly onChange: (registry: ObjectKey) => void;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly random: () => number;
  /** Milliseconds since any time. */
  readonly now: () => number;
  readonly logger: Logger;
}

/** A pod that fails this often in a row at first is not waited for. */
const FAILURES_UNTIL_DECIDED = 2;
/** A pod that fails this often in a row counts as unheard: what it said is no longer known to be so. */
const FAILURES_UNTIL_UNKNOWN = 3;
const RETRY = { initialMs: 500, maxMs: 30_000, jitter: 0.2 };
/**
 * After so long a pod is asked for its whole status even if nothing has happened: from one of an earlier version a question that waits for news hears
 * nothing of counters, which grow all the while.
 */
const COUNTERS_MS = 60_000;
/** Between an answer and the next question. */
const PAUSE_MS = 100;
/** An answer that comes sooner than this has not waited for news; the next question comes no sooner either. */
const HASTY_MS = 1_000;
/** News may come in short succession, as when a file is seen and then read. More in a row is a server that does not wait. */
const HASTY_NEWS = 3;

/** The address of a pod that is gone may be another's by now. */
function refuseStranger({ namespace, name }: ObjectKey, { registry }: RegistryStatusDocument): void {
  if (registry.namespace === namespace && registry.name === name) return;
  throw new Error(`it says that it serves registry ${registry.namespace}/${registry.name}`);
}

/** Whether the counters are to be asked for: who names no tag is told them anyway. */
function hasOldCounters(etag: string | undefined, ageMs: number): boolean {
  return etag !== undefined && ageMs >= COUNTERS_MS;
}

/** Creates a poller that reports to whom it is given. */
export type PollerFactory = (onChange: (registry: ObjectKey) => void) => FactsPoller;

/** Creates a poller. */
export function createFactsPoller(options: PollerOptions): FactsPoller {
  const registries = new Map<string, Map<string, Follower>>();
  /** What most pods say is the same. */
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
        const news = tag !== known;
        known = tag;
        if (answer.changed) ({ etag } = answer);
        if (document !== undefined) follower.latest = factsFrom(follower, document);
        if (news) options.onChange(registry);
        await options.sleep(hasty === 0 || (news && hasty <= HASTY_NEWS) ? PAUSE_MS : HASTY_MS, signal);
      } catch (error) {
        if (signal.aborted) return;
        failures += 1;
        if (failures === FAILURES_UNTIL_DECIDED && !follower.isDecided) {
          follower.isDecided = true;
          options.onChange(registry);
        }
        options.logger.debug(
          { registry: formatKey(registry), pod: follower.pod.name, err: String(error), failures },
          'a registry did not tell its status',
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
        // One that did not answer while it started is not left to the pauses after failures now that it does.
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
