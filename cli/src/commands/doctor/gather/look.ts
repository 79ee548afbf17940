import { isForbidden, isOutage, KubeApiError, KubeConnectionError, KubeDecodeError } from '@toolhive-registry/reconciler/client';
import { explained, type Cluster } from '../../../cluster/connect.ts';
import { Failure, sentenceOf } from '../../../program/failure.ts';
import { seen, type Seen } from '../finding.ts';

/**
 * Looks at something. What is not allowed, and what fails, is unseen. `permission` is what it takes, such as `list pods in namespace prod`. Throws if nothing answers, or
 * the user is not let in, and the signal's reason when that is aborted.
 */
export async function look<T>(
  cluster: Pick<Cluster, 'access'>,
  permission: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<Seen<T>> {
  try {
    return seen(await work());
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof KubeConnectionError || isUnauthorized(error)) throw explained(error, cluster.access);
    if (isForbidden(error)) return { is: 'unseen', why: `you may not ${permission}`, permission };
    const found = explained(error, cluster.access);
    if (!(found instanceof Failure))
      return { is: 'unseen', why: `the answer of the API server cannot be understood (${sentenceOf(found)})` };
    return { is: 'unseen', why: found.message, remedy: isFailing(error) ? found.remedy : undefined };
  }
}

/** The API server cannot answer, whatever the permissions and the request. */
function isFailing(error: unknown): boolean {
  return isOutage(error) || error instanceof KubeDecodeError;
}

/** The API server does not know the user, and answers nothing. */
function isUnauthorized(error: unknown): boolean {
  return error instanceof KubeApiError && error.status === 401;
}

/** ` in namespace prod`, or ` in all namespaces`. */
export function inNamespace(namespace: string | undefined): string {
  return namespace === undefined ? ' in all namespaces' : ` in namespace ${namespace}`;
}
