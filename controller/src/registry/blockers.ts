import { isForbidden, NotOurs, RESOURCE_QUOTAS, type ApplySetFailure, type Blocker } from '@toolhive-registry/reconciler';

/** What a registry can be blocked by: an object of somebody else with one of its names, or the quotas of the namespace. No informer watches either. */
export function blockersOf({ kind, error }: ApplySetFailure, namespace: string): Blocker[] {
  if (error instanceof NotOurs) {
    const { name, uid } = error.object.metadata;
    return [{ kind, namespace, name, ...(uid === undefined ? {} : { uid }) }];
  }
  return isForbidden(error) && /(exceeded|failed) quota/.test(String(error)) ? [{ kind: RESOURCE_QUOTAS, namespace }] : [];
}
