import { isObject } from '@toolhive-registry/api';
import { textOf, type Field } from './field.ts';
import { compact, NOTHING_TO_DO, type Fields } from './types.ts';

/** How name patterns are matched. */
export interface Globs {
  /** Whether `{a,b}` are alternatives. */
  readonly braces: boolean;
  /** Whether `*` stops at a `/`. */
  readonly stopsAtSlash: boolean;
}

/**
 * How patterns were matched over time: by Go's filepath.Match, since stacklok/toolhive-registry-server #369 by github.com/gobwas/glob without separators
 * (internal/filtering/name_filter.go). `registries` had both.
 */
export const GLOBS = {
  autumn2025: { braces: false, stopsAtSlash: true },
  winter2025: { braces: true, stopsAtSlash: true },
  today: { braces: true, stopsAtSlash: false },
  ours: { braces: false, stopsAtSlash: false },
} as const satisfies Readonly<Record<string, Globs>>;

/** Maximum number of patterns in a list (docs/filters.md). Our schema refuses more. */
const MAX_PATTERNS = 100;
/** Alternatives of longer patterns are not looked for: each may have 256 characters. */
const MAX_EXPANDED_LENGTH = 4096;

/** Reads a filter. What is none becomes one that our schema refuses: a filter must not lose a part silently. */
export function filterOf(filter: Field | undefined, globs: Globs): Fields | undefined {
  if (filter === undefined) return undefined;
  const patterns = (list: Field): string[] => patternsOf(list, globs);
  const { value } = filter;
  if (!isObject(value)) return { names: { include: [''] } };
  if (Object.keys(value).length === 0) filter.take();
  return compact({
    names: listsOf(filter.get('names'), patterns),
    tags: listsOf(filter.get('tags'), textsOf),
    include: textsIn(filter.get('include'), patterns),
    exclude: textsIn(filter.get('exclude'), patterns),
  });
}

function listsOf(block: Field | undefined, read: (list: Field) => string[]): Fields | undefined {
  if (block === undefined) return undefined;
  if (!isObject(block.value)) return { include: [''] };
  if (Object.keys(block.value).length === 0) block.take();
  return compact({ include: textsIn(block.get('include'), read), exclude: textsIn(block.get('exclude'), read) });
}

function textsIn(list: Field | undefined, read: (list: Field) => string[]): string[] | undefined {
  if (list === undefined) return undefined;
  if (!Array.isArray(list.value)) return [''];
  if (list.value.length === 0) list.take();
  return read(list);
}

function textsOf(list: Field): string[] {
  return list.items().map((item) => textOf(item) ?? '');
}

function patternsOf(list: Field, globs: Globs): string[] {
  return list.items().flatMap((item) => {
    const { value } = item;
    if (typeof value !== 'string') return [textOf(item) ?? ''];
    const alternatives = globs.braces && value.length <= MAX_EXPANDED_LENGTH ? expanded(value) : [value];
    if (hasOpenSet(value)) {
      item.note(
        'todo',
        'is not a valid pattern: ToolHive drops every server that it is compared with, here it matches none',
        'close the set with ]',
      );
    } else if (alternatives.length > 1) {
      item.note('changed', 'braces are plain text here, so each alternative is a pattern of its own', NOTHING_TO_DO);
    } else if (globs.stopsAtSlash && isWiderHere(value)) {
      item.note(
        'changed',
        'is carried over, but `*` matches `/` as well here, which it did not before March 2026',
        'check that it does not match more names than it should (docs/filters.md)',
      );
    } else item.take();
    return alternatives;
  });
}

/** Such as `io.github.*`: names with a namespace begin like that and have a `/` behind it. */
function isWiderHere(pattern: string): boolean {
  return /^[^/*]*\.[^/]*\*[^/]*$/u.test(pattern);
}

/** A `[` without its `]`. */
function hasOpenSet(pattern: string): boolean {
  const open = unescaped(pattern, '[', 0);
  return open !== -1 && unescaped(pattern, ']', open) === -1;
}

/** The patterns that one with `{a,b}` stands for; at most one more than a list may have. */
function expanded(pattern: string): string[] {
  const open = unescaped(pattern, '{', 0);
  const close = open === -1 ? -1 : closingBrace(pattern, open);
  if (close === -1) return [pattern];
  const [before, after] = [pattern.slice(0, open), pattern.slice(close + 1)];
  const results: string[] = [];
  for (const choice of choicesIn(pattern.slice(open + 1, close))) {
    for (const result of expanded(`${before}${choice}${after}`)) {
      results.push(result);
      if (results.length > MAX_PATTERNS) return results;
    }
  }
  return results;
}

function unescaped(pattern: string, character: string, from: number): number {
  for (let index = from; index < pattern.length; index += 1) {
    if (pattern[index] === '\\') index += 1;
    else if (pattern[index] === character) return index;
  }
  return -1;
}

function closingBrace(pattern: string, open: number): number {
  let depth = 0;
  for (let index = open; index < pattern.length; index += 1) {
    const character = pattern[index];
    if (character === '\\') index += 1;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return index;
    }
  }
  return -1;
}

/** The alternatives between braces, split at commas that are in no braces of their own. */
function choicesIn(inner: string): string[] {
  const choices = [''];
  let depth = 0;
  for (let index = 0; index < inner.length; index += 1) {
    const character = inner[index] ?? '';
    const last = choices.length - 1;
    if (character === '\\') {
      choices[last] += character + (inner[index + 1] ?? '');
      index += 1;
    } else if (character === ',' && depth === 0) choices.push('');
    else {
      if (character === '{') depth += 1;
      if (character === '}') depth -= 1;
      choices[last] += character;
    }
  }
  return choices;
}
