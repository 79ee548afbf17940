import { groupOf } from '../client/kinds.ts';
import type { KubeObject, OwnerReference } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import { appliedEntry } from './fields.ts';

/** An owner: an object to which the server has given a UID. */
export type Owner = Pick<KubeObject, 'apiVersion' | 'kind'> & { readonly metadata: { readonly name: string; readonly uid?: string } };

/** An object of the wanted name already exists, and is not ours to change. */
export class NotOurs extends Error {
  readonly object: KubeObject;

  constructor(object: KubeObject, owner: Owner) {
    const controller = controllerOf(object);
    // Only the UID distinguishes an owner from an earlier one of the same name.
    const isNamesake = controller?.kind === owner.kind && controller.name === owner.metadata.name;
    const described = (kind: string, name: string, uid = ''): string => `${kind} ${name}${isNamesake ? ` with uid ${uid}` : ''}`;
    const whose =
      controller === undefined
        ? 'is not controlled by anything'
        : `is controlled by ${described(controller.kind, controller.name, controller.uid)}`;
    const wanted = described(owner.kind, owner.metadata.name, owner.metadata.uid);
    super(`${object.kind} ${formatKey(keyOf(object))} exists and ${whose}, not by ${wanted}`);
    this.name = 'NotOurs';
    this.object = object;
  }
}

/** The reference to the controller of an object; undefined: it has none. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller);
}

/** The reference that makes `owner` the controller of an object: deleting the owner deletes the object. */
export function ownedBy(owner: Owner): OwnerReference {
  const { name, uid } = owner.metadata;
  if (uid === undefined) throw new TypeError(`${owner.kind} ${name} has no uid; only objects that the server knows can own`);
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** Whether `owner` controls the object. The UID decides: an owner that was deleted and recreated is another one. */
export function isControlledBy(object: KubeObject, owner: Owner): boolean {
  return object.metadata.ownerReferences?.some((reference) => reference.controller && reference.uid === owner.metadata.uid) ?? false;
}

/**
 * Whether an earlier owner of the same kind and name controls the object. That one was deleted, and the garbage collector has yet to delete what it owned: the
 * object will disappear by itself.
 */
export function isLeftoverOf(object: KubeObject, owner: Owner): boolean {
  const controller = controllerOf(object);
  return (
    controller !== undefined &&
    controller.kind === owner.kind &&
    groupOf(controller.apiVersion) === groupOf(owner.apiVersion) &&
    controller.name === owner.metadata.name &&
    controller.uid !== owner.metadata.uid
  );
}

/**
 * Whether what an earlier owner of the same name left behind can be taken over: we applied it, and it is not being deleted. The garbage collector checks the
 * owner again before it deletes anything, so that it spares objects that have a new one.
 */
export function isHeritageOf(object: KubeObject, owner: Owner, fieldManager: string): boolean {
  return isLeftoverOf(object, owner) && isAppliedBy(object, fieldManager) && object.metadata.deletionTimestamp === undefined;
}

/**
 * Whether an object without controller was created by us, for the owner with these labels: it lost its owner by `kubectl delete --cascade=orphan`, a restore or
 * an edit. The server's field ownership is the proof; anybody may set labels.
 */
export function isOrphanOf(object: KubeObject, fieldManager: string, labels: Readonly<Record<string, string>>): boolean {
  return controllerOf(object) === undefined && isAppliedBy(object, fieldManager) && hasLabels(object, labels);
}

/** Whether the field manager has applied the object, by the server's field ownership. */
export function isAppliedBy(object: KubeObject, fieldManager: string): boolean {
  return appliedEntry(object, fieldManager)?.fieldsV1 !== undefined;
}

/** Whether an object has all of these labels. */
export function hasLabels(object: KubeObject, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => object.metadata.labels?.[name] === value);
}

/** Throws `NotOurs` if there is an object that `owner` does not control. */
export function refuseForeign(live: KubeObject | undefined, owner: Owner): void {
  if (live !== undefined && !isControlledBy(live, owner)) throw new NotOurs(live, owner);
}
