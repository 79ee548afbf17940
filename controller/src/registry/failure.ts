import { kind as registryKind } from '@toolhive-registry/api';
import {
  AnotherWriter,
  controllerOf,
  formatKey,
  isForbidden,
  isLeftoverOf,
  isRecord,
  KubeApiError,
  keyOf,
  NotOurs,
  type KubeObject,
} from '@toolhive-registry/reconciler';
import type { ValidRegistry } from './resource.ts';

/** Why the children could not be reconciled. */
export interface Failure {
  /** `KINDFailed`, with the kind of the object that could not be reconciled. */
  readonly reason: `${string}Failed` | 'WaitingForDeletion' | 'NameTaken' | 'AnotherWriter' | 'Forbidden' | 'NotAllowed';
  readonly message: string;
  /** The API server refused what `podTemplateSpec` made of the Deployment. */
  readonly podTemplate: boolean;
  /** A retry may succeed, as with a webhook that cannot be reached; otherwise only a change helps. */
  readonly transient: boolean;
  /** The objects that serve the registry may not be watched, so that it is unknown whether it is served. */
  readonly blind?: boolean;
}

/** Answers that do not change until the spec, the object or a permission changes. Too large (413) is one: the next request is just as large. */
const REFUSALS: readonly number[] = [400, 403, 413, 422];

/** The failure that the status reports for an error of a child. `leftovers`: the `apiVersion`s in which an owner of the name is gone. */
export function failureOf(reason: Failure['reason'], error: unknown, registry: ValidRegistry, leftovers: readonly string[]): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof NotOurs && leftovers.some((apiVersion) => isLeftoverOf(error.object, { ...registry.object, apiVersion }))) {
    return { reason: 'WaitingForDeletion', message: leftoverMessage(error.object), podTemplate: false, transient: true };
  }
  if (error instanceof NotOurs) {
    return { reason, message: `${message}; delete it or choose another name for the registry`, podTemplate: false, transient: false };
  }
  if (error instanceof AnotherWriter) return { reason: 'AnotherWriter', message, podTemplate: false, transient: false };
  const lasting = error instanceof KubeApiError && (REFUSALS.includes(error.status) || isUntypable(error));
  if (!lasting) return { reason, message, podTemplate: false, transient: true };
  const fromTemplate = reason === 'DeploymentFailed' && registry.manifest.spec.podTemplateSpec !== undefined && !isForbidden(error);
  return { reason, message, podTemplate: fromTemplate, transient: false };
}

/** Right after `kubectl delete` and `kubectl apply` the old objects still exist, until the garbage collector has deleted them. */
function leftoverMessage(leftover: KubeObject): string {
  const { name = '', uid = '' } = controllerOf(leftover) ?? {};
  const what = `${leftover.kind} ${formatKey(keyOf(leftover))}`;
  return `${what} still belongs to the deleted ${registryKind} ${name} with uid ${uid}; waiting for the garbage collector to delete it`;
}

/** Errors of server-side apply for a value of the wrong type, or a malformed quantity: sent with 500, permanently (kube-apiserver 1.34). */
const UNTYPABLE: readonly string[] = ['failed to create typed patch object', 'failed to convert new object'];

function isUntypable(error: KubeApiError): boolean {
  return error.status === 500 && UNTYPABLE.some((text) => error.message.includes(text));
}

/** Nothing can be created in a namespace that is being deleted: 403 with its own cause (core/v1 NamespaceTerminatingCause). */
export function isNamespaceTerminating(error: unknown): boolean {
  if (!(error instanceof KubeApiError) || error.status !== 403) return false;
  const causes = error.details?.['causes'];
  return Array.isArray(causes) && causes.some((cause) => isRecord(cause) && cause['reason'] === 'NamespaceTerminating');
}
