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

/** Why the children could not be brought in line. */
export interface Failure {
  /** `KINDFailed`, of the kind of object that could not be brought in line. */
  readonly reason: `${string}Failed` | 'WaitingForDeletion' | 'NameTaken' | 'AnotherWriter' | 'Forbidden' | 'NotAllowed';
  readonly message: string;
  /** The API server refused what `podTemplateSpec` made of the Deployment. */
  readonly podTemplate: boolean;
  /** It may be gone at the next try, such as a webhook that cannot be reached; otherwise only a change mends it. */
  readonly transient: boolean;
  /** What serves the registry may not be watched, so that nobody knows whether it is served. */
  readonly blind?: boolean;
}

/** Answers that stay the same until the spec, the object or a right changes. Too large (413) is one: the next try is as large. */
const REFUSALS: readonly number[] = [400, 403, 413, 422];

/** What the status says of an error that kept a child from being brought in line. `leftovers`: of which `apiVersion`s an owner of the name is gone. */
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
export function isNamespaceTerminating(error: unknown): boolean {
  if (!(error instanceof KubeApiError) || error.status !== 403) return false;
  const causes = error.details?.['causes'];
  return Array.isArray(causes) && causes.some((cause) => isRecord(cause) && cause['reason'] === 'NamespaceTerminating');
}
