import { registryImagesSchema, type RegistryImages } from '@toolhive-registry/api';
import type { Logger } from '@toolhive-registry/reconciler';
import type { PodFacts } from '../pods/facts.ts';
import type { AskPod } from '../pods/pod-client.ts';
import type { StatusTarget } from '../pods/status-client.ts';
import type { RegistryObject } from '../registry/resource.ts';
import type { AllowedReferences } from './parameters.ts';

/** A ready pod with its last report. */
export interface ListingPod {
  readonly target: StatusTarget;
  readonly document: PodFacts['document'];
}

/** The references of a registry, as far as they are known. */
export interface RegistryList {
  /** Undefined: never known. */
  readonly references: AllowedReferences | undefined;
  /** References of entries that admit nothing. */
  readonly unusable: number;
  /** Why the list of the served catalog is unknown, as a sentence; undefined: it is known, or no catalog is served. */
  readonly problem?: string;
}

/** The reference lists of all registries, as last reported by their pods. */
export interface Lists {
  /** The list of a registry. Asks a pod only when one serves a different catalog than last time. `stored`: the list in force. */
  refresh(
    registry: RegistryObject,
    pods: readonly ListingPod[],
    stored: AllowedReferences | undefined,
    signal: AbortSignal,
  ): Promise<RegistryList>;
  /** Forgets all registries of a namespace except these. */
  keep(namespace: string, registries: readonly RegistryObject[]): void;
}

interface Known {
  readonly hash: string;
  readonly references: AllowedReferences;
  readonly unusable: number;
}

/** Creates the lists. */
export function createLists({ ask, logger }: { readonly ask: AskPod; readonly logger: Logger }): Lists {
  /** By namespace, then by UID: a registry that is deleted and recreated is a different one. */
  const namespaces = new Map<string, Map<string, Known>>();

  return {
    refresh: async ({ metadata }, pods, stored, signal) => {
      const { namespace = '', name, uid = '' } = metadata;
      const known = namespaces.get(namespace) ?? new Map<string, Known>();
      namespaces.set(namespace, known);
      const before = known.get(uid);
      const newest = newestOf(pods);
      // While no pod serves a catalog, the list in force stays: another controller may have written it after our last answer.
      if (newest === undefined) return { references: stored ?? before?.references, unusable: before?.unusable ?? 0 };
      if (before?.hash === newest.document.snapshotHash) return before;
      try {
        const answer = registryImagesSchema.parse(await ask(newest.target, '/registry/images', signal));
        const next = { hash: answer.snapshotHash, references: referencesIn(answer), unusable: answer.unusable.count };
        known.set(uid, next);
        return next;
      } catch (error) {
        signal.throwIfAborted();
        const { name: pod } = newest.target;
        logger.warn(
          { registry: `${namespace}/${name}`, pod, err: error },
          'a registry pod did not report its references; keeping the last list',
        );
        const why = / answers 404:/.test(String(error)) ? 'its registry server is an earlier version' : String(error).slice(0, 300);
        return {
          references: stored ?? before?.references,
          unusable: before?.unusable ?? 0,
          problem: `pod ${pod} did not report what its catalog lists: ${why}`,
        };
      }
    },
    keep: (namespace, registries) => {
      const known = namespaces.get(namespace);
      if (known === undefined) return;
      const kept = new Set(registries.map(({ metadata }) => metadata.uid));
      for (const uid of known.keys()) if (!kept.has(uid)) known.delete(uid);
      if (known.size === 0) namespaces.delete(namespace);
    },
  };
}

/** Replicas may differ briefly; the one with the newest catalog counts. */
function newestOf(pods: readonly ListingPod[]): ListingPod | undefined {
  const changedAt = ({ document }: ListingPod): number => Date.parse(document.lastChangeTime ?? '') || 0;
  const hashOf = ({ document }: ListingPod): string => document.snapshotHash ?? '';
  return pods
    .filter(({ document }) => document.ready && document.snapshotHash !== null)
    .toSorted((a, b) => changedAt(b) - changedAt(a) || (hashOf(a) < hashOf(b) ? -1 : 1))[0];
}

function referencesIn({ images, urls, packages, urlTemplates }: RegistryImages): AllowedReferences {
  return { images, urls, packages, templates: urlTemplates.map(({ pattern }) => pattern) };
}
