import { isNestedDeeper, type Json } from '../../json.ts';
import type { Statement, Subject } from './statement.ts';

/** A piece of a sentence: our own words, or a text from a catalog, which has to be escaped wherever it is shown. */
export type PhrasePart = { readonly words: string } | { readonly value: string };

/** Limits of a phrase. */
export interface PhraseLimits {
  /** Most subjects that are named; the others are counted. */
  readonly subjects?: number;
  /** Longest value, in characters. */
  readonly value?: number;
}

const MAX_SUBJECTS = 20;
const MAX_VALUE = 200;
/** Characters shown before the first one that differs, for two long texts with the same beginning. */
const CONTEXT = 40;
const MAX_DEPTH = 200;

/** A statement as pieces of a sentence: `new environment variables: `, `API_KEY`, ` (secret, required), `, `REGION`. */
export function phraseOf(
  { what, subjects }: Statement,
  { subjects: most = MAX_SUBJECTS, value = MAX_VALUE }: PhraseLimits = {},
): PhrasePart[] {
  const named = subjects
    .slice(0, most)
    .map((subject) => subjectParts(subject, value))
    .filter((parts) => parts.length > 0);
  const parts = named.flatMap((one, index) => (index === 0 ? one : [{ words: ', ' }, ...one]));
  const more = subjects.length - most;
  return [{ words: parts.length === 0 ? what : `${what}: ` }, ...parts, ...(more > 0 ? [{ words: ` and ${more} more` }] : [])];
}

function subjectParts({ name, notes, before, after }: Subject, most: number): PhrasePart[] {
  const noted = notes === undefined ? [] : [{ words: ` (${notes})` }];
  const changed = changeParts(before, after, most);
  if (name === undefined) return [...changed, ...noted];
  const shown = { value: cut(shownText(name), most) };
  if (changed.length === 0) return [shown, ...noted];
  return before === undefined
    ? [shown, ...noted, { words: ' = ' }, ...changed]
    : [shown, ...noted, { words: ' (' }, ...changed, { words: ')' }];
}

function changeParts(before: Json | undefined, after: Json | undefined, most: number): PhrasePart[] {
  if (before === undefined && after === undefined) return [];
  const [was, is] = [before, after].map((value) => (value === undefined ? undefined : shownText(value)));
  if (was === undefined) return [{ value: cut(is ?? '', most) }];
  if (is === undefined) return [{ words: 'was ' }, { value: cut(was, most) }];
  const from = was.length > most || is.length > most ? Math.max(0, commonStart(was, is) - CONTEXT) : 0;
  return [{ value: cut(was, most, from) }, { words: ' → ' }, { value: cut(is, most, from) }];
}

/** A value for display: a text as it is, unless its beginning and end would not be visible. */
function shownText(value: Json): string {
  if (typeof value === 'string') return value === '' || value.trim() !== value ? JSON.stringify(value) : value;
  return isNestedDeeper(value, MAX_DEPTH) ? '…' : JSON.stringify(value);
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function cut(text: string, most: number, from = 0): string {
  const start = from > 0 ? '…' : '';
  return text.length - from > most
    ? `${start}${text.slice(from, from + most)}… (${text.length} characters)`
    : `${start}${text.slice(from)}`;
}
