import { MAX_TEMPLATE_BYTES, type AllowedReferences } from './parameters.ts';

/** A list with as many templates as fit, and the number left out. */
export interface FittedList {
  readonly references: AllowedReferences;
  readonly left: number;
}

/** Gives each registry the same room for its templates. Templates that are left out admit nothing. */
export function fitTemplates(references: AllowedReferences, registries: number): FittedList {
  const room = MAX_TEMPLATE_BYTES / Math.max(1, registries);
  let bytes = 0;
  const templates = references.templates.toSorted().filter((pattern) => (bytes += pattern.length + 1) <= room);
  return { references: { ...references, templates }, left: references.templates.length - templates.length };
}
