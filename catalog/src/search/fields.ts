/** The fields of an entry in which a word occurs, one bit each. They are stored in the block, so a change here needs a new format version. */
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

/** The names of the fields in answers. */
export type FieldName = 'name' | 'title' | 'description' | 'tag' | 'tool' | 'tool_description' | 'package';

/** Fields by their bits, the most significant ones first. */
export const FIELD_NAMES: readonly (readonly [name: FieldName, bits: number])[] = [
  ['name', NAME | NAMESPACE],
  ['title', TITLE],
  ['tag', TAG],
  ['tool', TOOL],
  ['description', DESCRIPTION],
  ['package', PACKAGE],
  ['tool_description', TOOL_DESCRIPTION],
];
