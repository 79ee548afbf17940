import { appLabelValue, configMapReferences, labels, secretReferences, type ObjectReference } from '@toolhive-registry/api';
import { isReady } from '@toolhive-registry/api/pods';
import { CONFIG_MAPS, isNotFound, NETWORK_POLICIES, PODS, resourcePath, type ResourceKind } from '@toolhive-registry/reconciler/client';
import type { Cluster } from '../../../cluster/connect.ts';
import type { RegistryObject } from '../../../cluster/registries.ts';
import { concurrently } from '../../../concurrent.ts';
import type { NetworkPolicyObject, PodObject, ReferenceFacts, RegistryFacts } from '../facts.ts';
import { seen, type Seen } from '../finding.ts';
import { inNamespace, look } from './look.ts';

const SECRETS: ResourceKind = { group: '', version: 'v1', plural: 'secrets', kind: 'Secret', namespaced: true };
/** The API server sends the metadata, or nothing: there is no other form that would be taken. */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';
/** Registries at once. */
const CONCURRENCY = 20;

/** Looks at what belongs to registries: lists for all of them, and the objects that each names. */
export async function gatherRegistries(
  cluster: Cluster,
  objects: readonly RegistryObject[],
  {
    namespace,
    signal,
    progress,
  }: { readonly namespace: string | undefined; readonly signal: AbortSignal; readonly progress: (done: number) => void },
): Promise<RegistryFacts[]> {
  if (objects.length === 0) return [];
  const [pods, networkPolicies] = await Promise.all([
    look(cluster, `list pods${inNamespace(namespace)}`, signal, async () => {
      const labelSelector = `${labels.app}=${appLabelValue}`;
      return (await cluster.client.list<PodObject>(PODS, { namespace, labelSelector, signal })).items;
    }),
    look(cluster, `list networkpolicies.networking.k8s.io${inNamespace(namespace)}`, signal, async () => {
      return (await cluster.client.list<NetworkPolicyObject>(NETWORK_POLICIES, { namespace, signal })).items;
    }),
  ]);
  const there = createPresence(cluster, signal);
  let done = 0;
  return concurrently(objects, CONCURRENCY, async (object): Promise<RegistryFacts> => {
    const { name, namespace: own = cluster.namespace } = object.metadata;
    const facts = {
      object,
      pods: mapped(pods, (items) =>
        items.filter(({ metadata }) => metadata.namespace === own && metadata.labels?.[labels.registryName] === name),
      ),
      networkPolicies: mapped(networkPolicies, (items) => items.filter(({ metadata }) => metadata.namespace === own)),
      configMaps: await there(CONFIG_MAPS, own, configMapReferences(object)),
      secrets: await there(SECRETS, own, secretReferences(object)),
    };
    progress((done += 1));
    return facts;
  });
}

/** Whether a registry has a pod that could answer, by its status if pods may not be listed. */
export function canAnswer({ pods, object }: RegistryFacts): boolean {
  return pods.is === 'seen' ? pods.value.some(isReady) : (object.status?.readyReplicas ?? 0) > 0;
}

function mapped<T>(found: Seen<readonly T[]>, change: (items: readonly T[]) => readonly T[]): Seen<readonly T[]> {
  return found.is === 'seen' ? seen(change(found.value)) : found;
}

/** Finds out whether objects are there, each once, by their metadata: the content of a Secret is never sent. */
function createPresence(
  cluster: Cluster,
  signal: AbortSignal,
): (kind: ResourceKind, namespace: string, references: readonly ObjectReference[]) => Promise<ReferenceFacts[]> {
  const known = new Map<string, Promise<Seen<boolean>>>();
  function isThere(kind: ResourceKind, namespace: string, name: string): Promise<Seen<boolean>> {
    const path = resourcePath(kind, { namespace, name });
    const found =
      known.get(path) ?? look(cluster, `get ${kind.plural} in namespace ${namespace}`, signal, () => exists(cluster, path, signal));
    known.set(path, found);
    return found;
  }
  return (kind, namespace, references) =>
    Promise.all(references.map(async (reference) => ({ ...reference, isThere: await isThere(kind, namespace, reference.name) })));
}

async function exists(cluster: Cluster, path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await cluster.client.request({ method: 'GET', path, accept: METADATA_ONLY, signal });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
