import { registryImagesSchema, type RegistryImages } from '@toolhive-registry/api';
import { formatKey, type Logger, type ObjectKey } from '@toolhive-registry/reconciler';
import type { PodFacts } from '../pods/facts.ts';
import type { AskPod } from '../pods/pod-client.ts';
import type { StatusTarget } from '../pods/status-client.ts';
import type { AllowedReferences } from './parameters.ts';

/** A pod that can be asked, with what it last reported. */
export interface ListingPod {
  readonly target: StatusTarget;
  readonly document: PodFacts['document'];
}

/** What is known of what a registry lists. */
export interface RegistryList {
  /** Undefined: nothing, ever. */
  readonly references: AllowedReferences | undefined;
  /** False: a pod has a newer one, and could not be asked. */
  readonly isCurrent: boolean;
  /** Entries' references that admit nobody. */
  readonly unusable: number;
}

/** The lists of all registries, as their pods last told them. */
export interface Lists {
  /** The list of a registry: asked of a pod where one serves another catalog than the last time, else the last one, `stored` where that is not known. */
  refresh(
    registry: ObjectKey,
    pods: readonly ListingPod[],
    stored: AllowedReferences | undefined,
    signal: AbortSignal,
  ): Promise<RegistryList>;
  forget(registry: ObjectKey): void;
}

interface Known {
  readonly hash: string;
  readonly references: AllowedReferences;
  readonly unusable: number;
}

/** Creates the lists. */
export function createLists({ ask, logger }: { readonly ask: AskPod; readonly logger: Logger }): Lists {
  const known = new Map<string, Known>();

  return {
    refresh: async (registry, pods, stored, signal) => {
      const key = formatKey(registry);
      const before = known.get(key);
      const newest = newestOf(pods);
      const last = { references: before?.references ?? stored, unusable: before?.unusable ?? 0 };
      // While no pod serves anything, what was listed last stays.
      if (newest === undefined) return { ...last, isCurrent: true };
      if (before?.hash === newest.document.snapshotHash) return { ...last, isCurrent: true };
      try {
        const answer = registryImagesSchema.parse(await ask(newest.target, '/registry/images', signal));
        const next = { hash: answer.snapshotHash, references: referencesIn(answer), unusable: answer.unusable.count };
        known.set(key, next);
        return { references: next.references, unusable: next.unusable, isCurrent: true };
      } catch (error) {
        signal.throwIfAborted();
        logger.warn({ registry: key, pod: newest.target.name, err: error }, 'a registry did not tell what it lists; the last list stays');
        return { ...last, isCurrent: false };
      }
    },
    forget: (registry) => void known.delete(formatKey(registry)),
  };
}

/** Replicas may differ for a moment: the one whose catalog is the newest counts. */
function newestOf(pods: readonly ListingPod[]): ListingPod | undefined {
  const serving = pods.filter(({ document }) => document.ready && document.snapshotHash !== null);
  return serving.toSorted((a, b) => Date.parse(b.document.lastChangeTime ?? '') - Date.parse(a.document.lastChangeTime ?? ''))[0];
}

function referencesIn({ images, urls, packages, urlTemplates }: RegistryImages): AllowedReferences {
  return { images, urls, packages, templates: urlTemplates.map(({ pattern }) => pattern) };
}
