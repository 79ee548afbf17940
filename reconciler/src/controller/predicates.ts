import { sameJson } from '../apply/json.ts';
import type { InformerEvent } from '../informer/events.ts';
import type { KubeObject, ObjectMeta } from '../objects.ts';
import type { Predicate } from './types.ts';

/** Passes what all of them pass. */
export function and<T extends KubeObject>(...predicates: readonly Predicate<T>[]): Predicate<T> {
  return (event) => predicates.every((passes) => passes(event));
}

/** Passes what any of them passes. */
export function or<T extends KubeObject>(...predicates: readonly Predicate<T>[]): Predicate<T> {
  return (event) => predicates.some((passes) => passes(event));
}

/** Passes what the other one does not. */
export function not<T extends KubeObject>(predicate: Predicate<T>): Predicate<T> {
  return (event) => !predicate(event);
}

/** Passes only events of these types. */
export function ofType(...types: readonly InformerEvent<KubeObject>['type'][]): Predicate {
  return ({ type }) => types.includes(type);
}

/**
 * The spec changed (`metadata.generation`). Objects of kinds without generation, such as ConfigMaps, always pass: none of their changes may be missed. Like all
 * predicates of a change it passes objects that are added or deleted.
 */
export function generationChanged(event: InformerEvent<KubeObject>): boolean {
  return event.object.metadata.generation === undefined || changed(event, 'generation');
}

/** Labels changed. */
export function labelsChanged(event: InformerEvent<KubeObject>): boolean {
  return changed(event, 'labels');
}

/** Annotations changed. */
export function annotationsChanged(event: InformerEvent<KubeObject>): boolean {
  return changed(event, 'annotations');
}

/** Finalizers changed. */
export function finalizersChanged(event: InformerEvent<KubeObject>): boolean {
  return changed(event, 'finalizers');
}

/** Deletion was requested, and waits for finalizers or dependents. */
export function deletionStarted(event: InformerEvent<KubeObject>): boolean {
  return changed(event, 'deletionTimestamp');
}

/** Changes of spec, labels, annotations, finalizers and deletion count; those of the status do not. */
export const ignoreStatusChanges: Predicate = or(generationChanged, labelsChanged, annotationsChanged, finalizersChanged, deletionStarted);

function changed(event: InformerEvent<KubeObject>, field: keyof ObjectMeta): boolean {
  return event.type !== 'update' || !sameJson(event.old.metadata[field] ?? null, event.object.metadata[field] ?? null);
}
