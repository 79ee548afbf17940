import { contentHash, isCurrent, type ContentHashes, type FileVersions } from './content.ts';

/** A pod as far as its mounted files matter. */
export interface MountedPod {
  readonly uid: string;
  readonly name: string;
  /** The files it reports to have read; absent: it has not reported. */
  readonly reported?: ContentHashes;
  /** The value of its annotation, whoever wrote it. */
  readonly touched?: string | undefined;
}

/** What else a plan depends on. */
export interface RefreshOptions {
  /**
   * Versions of what pods mount and never report, by file: whether a touch was enough cannot be seen, so a new version is worth one.
   */
  readonly unreported?: FileVersions;
  /** How long another process is left to touch a pod first, in milliseconds; default: none has to. */
  readonly patienceMs?: number;
}

/** Annotations to write, and when to look again. */
export interface RefreshPlan {
  readonly touches: readonly { readonly pod: string; readonly value: string }[];
  readonly againMs?: number;
}

/** Remembers what was done for the pods of one registry. */
export interface VolumeRefresher {
  /** `expected` is what pods report once they have read it. */
  plan(expected: ContentHashes, pods: readonly MountedPod[], now: number, options?: RefreshOptions): RefreshPlan;
}

interface Memory {
  /** Content when the pod was first seen: it started with that. */
  readonly startedWith: string;
  target: string;
  /** The versions of what it does not report, when it was last looked at. */
  unreported: string;
  /** When `target` was first seen. */
  since: number;
  touches: number;
  lastTouch: number;
}

/** Pauses between two touches of a pod for the same content. */
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;
/** A pod that does not report cannot show that a touch was enough. */
const TOUCHES_WITHOUT_REPORT = 3;
/** Three minutes of touches: by then the kubelet has refreshed the volume by itself, and what the pod reports has another reason. */
const MAX_TOUCHES = 8;

/**
 * A kubelet looks at a pod's volumes at once when an annotation of the pod changes, and else up to 90 seconds later. It may then still mount what
 * it had, so the touch is repeated, with growing pauses, until the pod reports the content it should have.
 */
export function createVolumeRefresher(): VolumeRefresher {
  const memories = new Map<string, Memory>();
  return {
    plan: (expected, pods, now, { unreported = {}, patienceMs = 0 } = {}) => {
      const target = contentHash({ ...expected, ...unreported });
      const versions = contentHash(unreported);
      for (const uid of memories.keys()) if (!pods.some((pod) => pod.uid === uid)) memories.delete(uid);
      const touches: { pod: string; value: string }[] = [];
      const waits: number[] = [];
      for (const pod of pods) {
        const memory = memories.get(pod.uid) ?? { startedWith: target, target, unreported: versions, since: now, touches: 0, lastTouch: 0 };
        memories.set(pod.uid, memory);
        const isNewVersion = memory.unreported !== versions;
        if (memory.target !== target) Object.assign(memory, { target, since: now, touches: 0, lastTouch: 0 });
        // Somebody else has seen to it, and sees to what becomes of it.
        if (patienceMs > 0 && memory.touches === 0 && pod.touched?.startsWith(target) === true) {
          memory.unreported = versions;
          continue;
        }
        if (!isNewVersion && !isStale(pod, memory, expected)) continue;
        const due =
          memory.touches === 0
            ? memory.since + patienceMs
            : memory.lastTouch + Math.min(FIRST_PAUSE_MS * 2 ** (memory.touches - 1), MAX_PAUSE_MS);
        if (due > now) {
          waits.push(due - now);
          continue;
        }
        memory.unreported = versions;
        // The value that is there already, from before this process, would change nothing.
        if (valueOf(target, memory.touches) === pod.touched) memory.touches += 1;
        touches.push({ pod: pod.name, value: valueOf(target, memory.touches) });
        memory.touches += 1;
        memory.lastTouch = now;
        waits.push(Math.min(FIRST_PAUSE_MS * 2 ** (memory.touches - 1), MAX_PAUSE_MS));
      }
      return { touches, ...(waits.length === 0 ? {} : { againMs: Math.min(...waits) }) };
    },
  };
}

function valueOf(target: string, touches: number): string {
  return touches === 0 ? target : `${target}-${touches}`;
}

function isStale(pod: MountedPod, memory: Memory, expected: ContentHashes): boolean {
  if (pod.reported !== undefined) return memory.touches < MAX_TOUCHES && !isCurrent(expected, pod.reported);
  return memory.target !== memory.startedWith && memory.touches < TOUCHES_WITHOUT_REPORT;
}
