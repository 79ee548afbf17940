import { kind as registryKind, names } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  controllerOf,
  DEPLOYMENTS,
  formatKey,
  isControlledBy,
  isForbidden,
  isLeftoverOf,
  isRecord,
  keyOf,
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
import { identityLabels } from './render/labels.ts';
import { renderConfigMap, renderService, renderServiceAccount, type ConfigMapObject } from './render/objects.ts';
import type { PodSettings } from './render/pod-template.ts';
import { asOwner, type OwnedRegistry, type RegistryObject } from './resource.ts';
import type { Failure } from './status/observation.ts';

/** The objects that serve a registry, as far as they are there and its own. What another controls under that name serves nothing of it. */
export interface ServingObjects {
  readonly deployment?: DeploymentObject;
  readonly service?: KubeObject;
}

/** What the stores show of the objects that serve a registry. */
export function servingObjects(object: RegistryObject, informers: Pick<Informers, 'deployments' | 'services'>): ServingObjects {
  const { namespace = '', name } = object.metadata;
  const own = <T extends KubeObject>(store: { get(key: ObjectKey): T | undefined }): T | undefined => {
    const live = store.get({ namespace, name: names.api(name) });
    return live !== undefined && isControlledBy(live, object) ? live : undefined;
  };
  const [deployment, service] = [own(informers.deployments.store), own(informers.services.store)];
  return { ...(deployment === undefined ? {} : { deployment }), ...(service === undefined ? {} : { service }) };
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

/** Brings a registry's objects in line. Writes only what differs. */
export async function applyChildren(
  owned: OwnedRegistry,
  deps: { readonly applier: Applier; readonly informers: Informers; readonly pods: PodSettings },
  signal: AbortSignal,
): Promise<AppliedChildren> {
  const { applier, informers } = deps;
  const owner = asOwner(owned.object);
  const adopt = identityLabels(owned.name);
  const config = renderConfigMap(owned);
  const apply = async <T extends KubeObject>(
    reason: Failure['reason'],
    kind: ResourceKind,
    desired: T,
    store: { get(key: ObjectKey): KubeObject | undefined },
  ): Promise<{ object: T } | Failed> => {
    const key = { namespace: owned.namespace, name: desired.metadata.name };
    try {
      const { object } = await applier.applyIfNeeded(kind, desired, store.get(key), { owner, adopt, signal });
      return { object };
    } catch (error) {
      if (signal.aborted) throw error;
      return { failure: failureOf(reason, error, owned), error };
    }
  };
  const live = servingObjects(owned.object, informers);
  const failedWith = (failed: readonly Failed[], applied: ServingObjects): AppliedChildren => {
    const known = { config, ...live, ...applied };
    if (failed.some(({ error }) => isNamespaceTerminating(error))) return { ...known, namespaceEnds: true };
    // What only a change can mend is to be said before what mends itself.
    const worst = failed.find(({ failure }) => !failure.passing) ?? failed[0];
    if (worst === undefined) return known;
    return { ...known, failure: worst.failure, ...(worst.failure.passing ? { error: worst.error } : {}) };
  };
  // The Deployment comes last: its pods need the others.
  const results = await Promise.all([
    apply('ConfigMapFailed', CONFIG_MAPS, config, informers.configMaps.store),
    apply('ServiceAccountFailed', SERVICE_ACCOUNTS, renderServiceAccount(owned), informers.serviceAccounts.store),
    apply('ServiceFailed', SERVICES, renderService(owned), informers.services.store),
  ]);
  const [, , service] = results;
  const applied = 'object' in service ? { service: service.object } : {};
  const failed = results.filter((result) => 'failure' in result);
  if (failed.length > 0) return failedWith(failed, applied);
  const deployment = await apply('DeploymentFailed', DEPLOYMENTS, renderDeployment(owned, deps.pods), informers.deployments.store);
  return 'object' in deployment ? { config, ...applied, deployment: deployment.object } : failedWith([deployment], applied);
}

interface Failed {
  readonly failure: Failure;
  readonly error: unknown;
}

/** Answers that stay the same until the spec, the object or a right changes. Too large (413) is one: the next try is as large. */
const REFUSALS: readonly number[] = [400, 403, 413, 422];

/** What the status says of an error. */
function failureOf(reason: Failure['reason'], error: unknown, owned: OwnedRegistry): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof NotOurs && isLeftoverOf(error.object, asOwner(owned.object))) {
    return { reason: 'WaitingForDeletion', message: leftoverMessage(error.object), podTemplate: false, passing: true };
  }
  if (error instanceof NotOurs) {
    return { reason, message: `${message}; delete it or choose another name for the registry`, podTemplate: false, passing: false };
  }
  const lasting = error instanceof KubeApiError && (REFUSALS.includes(error.status) || isUntypable(error));
  if (!lasting) return { reason, message, podTemplate: false, passing: true };
  const fromTemplate = reason === 'DeploymentFailed' && owned.registry.spec.podTemplateSpec !== undefined && !isForbidden(error);
  return { reason, message, podTemplate: fromTemplate, passing: false };
}

/** After `kubectl delete` and `kubectl apply` at once the objects of before are still there, for as long as the garbage collector takes. */
function leftoverMessage(leftover: KubeObject): string {
  const { name = '', uid = '' } = controllerOf(leftover) ?? {};
  const what = `${leftover.kind} ${formatKey(keyOf(leftover))}`;
  return `${what} still belongs to the deleted ${registryKind} ${name} with uid ${uid}; waiting for the garbage collector to delete it`;
}

/** How server-side apply says that a value has the wrong type, or is no quantity: with 500, for ever (kube-apiserver 1.34). */
const UNTYPABLE: readonly string[] = ['failed to create typed patch object', 'failed to convert new object'];

function isUntypable(error: KubeApiError): boolean {
  return error.status === 500 && UNTYPABLE.some((text) => error.message.includes(text));
}

/** Nothing can be created in a namespace that is being deleted: 403 with a cause of its own (core/v1 NamespaceTerminatingCause). */
function isNamespaceTerminating(error: unknown): boolean {
  if (!(error instanceof KubeApiError) || error.status !== 403) return false;
  const causes = error.details?.['causes'];
  return Array.isArray(causes) && causes.some((cause) => isRecord(cause) && cause['reason'] === 'NamespaceTerminating');
}
