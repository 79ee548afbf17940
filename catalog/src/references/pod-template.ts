import { fieldAt } from './fields.ts';

/** Lists of a pod whose elements have images. */
export const POD_LISTS: readonly string[] = ['containers', 'initContainers', 'ephemeralContainers', 'volumes'];
/** Every field on the path to an image. */
export const POD_NAMES: readonly string[] = ['spec', ...POD_LISTS, 'image', 'reference'];
/** Normalized names of the fields of a pod. */
export const FIELD_PATTERN = '^[a-z][A-Za-z0-9]*$';

const FIELD = new RegExp(FIELD_PATTERN);
const FOLDED = new Set(POD_NAMES.map((name) => name.toLowerCase()));

/**
 * Fields of a pod template whose names nearly match those that are checked, as the admission policies find them: Go's decoder accepts them. One text for each
 * object that has some.
 */
export function misspelledFields(object: unknown, template: string): string[] {
  const pod = fieldAt(object, template);
  const spec = fieldAt(pod, 'spec');
  const listed = POD_LISTS.flatMap((field): unknown[] => listAt(spec, field));
  const images = listAt(spec, 'volumes').map((volume) => fieldAt(volume, 'image'));
  return [pod, spec, ...listed, ...images].flatMap((one) => {
    const wrong = typeof one === 'object' && one !== null && !Array.isArray(one) ? Object.keys(one).filter(isMisspelled) : [];
    return wrong.length === 0 ? [] : [wrong.join(', ')];
  });
}

function listAt(object: unknown, field: string): unknown[] {
  const value = fieldAt(object, field);
  return Array.isArray(value) ? value : [];
}

function isMisspelled(name: string): boolean {
  return !FIELD.test(name) || (FOLDED.has(name.toLowerCase()) && !POD_NAMES.includes(name));
}
