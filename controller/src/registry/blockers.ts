import { isForbidden, NotOurs, RESOURCE_QUOTAS, type ApplySetFailure, type Blocker } from '@toolhive-registry/reconciler';

/** A stranger's object in the place of ours, or the quotas of the namespace: no informer follows either. */
export function blockersOf({ kind, error }: ApplySetFailure, namespace: string): Blocker[] {
  if (error instanceof NotOurs) {
    const { name, uid } = error.object.metadata;
    return [{ kind, namespace, name, ...(uid === undefined ? {} : { uid }) }];
  }
  return isForbidden(error) && /(exceeded|failed) quota/.test(String(error)) ? [{ kind: RESOURCE_QUOTAS, namespace }] : [];
}
