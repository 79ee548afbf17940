import { annotations, names } from '@toolhive-registry/api';
import { formatKey, isNotFound, keyOf, PODS, type ApiClient, type ObjectKey, type ReconcileContext } from '@toolhive-registry/reconciler';
import { isReading } from '../../pods/facts.ts';
import type { PodObject } from '../../pods/pod.ts';
import type { FactsPoller } from '../../pods/poller.ts';
import type { Informers } from '../informers.ts';
import { parsed } from '../parsed.ts';
import type { RegistryObject } from '../resource.ts';
import { certificateVersions, expectedContent } from './content.ts';
import { createVolumeRefresher, type MountedPod, type VolumeRefresher } from './refresher.ts';
import { createSourceHashes } from './source-hashes.ts';

/** How long other replicas leave the work to the leader, which needs a fraction of that. */
const STANDBY_PATIENCE_MS = 1_000;

/** What refreshing volumes needs. */
export interface VolumesDeps {
  readonly client: ApiClient;
  readonly informers: Informers;
  readonly poller?: FactsPoller;
  /** Whether this process leads in a namespace. Other processes give the leader a head start. */
  readonly leads: (namespace: string) => boolean;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The step of a pass that makes kubelets refresh outdated mounted ConfigMaps. */
export interface VolumesStep {
  /** Annotates the pods that are behind. Returns the milliseconds until the next check; undefined: none needed. */
  refresh(registry: RegistryObject, pods: readonly PodObject[], context: ReconcileContext): Promise<number | undefined>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Creates the step. It remembers what was done for the pods of each registry. */
export function createVolumesStep(deps: VolumesDeps): VolumesStep {
  const { client, informers, poller } = deps;
  const refreshers = new Map<string, VolumeRefresher>();
  const sourceHashes = createSourceHashes(client, informers.sources.store);

  return {
    refresh: async (object, pods, { signal, logger }) => {
      const key = keyOf(object);
      const live = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
      // From the cluster, whoever wrote it: that is what pods mount.
      const config = informers.configMaps.store.get({ ...key, name: names.config(key.name) });
      const { manifest } = parsed(object);
      if (manifest === undefined || config === undefined || live.length === 0) return undefined;
      const registry = { ...key, object, manifest };
      const refresher = refresherOf(key);
      const facts = poller?.facts(key) ?? [];
      const deployed = informers.configMaps.store.get({ ...key, name: names.deployed(key.name) });
      const expected = expectedContent(registry, config, await sourceHashes(registry, signal), deployed);
      const mounted = live.map((pod): MountedPod => {
        const document = facts.find(({ uid }) => uid === pod.metadata.uid)?.document;
        // A server that just started is still reading; what it has not read yet is no reason to refresh.
        const reported = document !== undefined && isReading(document) ? { ...expected, ...document.files } : document?.files;
        const touched = pod.metadata.annotations?.[annotations.contentTouched];
        return { uid: pod.metadata.uid ?? '', name: pod.metadata.name, touched, ...(reported === undefined ? {} : { reported }) };
      });
      const certificates = certificateVersions(registry, informers.sources.store);
      const { touches, againMs } = refresher.plan(expected, mounted, deps.clock(), {
        unreported: certificates,
        patienceMs: deps.leads(key.namespace) ? 0 : STANDBY_PATIENCE_MS,
      });
      for (const { pod, value } of touches) {
        logger.debug({ pod, value }, 'asking the kubelet to refresh mounted ConfigMaps');
        const body = { metadata: { annotations: { [annotations.contentTouched]: value } } };
        await client.patch(PODS, { name: pod, namespace: key.namespace }, body, { signal }).catch((error: unknown) => {
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
