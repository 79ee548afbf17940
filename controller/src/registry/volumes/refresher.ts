import { contentHash, isCurrent, type ContentHashes, type FileVersions } from './content.ts';

/** A pod, reduced to what matters for its mounted files. */
export interface MountedPod {
  readonly uid: string;
  readonly name: string;
  /** The files it reports as read; absent: it has not reported. */
  readonly reported?: ContentHashes;
  /** The value of its annotation, whoever wrote it. */
  readonly touched?: string | undefined;
}

/** What else a plan depends on. */
export interface RefreshOptions {
  /** Versions of mounted files that pods never report. Whether an annotation took effect is not visible for them, so each new version gets one. */
  readonly unreported?: FileVersions;
  /** How long to wait for another process to annotate a pod first, in milliseconds; default: not at all. */
  readonly patienceMs?: number;
}

/** Annotations to write, and when to check again. */
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
  /** Content when the pod was first seen, with which it started. */
  readonly startedWith: string;
  target: string;
  /** The versions of unreported files at the last look. */
  unreported: string;
  /** When `target` was first seen. */
  since: number;
  touches: number;
  lastTouch: number;
}

/** Pauses between two annotations of a pod for the same content. */
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;
/** For a pod that does not report, the effect of an annotation is not visible. */
const TOUCHES_WITHOUT_REPORT = 3;
/** Three minutes of attempts: by then the kubelet has refreshed the volume by itself, and a difference has another reason. */
const MAX_TOUCHES = 8;

/**
 * A kubelet refreshes a pod's volumes at once when an annotation of the pod changes, and otherwise up to 90 seconds later. It may still mount its cached
 * content then, so the annotation is changed again, with growing pauses, until the pod reports the content it should have.
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
        // Another process has done it, and follows up.
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
        // Writing the value that an earlier process left there would change nothing.
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
