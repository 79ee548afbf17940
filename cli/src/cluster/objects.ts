import { groups, kind as registryKindName } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  isAlreadyExists,
  isNotFound,
  type KubeObject,
  type ObjectRef,
  type ResourceKind,
} from '@toolhive-registry/reconciler/client';
import { Failure } from '../program/failure.ts';
import { FIELD_MANAGER } from './annotate.ts';
import { explained, type Cluster } from './connect.ts';
import { registryKind } from './registries.ts';

/** How an object is written. */
export interface WriteMode {
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
}

/** The name of a written object, as kubectl prints it. */
export function writtenName(object: KubeObject): string {
  const group = object.apiVersion?.includes('/') ? `.${object.apiVersion.split('/')[0] ?? ''}` : '';
  return `${(object.kind ?? '').toLowerCase()}${group}/${object.metadata.name}`;
}

function kindOf({ apiVersion, kind }: KubeObject): ResourceKind {
  const group = groups.find((one) => apiVersion?.startsWith(`${one}/`));
  if (kind === registryKindName && group !== undefined) return registryKind(group);
  if (kind === 'ConfigMap') return CONFIG_MAPS;
  throw new Error(`no way to write a ${kind ?? ''}`);
}

/** Creates an object that is not there yet. Throws a {@link Failure} where it is. */
export async function create<T extends KubeObject>({ client, access }: Cluster, object: T, { dryRun, signal }: WriteMode): Promise<T> {
  try {
    return await client.create(kindOf(object), object, { dryRun, signal, fieldManager: FIELD_MANAGER });
  } catch (error) {
    if (isAlreadyExists(error))
      throw new Failure(`${writtenName(object)} already exists in namespace ${object.metadata.namespace ?? 'default'}`, {
        cause: error,
        remedy: 'change it with set, or choose another name',
      });
    throw explained(error, access);
  }
}

/** Reads an object; undefined where there is none. */
export async function find<T extends KubeObject>(
  { client, access }: Cluster,
  kind: ResourceKind,
  ref: ObjectRef,
  signal: AbortSignal,
): Promise<T | undefined> {
  return client.get<T>(kind, ref, { signal }).catch((error: unknown) => {
    if (isNotFound(error)) return undefined;
    throw explained(error, access);
  });
}

/** Deletes exactly the object that was read, not a later one of the same name; false if it is gone. */
export async function remove({ client, access }: Cluster, object: KubeObject, { dryRun, signal }: WriteMode): Promise<boolean> {
  const { namespace, name, uid } = object.metadata;
  try {
    await client.delete(kindOf(object), { namespace, name }, { dryRun, signal, ...(uid === undefined ? {} : { uid }) });
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw explained(error, access);
  }
}
