import type { ApiClient, CallOptions } from '../client/api-client.ts';
import { isNotFound } from '../client/errors.ts';
import type { ResourceKind } from '../client/kinds.ts';
import type { KubeObject } from '../objects.ts';

/** Whether the object waits for this finalizer before it is deleted. */
export function hasFinalizer(object: KubeObject, finalizer: string): boolean {
  return object.metadata.finalizers?.includes(finalizer) === true;
}

/**
 * Keeps the object, when it is deleted, until the finalizer is removed. Writes nothing if it is present, or if the object is being deleted, when the server
 * accepts no new one. Returns the server's object. Fails with 409 if the object was changed meanwhile.
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
 * Releases the object as far as this finalizer keeps it. Writes nothing if it is absent; a deleted object is no error. Returns the server's object. Fails with
 * 409 if the object was changed meanwhile.
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

/** A merge patch replaces the whole list: the version makes sure that no finalizer is lost that was added meanwhile. */
function write<T extends KubeObject>(
  client: Pick<ApiClient, 'patch'>,
  kind: ResourceKind,
  { metadata: { name, namespace, uid, resourceVersion } }: T,
  finalizers: readonly string[],
  options: CallOptions,
): Promise<T> {
  return client.patch<T>(kind, { name, namespace }, { metadata: { uid, resourceVersion, finalizers } }, options);
}
