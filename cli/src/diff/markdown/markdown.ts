import { counted } from '../../output/counted.ts';
import { gapsOf } from '../gaps.ts';
import { countsText, reviewOf, type ReviewedEntry } from '../review.ts';
import type { CatalogDiff } from '../side.ts';
import { detailsOf, rowOf } from './entry.ts';
import { code, type Printable } from './escape.ts';

/** How differences are shown in a comment on a pull request. */
export interface MarkdownOptions {
  /** Makes a text from a catalog safe to display on one line. */
  readonly printable: Printable;
  /** Maximum number of characters, 8,000 or more. Absent: 60,000. */
  readonly most?: number;
}

/** GitHub refuses a comment of more than 65,536 characters ("body is too long"); a bot that posts this may add text. */
const MAX_CHARACTERS = 60_000;
/** Fewer would not hold what stands around table and details. */
const MIN_CHARACTERS = 8_000;
/** Characters for the sentence that says what was left out. */
const LEFT_OUT_LENGTH = 400;
/** Maximum number of characters for one entry, so that the others have room as well. */
const MAX_DETAILS = 8_000;

/**
 * Two catalogs' differences as Markdown for a comment on a pull request: a table of the entries, what needs the closest look first, and below it for
 * each entry all that is said of it, folded up. Texts from catalogs are in code only, so that they can neither break the table nor become HTML,
 * mentions, links or images. What there is no room for is left out from the end, and counted.
 *
 * Throws RangeError for a limit that is too low.
 */
export function diffMarkdown(diff: CatalogDiff, { printable, most = MAX_CHARACTERS }: MarkdownOptions): string {
  if (most < MIN_CHARACTERS) throw new RangeError(`a comment needs ${MIN_CHARACTERS} characters or more, and may have ${most}`);
  const entries = reviewOf(diff.comparison);
  const head = headOf(diff, entries, printable);
  if (entries.length === 0) return head;
  const room = most - head.length - TABLE_HEAD.length - LEFT_OUT_LENGTH;
  const rows = rowsWithin(entries, printable, room / 2);
  const details = detailsWithin(entries, printable, room - lengthOf(rows));
  return `${head}${TABLE_HEAD}${rows.join('')}\n${details.texts.join('')}${leftOutText(entries.length - rows.length, details.left)}`;
}

const TABLE_HEAD = '| | entry | version | what to look at first |\n| --- | --- | --- | --- |\n';

function headOf(diff: CatalogDiff, entries: readonly ReviewedEntry[], printable: Printable): string {
  const { before, after, comparison } = diff;
  const careful = entries.filter(({ attention }) => attention === 'security').length;
  const lines = [
    `### Catalog: ${countsText(comparison)}`,
    `From ${code(before.label, printable)} to ${code(after.label, printable)}.${careful === 0 ? '' : ` **${counted(careful, 'entry needs', 'entries need')} a close look**: what is marked as security.`}`,
    ...gapsOf(diff).map(({ label, what }) => `Not compared: ${what} in ${code(label, printable)}.`),
  ];
  return lines.map((line) => `${line}\n\n`).join('');
}

function rowsWithin(entries: readonly ReviewedEntry[], printable: Printable, room: number): string[] {
  const rows: string[] = [];
  let length = 0;
  for (const entry of entries) {
    const row = rowOf(entry, printable);
    length += row.length;
    if (length > room) break;
    rows.push(row);
  }
  return rows;
}

function detailsWithin(
  entries: readonly ReviewedEntry[],
  printable: Printable,
  room: number,
): { readonly texts: readonly string[]; readonly left: readonly ReviewedEntry[] } {
  const detailed = entries.filter(({ statements }) => statements.length > 0);
  const texts: string[] = [];
  let length = 0;
  for (const entry of detailed) {
    const text = detailsOf(entry, printable, Math.min(MAX_DETAILS, room - length));
    if (text === undefined) break;
    texts.push(text);
    length += text.length;
  }
  return { texts, left: detailed.slice(texts.length) };
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function leftOutText(rows: number, details: readonly ReviewedEntry[]): string {
  if (rows === 0 && details.length === 0) return '';
  const careful = details.filter(({ attention }) => attention === 'security').length;
  const parts = [
    ...(rows === 0 ? [] : [counted(rows, 'row of the table', 'rows of the table')]),
    ...(details.length === 0 ? [] : [`the details of ${counted(details.length, 'entry', 'entries')}`]),
  ];
  const warning =
    careful === 0 ? '' : ` **${counted(careful, 'entry', 'entries')} of these ${careful === 1 ? 'needs' : 'need'} a close look.**`;
  return `Left out, since a comment may not be longer: ${parts.join(' and ')}.${warning}\n`;
}
