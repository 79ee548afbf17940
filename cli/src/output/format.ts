import { dump } from 'js-yaml';
import { misuse } from '../program/failure.ts';
import { OUTPUT_WORDS } from '../program/flag.ts';
import { printable, printableJson } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/session.ts';
import { fillIn } from './jsonpath.ts';

/** In what form a result is wanted. */
export interface OutputFormat {
  readonly kind: 'table' | 'json' | 'yaml' | 'name' | 'jsonpath';
  /** A table with all its columns. */
  readonly wide: boolean;
  /** Of `jsonpath`. */
  readonly template: string;
}

/** Reads `-o`. Throws a failure that names what there is. */
export function outputFormat(text: string | undefined, known: readonly string[] = OUTPUT_WORDS): OutputFormat {
  const found = formatOf(text ?? 'table');
  if (found !== undefined && known.some((word) => word.split('=')[0] === (text ?? 'table').split('=')[0])) return found;
  throw misuse(`--output is "${text ?? ''}"`, `use one of ${known.join(', ')}`);
}

function formatOf(text: string): OutputFormat | undefined {
  const plain = { wide: false, template: '' };
  if (text === 'table' || text === 'wide') return { ...plain, kind: 'table', wide: text === 'wide' };
  if (text === 'json' || text === 'yaml' || text === 'name') return { ...plain, kind: text };
  const template = /^jsonpath=(.+)$/s.exec(text)?.[1];
  return template === undefined ? undefined : { ...plain, kind: 'jsonpath', template };
}

/** JSON as programs read it, and people. Characters that could do something on a terminal are written by their numbers, which means the same. */
export function jsonText(value: unknown): string {
  return `${printableJson(value, 2)}\n`;
}

/** YAML, with long texts on one line. */
export function yamlText(value: unknown): string {
  return dump(value, { lineWidth: -1, noRefs: true });
}

/**
 * A value in the form that programs read; undefined where a person is to read a table. On a terminal nothing in it can do anything: JSON has its own way
 * to write such characters, the other forms lose them there, and only there.
 */
export function structured({ kind, template }: OutputFormat, value: unknown, { out }: Pick<Terminal, 'out'>): string | undefined {
  if (kind === 'json') return jsonText(value);
  const text = kind === 'yaml' ? yamlText(value) : kind === 'jsonpath' ? fillIn(template, value) : undefined;
  return text === undefined ? undefined : shownOn({ out }, text);
}

/** A text that programs read, as it may be shown where a terminal does. */
export function shownOn(terminal: Pick<Terminal, 'out'> | undefined, text: string): string {
  return terminal?.out === true ? printable(text, 'keep') : text;
}
