import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  isForbidden,
  KubeApiError,
  NotOurs,
  SERVICE_ACCOUNTS,
  SERVICES,
  type Applier,
  type KubeObject,
  type ObjectKey,
  type ResourceKind,
} from '@toolhive-registry/reconciler';
import type { Informers } from './informers.ts';
import { renderDeployment, type DeploymentObject } from './render/deployment.ts';
import { renderConfigMap, renderService, renderServiceAccount, type ConfigMapObject } from './render/objects.ts';
import type { PodSettings } from './render/pod-template.ts';
import { asOwner, type OwnedRegistry } from './resource.ts';
import type { Failure } from './status/derive.ts';

/** The children as they are after a pass, or why one of them could not be brought in line. */
export interface AppliedChildren {
  readonly config: ConfigMapObject;
  readonly deployment?: DeploymentObject;
  readonly failure?: Failure;
}

/** Brings a registry's objects in line. Writes only what differs. Throws for faults that pass: the pass is then repeated. */
export async function applyChildren(
  owned: OwnedRegistry,
  deps: { readonly applier: Applier; readonly informers: Informers; readonly pods: PodSettings },
  signal: AbortSignal,
): Promise<AppliedChildren> {
  const { applier, informers } = deps;
  const owner = asOwner(owned.object);
  const config = renderConfigMap(owned);
  const apply = async <T extends KubeObject>(
    reason: Failure['reason'],
    kind: ResourceKind,
    desired: T,
    store: { get(key: ObjectKey): KubeObject | undefined },
  ): Promise<{ object: T } | { failure: Failure }> => {
    const key = { namespace: owned.namespace, name: desired.metadata.name };
    try {
      const { object } = await applier.applyIfNeeded(kind, desired, store.get(key), { owner, signal });
      return { object };
    } catch (error) {
      return { failure: failureOf(reason, error, owned) };
    }
  };
  // The Deployment comes last: its pods need the others.
  const results = await Promise.all([
    apply('ConfigMapFailed', CONFIG_MAPS, config, informers.configMaps.store),
    apply('ServiceAccountFailed', SERVICE_ACCOUNTS, renderServiceAccount(owned), informers.serviceAccounts.store),
    apply('ServiceFailed', SERVICES, renderService(owned), informers.services.store),
  ]);
  const failed = results.find((result) => 'failure' in result);
  if (failed !== undefined) {
    const live = informers.deployments.store.get({ namespace: owned.namespace, name: `${owned.name}-api` });
    return { config, failure: failed.failure, ...(live === undefined ? {} : { deployment: live }) };
  }
  const deployment = await apply('DeploymentFailed', DEPLOYMENTS, renderDeployment(owned, deps.pods), informers.deployments.store);
  if ('object' in deployment) return { config, deployment: deployment.object };
  const live = informers.deployments.store.get({ namespace: owned.namespace, name: `${owned.name}-api` });
  return { config, failure: deployment.failure, ...(live === undefined ? {} : { deployment: live }) };
}

/** What the status says of an error. Errors that another try may not meet are thrown again. */
function failureOf(reason: Failure['reason'], error: unknown, owned: OwnedRegistry): Failure {
  if (error instanceof NotOurs) {
    return { reason, message: `${error.message}; delete it or choose another name for the registry`, podTemplate: false };
  }
  const refused = error instanceof KubeApiError && (error.status === 400 || error.status === 422 || isUntypable(error));
  if (refused)
    return {
      reason,
      message: error.message,
      podTemplate: reason === 'DeploymentFailed' && owned.registry.spec.podTemplateSpec !== undefined,
    };
  if (isForbidden(error)) return { reason, message: error instanceof Error ? error.message : String(error), podTemplate: false };
  throw error;
}

/** A value of the wrong type is answered with 500 by server-side apply, for ever (kube-apiserver 1.34). */
function isUntypable(error: KubeApiError): boolean {
  return error.status === 500 && error.message.includes('failed to create typed patch object');
}
