import { CORE_SCHEMA, dump, DUMP_SCHEMA, floatCoreTag, intCoreTag, type Schema } from 'js-yaml';
import { exactNumber, exactText } from '../exact-json.ts';
import { isObject, type Json } from '../json.ts';
import { withEscapes, withMarks } from './yaml-escapes.ts';

type NumberTag = typeof floatCoreTag;

/** A YAML number that JSON would write differently is kept by its text: `1.10` is often a version. */
function keepingText(tag: NumberTag): NumberTag {
  return {
    ...tag,
    resolve: (source, ...others) => {
      const value = tag.resolve(source, ...others);
      const isJson = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(source);
      // What the schema takes for a number is passed through as if it were one.
      return typeof value === 'number' && isJson && String(value) !== source ? (exactNumber(source) as unknown as number) : value;
    },
  };
}

/** How YAML is read: as YAML 1.2, with numbers as they are written. */
export const READ_SCHEMA: Schema = CORE_SCHEMA.withTags(keepingText(floatCoreTag), keepingText(intCoreTag));

/** Longest text that is written: the YAML library recurses over the characters of longer ones. */
const MAX_TEXT = 256 * 1024;

/** Placeholder for a number that is kept by its text, until it is written. */
const NUMBER_MARK = '\u0000number:';
const MARKED = /"\\0number:(-?[\d.eE+-]+)"/g;

/**
 * Writes a value as YAML that readers of YAML 1.1 and 1.2 understand alike: texts that one of them would take for something else are quoted, and invisible
 * characters are written by number. Undefined if a text is too long.
 */
export function writeYaml(value: Json): string | undefined {
  const writable = written(value);
  if (writable === undefined) return undefined;
  return withEscapes(dump(writable, { schema: DUMP_SCHEMA, lineWidth: -1, noRefs: true }).replaceAll(MARKED, '$1'));
}

/** A value with replacements for what YAML cannot write: lone surrogates, and numbers that are kept by their text. */
function written(value: Json): Json | undefined {
  const number = exactText(value);
  if (number !== undefined) return `${NUMBER_MARK}${number}`;
  if (typeof value === 'string') return value.length > MAX_TEXT ? undefined : withMarks(value.toWellFormed());
  if (Array.isArray(value)) return all(value.map(written));
  if (!isObject(value)) return value;
  const members = all(
    Object.entries(value).map(([key, member]): [string, Json] | undefined => {
      const kept = key.length > MAX_TEXT ? undefined : written(member);
      return kept === undefined ? undefined : [withMarks(key.toWellFormed()), kept];
    }),
  );
  return members === undefined ? undefined : Object.fromEntries(members);
}

function all<T>(values: readonly (T | undefined)[]): T[] | undefined {
  const kept = values.filter((value) => value !== undefined);
  return kept.length === values.length ? kept : undefined;
}
