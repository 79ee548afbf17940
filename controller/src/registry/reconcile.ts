import { annotations, fieldsWithoutEffect, normalizedSources, type Issue, type MCPRegistryStatus } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  formatKey,
  isNotFound,
  PODS,
  type EventRecorder,
  type KubeClient,
  type KubeObject,
  type ObjectKey,
  type Reconcile,
  type ReconcileContext,
} from '@toolhive-registry/reconciler';
import { applyChildren, servingObjects, type AppliedChildren, type ChildrenDeps } from './children.ts';
import { chosenFacts, isReading } from '../pods/facts.ts';
import { certificateVersions, expectedContent, keyHashes } from './volumes/content.ts';
import type { FactsPoller } from '../pods/poller.ts';
import { createVolumeRefresher, type VolumeRefresher } from './volumes/refresher.ts';
import { BY_REGISTRY } from './informers.ts';
import { parsed } from './validate.ts';
import { podTrouble } from '../pods/pod-failure.ts';
import { isReady, polledPod, type PodObject } from '../pods/pod.ts';
import type { ConfigMapObject } from './render/objects.ts';
import { asOwner, MCP_REGISTRIES, type OwnedRegistry, type RegistryObject } from './resource.ts';
import { deriveStatus } from './status/derive.ts';
import { eventsOf } from './status/events.ts';
import type { Observation } from './status/observation.ts';
import { previousStatus } from './status/previous.ts';
import { takenNames } from './taken-names.ts';

/** What a pass needs. */
export interface ReconcileDeps extends ChildrenDeps {
  readonly client: KubeClient;
  readonly poller?: FactsPoller;
  /** Where it is told what happened to a registry. */
  readonly events?: Pick<EventRecorder, 'event'>;
  readonly refreshVolumes: boolean;
  readonly clusterDomain: string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

interface Written {
  /** Of the registry; another of its name has written nothing yet. */
  readonly uid: string | undefined;
  /** The version that the status was written upon. */
  readonly basedOn: string | undefined;
  readonly status: MCPRegistryStatus;
}

/** After a refusal that only a change can end, how soon to look whether there was one that we cannot see. */
const REFUSED_AGAIN_MS = 60_000;

/** Failures in a row before the status tells of one that passes: most are over by then, and each would cost two writes. */
const FAILURES_UNTIL_SAID = 5;

/** The pass over one MCPRegistry: judge, bring the children in line, look at the pods, write the status if it changed. */
export function createReconcile(deps: ReconcileDeps): Reconcile {
  const { informers, applier, poller } = deps;
  const refreshers = new Map<string, VolumeRefresher>();
  /** Our last status of each registry, while the store does not show it yet. */
  const written = new Map<string, Written>();
  const hashesOf = new WeakMap<KubeObject, ReadonlyMap<string, string>>();

  return async (key, context) => {
    const object = informers.registries.store.get(key);
    if (object === undefined) {
      poller?.follow(key, []);
      refreshers.delete(formatKey(key));
      written.delete(formatKey(key));
      return undefined;
    }
    const { owned, issues } = judged(key, object);
    const pods = informers.pods.store.byIndex(BY_REGISTRY, formatKey(key));
    const children = owned === undefined || isDeleting(object) ? undefined : await applyChildren(owned, deps, context.signal);
    poller?.follow(key, pods.flatMap(polledPod));
    if (children?.namespaceEnds === true) {
      context.logger.debug({}, 'the namespace is being deleted');
      return undefined;
    }
    const passing = children?.failure?.passing === true;
    if (passing && context.failures < FAILURES_UNTIL_SAID) throw children.error;
    const status = await writeStatus(object, { ...observed(key, object, owned, children, pods), issues }, context);
    if (passing) throw children.error;
    if (status.phase === 'Terminating' || children === undefined || owned === undefined) return undefined;
    const againMs = await refreshVolumes(owned, children.config, pods, context);
    return { requeueAfterMs: children.failure === undefined ? againMs : REFUSED_AGAIN_MS };
  };

  /** The registry where it may be acted upon, else what is wrong with its spec. */
  function judged(key: ObjectKey, object: RegistryObject): { owned?: OwnedRegistry; issues: readonly Issue[] } {
    const { registry, issues } = parsed(object);
    if (registry === undefined) return { issues };
    const taken = takenNames(registry, key.namespace, { registries: informers.registries.store, configMaps: informers.sources.store });
    return taken.length > 0 ? { issues: taken } : { owned: { object, registry, ...key }, issues: [] };
  }

  /** What the status is worked out from, the judgement of the spec aside. */
  function observed(
    key: ObjectKey,
    object: RegistryObject,
    owned: OwnedRegistry | undefined,
    children: AppliedChildren | undefined,
    pods: readonly PodObject[],
  ): Omit<Observation, 'issues'> {
    const { deployment, service } = children ?? servingObjects(object, informers);
    const trouble = podTrouble(pods);
    const ready = new Set(pods.filter(isReady).map(({ metadata }) => metadata.uid));
    return {
      ...key,
      generation: object.metadata.generation ?? 0,
      deleting: isDeleting(object),
      ...(children?.failure === undefined ? {} : { failure: children.failure }),
      ...(deployment === undefined ? {} : { deployment }),
      hasService: service !== undefined,
      withoutEffect: owned === undefined ? [] : fieldsWithoutEffect(owned.registry),
      missing: owned === undefined ? [] : missingConfigMaps(owned),
      facts: chosenFacts(poller?.facts(key) ?? [], (uid) => ready.has(uid)),
      ...(trouble === undefined ? {} : { podTrouble: trouble }),
      clusterDomain: deps.clusterDomain,
    };
  }

  async function writeStatus(object: RegistryObject, seen: Observation, context: ReconcileContext): Promise<MCPRegistryStatus> {
    const { uid, resourceVersion } = object.metadata;
    const key = formatKey(seen);
    const last = written.get(key);
    const isUnseen = last !== undefined && last.uid === uid && last.basedOn === resourceVersion;
    const before = isUnseen ? last.status : previousStatus(object);
    const status = deriveStatus(seen, before, new Date(deps.clock()).toISOString().replace(/\.\d+Z$/, 'Z'));
    const wrote = await applier.applyStatus(MCP_REGISTRIES, asOwner(object), status, { signal: context.signal }).then(
      ({ written: isWritten }) => isWritten,
      (error: unknown) => {
        // Deleted while this pass ran: the store hears of it next.
        if (isNotFound(error)) return false;
        throw error;
      },
    );
    if (wrote) {
      written.set(key, { uid, basedOn: resourceVersion, status });
      for (const event of eventsOf(before, status)) deps.events?.event(object, event);
      context.logger.info({ phase: status.phase, servers: status.serverCount }, status.message ?? '');
    } else if (!isUnseen) written.delete(key);
    return status;
  }

  function missingConfigMaps(owned: OwnedRegistry): string[] {
    return normalizedSources(owned.registry).flatMap((source) => {
      if (source.type !== 'configmap') return [];
      const { name } = source.configmap;
      if (informers.sources.store.get({ namespace: owned.namespace, name }) !== undefined) return [];
      return [`ConfigMap "${name}" of source "${source.name}" does not exist in namespace ${owned.namespace}; create it`];
    });
  }

  /** Has the kubelet look at mounted ConfigMaps that are not what they should be. Returns when to look again. */
  async function refreshVolumes(
    owned: OwnedRegistry,
    config: ConfigMapObject,
    pods: readonly PodObject[],
    { signal, logger }: ReconcileContext,
  ): Promise<number | undefined> {
    const live = pods.filter((pod) => pod.metadata.deletionTimestamp === undefined);
    if (!deps.refreshVolumes || live.length === 0) return undefined;
    const registryKey = formatKey(owned);
    const refresher = refreshers.get(registryKey) ?? createVolumeRefresher();
    refreshers.set(registryKey, refresher);
    const facts = poller?.facts(owned) ?? [];
    const expected = expectedContent(owned, config, await sourceHashes(owned, signal));
    const mounted = live.map((pod) => {
      const document = facts.find(({ uid }) => uid === pod.metadata.uid)?.document;
      // While a server that was just started reads, what it has not read yet is no reason to refresh anything.
      const reported = document !== undefined && isReading(document) ? { ...expected, ...document.files } : document?.files;
      return { uid: pod.metadata.uid ?? '', name: pod.metadata.name, ...(reported === undefined ? {} : { reported }) };
    });
    const { touches, againMs } = refresher.plan(expected, mounted, deps.clock(), certificateVersions(owned, informers.sources.store));
    for (const { pod, value } of touches) {
      logger.debug({ pod, value }, 'asking the kubelet to refresh mounted ConfigMaps');
      const body = { metadata: { annotations: { [annotations.contentTouched]: value } } };
      await deps.client.patch(PODS, { name: pod, namespace: owned.namespace }, body, { signal }).catch((error: unknown) => {
        if (!isNotFound(error))
          logger.warn({ pod, err: String(error) }, 'a pod could not be annotated; the kubelet refreshes its volumes within 90 seconds');
      });
    }
    return againMs;
  }

  /** Hashes of the sources' ConfigMaps. Read from the API server once for each version: the store holds no data. */
  async function sourceHashes(owned: OwnedRegistry, signal: AbortSignal): Promise<Map<string, ReadonlyMap<string, string>>> {
    const found = new Map<string, ReadonlyMap<string, string>>();
    for (const source of normalizedSources(owned.registry)) {
      if (source.type !== 'configmap' || found.has(source.configmap.name)) continue;
      const ref = { namespace: owned.namespace, name: source.configmap.name };
      const known = informers.sources.store.get(ref);
      if (known === undefined) continue;
      let hashes = hashesOf.get(known);
      if (hashes === undefined) {
        try {
          hashes = keyHashes(await deps.client.get<ConfigMapObject>(CONFIG_MAPS, ref, { signal }));
        } catch (error) {
          if (isNotFound(error)) continue;
          throw error;
        }
        hashesOf.set(known, hashes);
      }
      found.set(ref.name, hashes);
    }
    return found;
  }
}

function isDeleting(object: KubeObject): boolean {
  return object.metadata.deletionTimestamp !== undefined;
}
