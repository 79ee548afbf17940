import { parseTree, type Node, type ParseError } from 'jsonc-parser';
import type { Places } from './places.ts';

/** Looks through a JSON text. Of one that is nested too deeply to be looked through only the beginning is known. */
export function jsonPlaces(text: string): Places {
  const errors: ParseError[] = [];
  const root = treeOf(text, errors);
  return {
    offsetOf: (keys) => (root === undefined ? firstCharacter(text) : offsetIn(root, keys)),
    syntaxError: errors[0]?.offset,
  };
}

function treeOf(text: string, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(text, errors, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  } catch (cause) {
    // The parser recurses.
    if (cause instanceof RangeError) return undefined;
    throw cause;
  }
}

function firstCharacter(text: string): number {
  return Math.max(0, text.search(/\S/));
}

function offsetIn(root: Node, keys: readonly string[]): number {
  let node = root;
  let { offset } = root;
  for (const key of keys) {
    const found = memberOf(node, key);
    if (found === undefined) break;
    ({ offset } = found);
    node = found.value;
  }
  return offset;
}

function memberOf({ type, children = [] }: Node, key: string): { readonly offset: number; readonly value: Node } | undefined {
  if (type === 'array') {
    const item = children[Number(key)];
    return item && { offset: item.offset, value: item };
  }
  if (type !== 'object') return undefined;
  // Of a key that occurs twice the last one counts, as for JSON.parse.
  const property = children.findLast(({ children: [name] = [] }) => name?.value === key);
  const value = property?.children?.[1];
  return property && value && { offset: property.offset, value };
}
