import { names } from '@toolhive-registry/api';
import type { KubeObject } from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { childMetadata } from './metadata.ts';

/** A ServiceAccount, reduced to the fields that we write. */
export interface ServiceAccountObject extends KubeObject {
  readonly automountServiceAccountToken: boolean;
  readonly imagePullSecrets?: readonly { readonly name: string }[];
}

/** ServiceAccount NAME-api: the pods' own identity, without a mounted token. */
export function renderServiceAccount(registry: ValidRegistry): ServiceAccountObject {
  const pullSecrets = registry.manifest.spec.imagePullSecrets;
  return {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: childMetadata(registry, names.api(registry.name)),
    automountServiceAccountToken: false,
    ...(pullSecrets === undefined ? {} : { imagePullSecrets: pullSecrets.map(({ name }) => ({ name })) }),
  };
}
