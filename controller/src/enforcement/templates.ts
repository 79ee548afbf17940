import { MAX_TEMPLATE_BYTES, type AllowedReferences } from './parameters.ts';

/** A list of which as many templates are kept as there is room for, and how many there is none for. */
export interface FittedList {
  readonly references: AllowedReferences;
  readonly left: number;
}

/** Gives each of so many registries the same room for its templates. What is left out admits nothing. */
export function fitTemplates(references: AllowedReferences, registries: number): FittedList {
  const room = MAX_TEMPLATE_BYTES / Math.max(1, registries);
  let bytes = 0;
  const templates = references.templates.toSorted().filter((pattern) => (bytes += pattern.length + 1) <= room);
  return { references: { ...references, templates }, left: references.templates.length - templates.length };
}
