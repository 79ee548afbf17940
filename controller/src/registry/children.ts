import { names } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  isControlledBy,
  NETWORK_POLICIES,
  SERVICE_ACCOUNTS,
  SERVICES,
  type Applier,
  type KubeObject,
  type ObjectKey,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import { failureOf, isNamespaceTerminating } from './failure.ts';
import type { Informers } from './informers.ts';
import { renderDeployment, type DeploymentObject } from './render/deployment.ts';
import { identityLabels } from './render/labels.ts';
import { renderNetworkPolicy, type NetworkPolicySettings } from './render/network-policy.ts';
import { renderConfigMap, renderServiceAccount, type ConfigMapObject } from './render/objects.ts';
import type { PodSettings } from './render/pod-template.ts';
import { renderInternalService, renderService } from './render/services.ts';
import { asOwner, type OwnedRegistry, type RegistryObject } from './resource.ts';
import type { Failure } from './status/observation.ts';

/** What bringing the children in line needs. */
export interface ChildrenDeps {
  readonly applier: Applier;
  readonly informers: Informers;
  readonly pods: PodSettings;
  /** Undefined: registries have no NetworkPolicy of ours. */
  readonly networkPolicy?: NetworkPolicySettings | undefined;
}

/** The objects that serve a registry, as far as they are there and its own. What another controls under that name serves nothing of it. */
export interface ServingObjects {
  readonly deployment?: DeploymentObject;
  readonly service?: KubeObject;
}

/** The children as they are after a pass, or why one of them could not be brought in line. */
export interface AppliedChildren extends ServingObjects {
  readonly config: ConfigMapObject;
  readonly failure?: Failure;
  /** The error behind a failure that passes: throw it, so that the pass is repeated soon. */
  readonly error?: unknown;
  /** The namespace is being deleted, and the registry with it: nothing can be made, and nobody needs to be told. */
  readonly namespaceEnds?: true;
}

interface Failed {
  readonly failure: Failure;
  readonly error: unknown;
}

type Gettable<T extends KubeObject> = { readonly store: { get(key: ObjectKey): T | undefined } };

/** What the stores show of the objects that serve a registry. */
export function servingObjects(object: RegistryObject, informers: Pick<Informers, 'deployments' | 'services'>): ServingObjects {
  const { namespace = '', name } = object.metadata;
  const own = <T extends KubeObject>({ store }: Gettable<T>): T | undefined => {
    const live = store.get({ namespace, name: names.api(name) });
    return live !== undefined && isControlledBy(live, object) ? live : undefined;
  };
  const [deployment, service] = [own(informers.deployments), own(informers.services)];
  return { ...(deployment === undefined ? {} : { deployment }), ...(service === undefined ? {} : { service }) };
}

/** Brings a registry's objects in line. Writes only what differs. */
export async function applyChildren(owned: OwnedRegistry, deps: ChildrenDeps, signal: AbortSignal): Promise<AppliedChildren> {
  const { informers, networkPolicy } = deps;
  const config = renderConfigMap(owned);
  const { apply, remove } = writesOf(owned, deps.applier, signal);
  // The Deployment comes last: its pods need the others, and its internal port is to be guarded from the first moment on.
  const results = await Promise.all([
    apply('ConfigMapFailed', CONFIG_MAPS, config, informers.configMaps),
    apply('ServiceAccountFailed', SERVICE_ACCOUNTS, renderServiceAccount(owned), informers.serviceAccounts),
    apply('ServiceFailed', SERVICES, renderService(owned), informers.services),
    apply('ServiceFailed', SERVICES, renderInternalService(owned), informers.services),
    networkPolicy === undefined
      ? remove('NetworkPolicyFailed', NETWORK_POLICIES, names.internal(owned.name), informers.networkPolicies)
      : apply('NetworkPolicyFailed', NETWORK_POLICIES, renderNetworkPolicy(owned, networkPolicy), informers.networkPolicies),
  ]);
  const [, , service] = results;
  const known = { config, ...servingObjects(owned.object, informers), ...('done' in service ? { service: service.done } : {}) };
  const failed = results.filter((result) => 'failure' in result);
  if (failed.length > 0) return failedWith(known, failed);
  const deployment = await apply('DeploymentFailed', DEPLOYMENTS, renderDeployment(owned, deps.pods), informers.deployments);
  return 'done' in deployment ? { ...known, deployment: deployment.done } : failedWith(known, [deployment]);
}

/** Of several failures the one to be told: what only a change can mend is to be said before what mends itself. */
function failedWith(known: AppliedChildren, failed: readonly Failed[]): AppliedChildren {
  if (failed.some(({ error }) => isNamespaceTerminating(error))) return { ...known, namespaceEnds: true };
  const worst = failed.find(({ failure }) => !failure.passing) ?? failed[0];
  if (worst === undefined) return known;
  return { ...known, failure: worst.failure, ...(worst.failure.passing ? { error: worst.error } : {}) };
}

/** Writes of one registry's objects, whose errors become failures. */
function writesOf(owned: OwnedRegistry, applier: Applier, signal: AbortSignal) {
  const options = { owner: asOwner(owned.object), adopt: identityLabels(owned.name), signal };
  const liveOf = <T extends KubeObject>(name: string, { store }: Gettable<T>): T | undefined =>
    store.get({ namespace: owned.namespace, name });
  const attempt = async <T>(reason: Failure['reason'], write: Promise<T>): Promise<{ readonly done: T } | Failed> => {
    try {
      return { done: await write };
    } catch (error) {
      if (signal.aborted) throw error;
      return { failure: failureOf(reason, error, owned), error };
    }
  };
  return {
    apply: <T extends KubeObject>(reason: Failure['reason'], kind: ResourceKind, desired: T, informer: Gettable<KubeObject>) => {
      const live = liveOf(desired.metadata.name, informer);
      return attempt(
        reason,
        applier.applyIfNeeded(kind, desired, live, options).then(({ object }) => object),
      );
    },
    remove: (reason: Failure['reason'], kind: ResourceKind, name: string, informer: Gettable<KubeObject>) =>
      attempt(reason, applier.deleteIfOurs(kind, liveOf(name, informer), options)),
  };
}
