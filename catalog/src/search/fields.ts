/** Where a word of an entry stands, one bit each. The block keeps them, so a change here takes a new number of its format. */
export const NAME = 1;
export const TITLE = 2;
export const DESCRIPTION = 4;
/** The part of a name before its slash. */
export const NAMESPACE = 8;
export const TAG = 16;
export const TOOL = 32;
export const TOOL_DESCRIPTION = 64;
export const PACKAGE = 128;

/** The fields that `search` looks at. */
export const SEARCHED = NAME | TITLE | DESCRIPTION | NAMESPACE;

/** How answers name the fields in which a word was found. */
export type FieldName = 'name' | 'title' | 'description' | 'tag' | 'tool' | 'tool_description' | 'package';

/** Fields by their bits, the most telling ones first. */
export const FIELD_NAMES: readonly (readonly [name: FieldName, bits: number])[] = [
  ['name', NAME | NAMESPACE],
  ['title', TITLE],
  ['tag', TAG],
  ['tool', TOOL],
  ['description', DESCRIPTION],
  ['package', PACKAGE],
  ['tool_description', TOOL_DESCRIPTION],
];
