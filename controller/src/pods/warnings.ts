import { isLeaving, isReady } from '@toolhive-registry/api/pods';
import { formatKey, isRecord, type ApiClient, type Logger, type ObjectKey } from '@toolhive-registry/reconciler';
import type { PodObject } from './pod.ts';

/** The last Event about a pod, where it is a warning. */
export interface PodWarning {
  readonly reason: string;
  readonly message: string;
}

/** Fetches the last Events about pods that are not ready for no visible reason. */
export interface PodWarnings {
  /** The known warnings about these pods, after fetching those that are due. Also returns the milliseconds until the next fetch; undefined: none needed. */
  look(
    registry: ObjectKey,
    pods: readonly PodObject[],
    signal: AbortSignal,
  ): Promise<{ readonly warnings: ReadonlyMap<string, PodWarning>; readonly againMs?: number }>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

interface Memory {
  warning: PodWarning | undefined;
  asked: number;
  /** Milliseconds since 1970. */
  dueAt: number;
}

/** A pod gets this long to become ready, in milliseconds. Most take a second or two. */
const PATIENCE_MS = 5_000;
/** Pauses grow: what blocks a pod for minutes blocks it for hours. */
const MAX_PAUSE_MS = 60_000;
/** If every pod of a registry is in trouble, these few are representative. */
const MAX_PODS = 3;

/**
 * Creates it. All Events of a cluster are far too many to watch, so the Events of single pods are fetched: some faults, such as a volume that cannot be
 * mounted, change nothing in the pod, so there is nothing to watch for either.
 */
export function createPodWarnings(client: Pick<ApiClient, 'request'>, clock: () => number, logger: Logger): PodWarnings {
  const registries = new Map<string, Map<string, Memory>>();

  return {
    look: async (registry, pods, signal) => {
      const key = formatKey(registry);
      const memories = registries.get(key) ?? new Map<string, Memory>();
      const unready = pods.filter((pod) => !isReady(pod) && !isLeaving(pod)).slice(0, MAX_PODS);
      for (const uid of memories.keys()) if (!unready.some(({ metadata }) => metadata.uid === uid)) memories.delete(uid);
      if (unready.length === 0) {
        registries.delete(key);
        return { warnings: new Map() };
      }
      registries.set(key, memories);
      const waits = await Promise.all(unready.map((pod) => ask(pod, memories, signal)));
      const warnings = new Map([...memories].flatMap(([uid, { warning }]) => (warning === undefined ? [] : [[uid, warning] as const])));
      return { warnings, againMs: Math.min(...waits) };
    },
    forget: (registry) => void registries.delete(formatKey(registry)),
  };

  /** Fetches the Events of one pod if due. Returns the milliseconds until the next fetch. */
  async function ask(pod: PodObject, memories: Map<string, Memory>, signal: AbortSignal): Promise<number> {
    const now = clock();
    const uid = pod.metadata.uid ?? '';
    const memory = memories.get(uid) ?? { warning: undefined, asked: 0, dueAt: createdAt(pod, now) + PATIENCE_MS };
    memories.set(uid, memory);
    if (memory.dueAt > now) return memory.dueAt - now;
    try {
      memory.warning = await lastWarning(pod, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      logger.debug({ pod: pod.metadata.name, err: error }, 'the Events about a pod could not be read');
    }
    const pause = Math.min(PATIENCE_MS * 2 ** memory.asked, MAX_PAUSE_MS);
    memory.asked += 1;
    memory.dueAt = now + pause;
    return pause;
  }

  async function lastWarning({ metadata: { namespace = '', uid = '' } }: PodObject, signal: AbortSignal): Promise<PodWarning | undefined> {
    const selector = encodeURIComponent(`involvedObject.uid=${uid}`);
    const path = `/api/v1/namespaces/${namespace}/events?fieldSelector=${selector}&limit=100`;
    const answer = await client.request({ method: 'GET', path, signal, retry: false });
    const events = isRecord(answer) && Array.isArray(answer['items']) ? answer['items'].filter(isRecord) : [];
    const last = events.toSorted((a, b) => timeOf(a) - timeOf(b)).at(-1);
    // Any later Event means that the problem is over: the pod was scheduled after all, or its image is being pulled.
    if (last?.['type'] !== 'Warning' || typeof last['reason'] !== 'string') return undefined;
    return { reason: last['reason'], message: typeof last['message'] === 'string' ? last['message'].trim() : '' };
  }
}

function createdAt({ metadata: { creationTimestamp } }: PodObject, now: number): number {
  const time = Date.parse(creationTimestamp ?? '');
  return Number.isNaN(time) ? now : time;
}

/** When an Event was last seen, in milliseconds since 1970, whichever API wrote it. */
function timeOf(event: Record<string, unknown>): number {
  const series = isRecord(event['series']) ? event['series']['lastObservedTime'] : undefined;
  const { metadata } = event;
  const candidates = [series, event['lastTimestamp'], event['eventTime'], isRecord(metadata) ? metadata['creationTimestamp'] : undefined];
  return Date.parse(candidates.find((time): time is string => typeof time === 'string') ?? '') || 0;
}
