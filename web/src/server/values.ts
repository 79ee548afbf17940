import { asText, isObject, type Json, type JsonObject } from '@toolhive-registry/catalog/entry';

/** The objects of a list; none where there is no list. */
export function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of a list. */
export function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one) => asText(one) ?? []) : [];
}

/** Texts, numbers and truth values of a list, as texts. */
export function scalarsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one) => scalar(one) ?? []) : [];
}

/** A text, number or truth value as a text. */
export function scalar(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A non-empty text. */
export function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
