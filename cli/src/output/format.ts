import { withEscapes, withMarks } from '@toolhive-registry/catalog/yaml-escapes';
import { dump } from 'js-yaml';
import { misuse } from '../program/failure.ts';
import { LIST_FORMS } from '../program/flag.ts';
import { printable, printableJson } from '../terminal/printable.ts';
import type { Terminal } from '../terminal/session.ts';
import { fillIn, readTemplate, type Template } from './jsonpath/template.ts';

/** The requested form of a result. */
export type OutputFormat = {
  /** Of a table: with all its columns. */
  readonly wide: boolean;
} & ({ readonly kind: 'table' | 'json' | 'yaml' | 'name' } | { readonly kind: 'jsonpath'; readonly template: Template });

/** Reads `-o`, and the template in it. Throws a failure that names what there is, which may be less than what the flag takes. */
export function outputFormat(text = 'table', known: readonly string[] = LIST_FORMS): OutputFormat {
  if (known.some((form) => form.split('=')[0] === text.split('=')[0])) {
    const wide = text === 'wide';
    if (text === 'table' || wide) return { kind: 'table', wide };
    if (text === 'json' || text === 'yaml' || text === 'name') return { kind: text, wide };
    const template = /^jsonpath=(.+)$/s.exec(text)?.[1];
    if (template !== undefined) return { kind: 'jsonpath', template: readTemplate(template), wide };
  }
  throw misuse(`--output is "${text}"`, `use one of ${known.join(', ')}`);
}

/** JSON as programs read it, and people. Characters that could do something on a terminal are written by their numbers, which means the same. */
export function jsonText(value: unknown): string {
  return `${printableJson(value, 2)}\n`;
}

/** YAML, with long texts on one line. Characters that could do something on a terminal are written by their numbers, which means the same. */
export function yamlText(value: unknown): string {
  return withEscapes(dump(marked(value), { lineWidth: -1, noRefs: true }));
}

function marked(value: unknown): unknown {
  if (typeof value === 'string') return withMarks(value);
  if (Array.isArray(value)) return value.map(marked);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [withMarks(key), marked(member)]));
}

/**
 * A value in a form for programs; undefined if a table for people is wanted. On a terminal control characters are neutralized: JSON and YAML
 * escape them, and a template drops them, only there.
 */
export function structured(format: OutputFormat, value: unknown, { out }: Pick<Terminal, 'out'>): string | undefined {
  if (format.kind === 'json') return jsonText(value);
  if (format.kind === 'yaml') return yamlText(value);
  return format.kind === 'jsonpath' ? shownOn({ out }, fillIn(format.template, value)) : undefined;
}

/** A text for programs, made safe if it is shown on a terminal. */
export function shownOn(terminal: Pick<Terminal, 'out'> | undefined, text: string): string {
  return terminal?.out === true ? printable(text, 'keep') : text;
}
