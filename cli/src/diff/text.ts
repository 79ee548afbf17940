import { phraseOf, type Statement } from '@toolhive-registry/catalog/compare';
import { gapsOf } from './gaps.ts';
import { countsText, entryName, isNotCompared, reviewOf, type ReviewedEntry } from './review.ts';
import type { CatalogDiff } from './side.ts';

/** Marks parts of the text for a person who reads it on a terminal. */
export interface DiffStyle {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** How a difference is shown as text. */
export interface TextOptions {
  /** Makes a text from a catalog safe to display on one line. */
  readonly printable: (text: string) => string;
  readonly style: DiffStyle;
}

/** Marks for the kinds of changes. */
const MARKS = { added: '+', removed: '-', changed: '~' } as const;
/** As wide as the longest word before a statement, and a space. */
const WORD_WIDTH = 11;

/**
 * Two catalogs' differences as text for a terminal: each entry with what has become of it below, what needs the closest look first, and the numbers in
 * the last line.
 */
export function diffText(diff: CatalogDiff, { printable, style }: TextOptions): string {
  const entries = reviewOf(diff.comparison);
  const lines = [
    ...entries.flatMap((entry) => [headOf(entry, { printable, style }), ...bodyOf(entry, { printable, style })]),
    ...gapsOf(diff).map(({ label, what }) => style.yellow(`not compared: ${what} in ${printable(label)}`)),
    ...(entries.length === 0 ? [] : ['']),
    `${printable(diff.before.label)} → ${printable(diff.after.label)}: ${countsText(diff.comparison)}`,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function headOf(entry: ReviewedEntry, { printable, style }: TextOptions): string {
  const color = { added: style.green, removed: style.red, changed: style.yellow }[entry.change];
  return `${color(MARKS[entry.change])} ${style.bold(printable(entryName(entry)))} ${style.dim(printable(versionsText(entry)))}`;
}

function versionsText({ versionBefore, versionAfter }: ReviewedEntry): string {
  if (versionBefore === undefined || versionAfter === undefined || versionBefore === versionAfter)
    return versionAfter ?? versionBefore ?? '';
  return `${versionBefore} → ${versionAfter}`;
}

function bodyOf(entry: ReviewedEntry, { printable, style }: TextOptions): string[] {
  if (isNotCompared(entry)) return [style.dim('    too many entries differ; compare this one by itself')];
  return entry.statements.map((statement) => `    ${wordOf(statement, style)}${sentenceOf(statement, printable)}`);
}

function wordOf({ attention }: Statement, style: DiffStyle): string {
  const word = attention.padEnd(WORD_WIDTH);
  return attention === 'security' ? style.red(word) : style.dim(word);
}

function sentenceOf(statement: Statement, printable: (text: string) => string): string {
  return phraseOf(statement)
    .map((part) => ('words' in part ? part.words : printable(part.value)))
    .join('');
}
