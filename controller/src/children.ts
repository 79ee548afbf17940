import { names } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  isForbidden,
  isRecord,
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
import { asOwner, type OwnedRegistry } from './resource.ts';
import type { Failure } from './status/observation.ts';

/** The children as they are after a pass, or why one of them could not be brought in line. */
export interface AppliedChildren {
  readonly config: ConfigMapObject;
  readonly deployment?: DeploymentObject;
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
  const failedWith = (failed: readonly Failed[]): AppliedChildren => {
    const live = informers.deployments.store.get({ namespace: owned.namespace, name: names.api(owned.name) });
    const known = { config, ...(live === undefined ? {} : { deployment: live }) };
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
  const failed = results.filter((result) => 'failure' in result);
  if (failed.length > 0) return failedWith(failed);
  const deployment = await apply('DeploymentFailed', DEPLOYMENTS, renderDeployment(owned, deps.pods), informers.deployments.store);
  return 'object' in deployment ? { config, deployment: deployment.object } : failedWith([deployment]);
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
  if (error instanceof NotOurs) {
    return { reason, message: `${message}; delete it or choose another name for the registry`, podTemplate: false, passing: false };
  }
  const lasting = error instanceof KubeApiError && (REFUSALS.includes(error.status) || isUntypable(error));
  if (!lasting) return { reason, message, podTemplate: false, passing: true };
  const fromTemplate = reason === 'DeploymentFailed' && owned.registry.spec.podTemplateSpec !== undefined && !isForbidden(error);
  return { reason, message, podTemplate: fromTemplate, passing: false };
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
