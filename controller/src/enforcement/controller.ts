import { enforcementModeOf } from '@toolhive-registry/api';
import { isReady } from '@toolhive-registry/api/pods';
import {
  createController,
  ignoreStatusChanges,
  watchSource,
  type Controller,
  type InformerEvent,
  type KubeObject,
  type Logger,
  type ObjectKey,
} from '@toolhive-registry/reconciler';
import type { PodObject } from '../pods/pod.ts';
import type { RegistryObject } from '../registry/resource.ts';
import { PARAMETERS } from './names.ts';
import { namesChanged, type ServerObject } from '../servers/server.ts';
import type { EnforcementDeps, EnforcementStep } from './step.ts';

/** Longest backoff after consecutive failures, in milliseconds. */
const MAX_BACKOFF_MS = 60_000;

/** The reconcile key of a namespace. */
export function enforcementKey(namespace: string): ObjectKey {
  return { namespace, name: PARAMETERS };
}

function readinessChanged(event: InformerEvent<PodObject>): boolean {
  return event.type !== 'update' || isReady(event.object) !== isReady(event.old);
}

/** Creates the controller that keeps what namespaces allow in line with their registries. */
export function createEnforcementController(
  { groups, configMaps, servers, pods, policies }: EnforcementDeps,
  step: EnforcementStep,
  { concurrency, logger }: { readonly concurrency: number; readonly logger: Logger },
): Controller {
  const own = ({ metadata: { namespace = '' } }: KubeObject): ObjectKey[] => [enforcementKey(namespace)];
  const isEnforced = (namespace = ''): boolean => configMaps.store.list(namespace).length > 0;
  // Namespaces in which no registry enforces are skipped, however many objects come and go.
  const ofRegistry = (registry: RegistryObject): ObjectKey[] =>
    enforcementModeOf(registry) !== undefined || isEnforced(registry.metadata.namespace) ? own(registry) : [];
  const ofServer = (server: ServerObject): ObjectKey[] => (isEnforced(server.metadata.namespace) ? own(server) : []);
  const ofPod = (pod: PodObject): ObjectKey[] => (isEnforced(pod.metadata.namespace) ? own(pod) : []);
  /** Only namespaces with an enforcing registry have such a ConfigMap. */
  const enforced = (): ObjectKey[] =>
    [...new Set(configMaps.store.list().map(({ metadata: { namespace = '' } }) => namespace))].map(enforcementKey);
  return createController({
    name: 'mcpregistry-enforcement',
    // The unit of reconciliation is the namespace, whichever of its objects changed.
    primary: configMaps,
    predicate: () => false,
    watches: [
      ...groups.map(({ registries }) => watchSource(registries, ofRegistry, ignoreStatusChanges)),
      watchSource(configMaps, own),
      ...servers.map(({ informer }) => watchSource(informer, ofServer, namesChanged)),
      // A pod's list counts once the pod is ready, which may be after it reported the list.
      watchSource(pods, ofPod, readinessChanged),
      ...policies.informers.map((informer) => watchSource(informer, enforced)),
    ],
    reconcile: async ({ namespace }, context) => ({ requeueAfterMs: await step.enforce(namespace, context) }),
    concurrency,
    maxBackoffMs: MAX_BACKOFF_MS,
    logger,
  });
}
