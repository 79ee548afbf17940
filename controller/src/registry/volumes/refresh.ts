import { annotations } from '@toolhive-registry/api';
import { formatKey, isNotFound, PODS, type ApiClient, type ObjectKey, type ReconcileContext } from '@toolhive-registry/reconciler';
import { isReading } from '../../pods/facts.ts';
import type { PodObject } from '../../pods/pod.ts';
import type { FactsPoller } from '../../pods/poller.ts';
import type { Informers } from '../informers.ts';
import { renderConfigMap } from '../render/config-map.ts';
import type { ValidRegistry } from '../resource.ts';
import { certificateVersions, expectedContent } from './content.ts';
import { createVolumeRefresher, type MountedPod, type VolumeRefresher } from './refresher.ts';
import { createSourceHashes } from './source-hashes.ts';

/** What refreshing volumes needs. */
export interface VolumesDeps {
  readonly client: ApiClient;
  readonly informers: Informers;
  readonly poller?: FactsPoller;
  /** False: pods are never annotated, and the kubelet's own refresh applies. */
  readonly refreshVolumes: boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The step of a pass that has kubelets look at mounted ConfigMaps that are not what they should be. */
export interface VolumesStep {
  /** Annotates the pods that are behind. Answers after how many milliseconds to look again; undefined: no need to. */
  refresh(registry: ValidRegistry, pods: readonly PodObject[], context: ReconcileContext): Promise<number | undefined>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Creates the step. It remembers what was done for the pods of each registry. */
export function createVolumesStep(deps: VolumesDeps): VolumesStep {
  const { client, informers, poller } = deps;
  const refreshers = new Map<string, VolumeRefresher>();
  const sourceHashes = createSourceHashes(client, informers.sources.store);

  return {
    refresh: async (registry, pods, { signal, logger }) => {
      const live = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
      if (!deps.refreshVolumes || live.length === 0) return undefined;
      const refresher = refresherOf(registry);
      const facts = poller?.facts(registry) ?? [];
      const expected = expectedContent(registry, renderConfigMap(registry), await sourceHashes(registry, signal));
      const mounted = live.map((pod): MountedPod => {
        const document = facts.find(({ uid }) => uid === pod.metadata.uid)?.document;
        // While a server that was just started reads, what it has not read yet is no reason to refresh anything.
        const reported = document !== undefined && isReading(document) ? { ...expected, ...document.files } : document?.files;
        return { uid: pod.metadata.uid ?? '', name: pod.metadata.name, ...(reported === undefined ? {} : { reported }) };
      });
      const certificates = certificateVersions(registry, informers.sources.store);
      const { touches, againMs } = refresher.plan(expected, mounted, deps.clock(), certificates);
      for (const { pod, value } of touches) {
        logger.debug({ pod, value }, 'asking the kubelet to refresh mounted ConfigMaps');
        const body = { metadata: { annotations: { [annotations.contentTouched]: value } } };
        await client.patch(PODS, { name: pod, namespace: registry.namespace }, body, { signal }).catch((error: unknown) => {
          if (!isNotFound(error))
            logger.warn({ pod, err: String(error) }, 'a pod could not be annotated; the kubelet refreshes its volumes within 90 seconds');
        });
      }
      return againMs;
    },
    forget: (registry) => void refreshers.delete(formatKey(registry)),
  };

  function refresherOf(registry: ObjectKey): VolumeRefresher {
    const key = formatKey(registry);
    const refresher = refreshers.get(key) ?? createVolumeRefresher();
    refreshers.set(key, refresher);
    return refresher;
  }
}
