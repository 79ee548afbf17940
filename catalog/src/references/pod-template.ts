import { fieldAt } from './fields.ts';

/** Lists of a pod whose elements name images. */
export const POD_LISTS: readonly string[] = ['containers', 'initContainers', 'ephemeralContainers', 'volumes'];
/** Every field on the way to an image. */
export const POD_NAMES: readonly string[] = ['spec', ...POD_LISTS, 'image', 'reference'];
/** What every field of a pod is named like. */
export const FIELD_PATTERN = '^[a-z][A-Za-z0-9]*$';

const FIELD = new RegExp(FIELD_PATTERN);
const FOLDED = new Set(POD_NAMES.map((name) => name.toLowerCase()));

/** Fields of a pod template that only nearly have the names that are looked for, as the admission policies find them: Go's decoder takes them for those. One text for each object that has some. */
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
