import { printable } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';

/** A label and its value. An empty value is left out. */
export type Fact = readonly [name: string, text: string];

/** Facts below one another, their texts in one column, as they may be shown. Texts with several lines continue below their first. */
export function factLines(facts: readonly Fact[], style: Style, indent = ''): string {
  const listed = facts.filter(([, text]) => text !== '');
  const width = Math.max(0, ...listed.map(([name]) => name.length)) + 3;
  return listed
    .map(([name, text]) => {
      const [first = '', ...rest] = printable(text, 'keep').split('\n');
      const more = rest.map((line) => `${indent}${' '.repeat(width)}${line}\n`).join('');
      return `${indent}${style.bold(name)}${' '.repeat(width - name.length)}${first}\n${more}`;
    })
    .join('');
}

/** A title above what belongs to it; nothing where there is nothing. */
export function section(title: string, body: string, style: Style): string {
  return body === '' ? '' : `\n${style.bold(title)}\n${body}`;
}

/** A text of several lines from outside, each of them as it may be shown. */
export function safeLines(text: string): string {
  return printable(text, 'keep');
}
