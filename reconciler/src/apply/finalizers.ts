import type { ApiClient, CallOptions } from '../client/api-client.ts';
import { isNotFound } from '../client/errors.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';

/** Whether the object waits for this finalizer before it goes. */
export function hasFinalizer(object: KubeObject, finalizer: string): boolean {
  return object.metadata.finalizers?.includes(finalizer) === true;
}

/**
 * Has the object stay, when it is deleted, until the finalizer is removed. Writes nothing if it is there, or if the object is being deleted, when
 * the server takes no new one. Answers the object as the server has it. Fails with 409 if the object was changed meanwhile.
 */
export async function addFinalizer<T extends KubeObject>(
  client: Pick<ApiClient, 'patch'>,
  kind: ResourceKind,
  object: T,
  finalizer: string,
  options: CallOptions = {},
): Promise<T> {
  if (hasFinalizer(object, finalizer) || object.metadata.deletionTimestamp !== undefined) return object;
  return write(client, kind, object, [...(object.metadata.finalizers ?? []), finalizer], options);
}

/**
 * Lets the object go, as far as this finalizer kept it. Writes nothing if it is not there; an object that is gone is no fault. Answers the object
 * as the server has it. Fails with 409 if the object was changed meanwhile.
 */
export async function removeFinalizer<T extends KubeObject>(
  client: Pick<ApiClient, 'patch'>,
  kind: ResourceKind,
  object: T,
  finalizer: string,
  options: CallOptions = {},
): Promise<T> {
  if (!hasFinalizer(object, finalizer)) return object;
  const others = object.metadata.finalizers?.filter((other) => other !== finalizer) ?? [];
  try {
    return await write(client, kind, object, others, options);
  } catch (error) {
    if (isNotFound(error)) return object;
    throw error;
  }
}

/** A merge patch replaces the list as a whole: with the version, nobody's finalizer is lost that came meanwhile. */
function write<T extends KubeObject>(
  client: Pick<ApiClient, 'patch'>,
  kind: ResourceKind,
  { metadata: { name, namespace, uid, resourceVersion } }: T,
  finalizers: readonly string[],
  options: CallOptions,
): Promise<T> {
  return client.patch<T>(kind, { name, namespace }, { metadata: { uid, resourceVersion, finalizers } }, options);
}
