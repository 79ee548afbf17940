import { groupOf } from '../client/kinds.ts';
import type { KubeObject, OwnerReference } from '../objects.ts';
import { formatKey, keyOf } from '../objects.ts';
import { appliedEntry } from './fields.ts';

/** Whoever owns: an object the server has given a uid. */
export type Owner = Pick<KubeObject, 'apiVersion' | 'kind'> & { readonly metadata: { readonly name: string; readonly uid?: string } };

/** An object of the wanted name is there already, and is not ours to change. */
export class NotOurs extends Error {
  readonly object: KubeObject;

  constructor(object: KubeObject, owner: Owner) {
    const controller = controllerOf(object);
    // Only the uid tells an owner from an earlier one of the same name.
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

/** The reference to whoever controls an object; undefined: nobody does. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((reference) => reference.controller);
}

/** The reference that makes `owner` the controller of an object: deleting the owner deletes the object. */
export function ownedBy(owner: Owner): OwnerReference {
  const { name, uid } = owner.metadata;
  if (uid === undefined) throw new TypeError(`${owner.kind} ${name} has no uid; only objects that the server knows can own`);
  return { apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/** Whether `owner` controls the object. The uid decides: an owner that was deleted and created again is another one. */
export function isControlledBy(object: KubeObject, owner: Owner): boolean {
  return object.metadata.ownerReferences?.some((reference) => reference.controller && reference.uid === owner.metadata.uid) ?? false;
}

/**
 * Whether an earlier owner of the same kind and name controls the object. That one was deleted, and the garbage collector has yet to delete what
 * it owned: the object goes by itself.
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
 * Whether what an earlier owner of the same name left behind can be taken over: we applied it, and nobody is deleting it. The garbage collector looks at
 * the owner again before it deletes anything, so that it leaves alone what has found a new one.
 */
export function isHeritageOf(object: KubeObject, owner: Owner, fieldManager: string): boolean {
  return isLeftoverOf(object, owner) && isAppliedBy(object, fieldManager) && object.metadata.deletionTimestamp === undefined;
}

/**
 * Whether an object that nobody controls was made by us, for who has these labels: it lost its owner by `kubectl delete --cascade=orphan`,
 * a restore or an edit. The server's own record of who applied what is the proof; labels alone anybody may have.
 */
export function isOrphanOf(object: KubeObject, fieldManager: string, labels: Readonly<Record<string, string>>): boolean {
  return controllerOf(object) === undefined && isAppliedBy(object, fieldManager) && hasLabels(object, labels);
}

/** Whether the field manager has applied the object, by the server's own record. */
export function isAppliedBy(object: KubeObject, fieldManager: string): boolean {
  return appliedEntry(object, fieldManager)?.fieldsV1 !== undefined;
}

/** Whether an object has all of these labels. */
export function hasLabels(object: KubeObject, labels: Readonly<Record<string, string>>): boolean {
  return Object.entries(labels).every(([name, value]) => object.metadata.labels?.[name] === value);
}

/** Throws `NotOurs` if there is an object and `owner` does not control it. */
export function refuseForeign(live: KubeObject | undefined, owner: Owner): void {
  if (live !== undefined && !isControlledBy(live, owner)) throw new NotOurs(live, owner);
}
