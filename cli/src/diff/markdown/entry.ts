import { ATTENTIONS, phraseOf, type PhraseLimits, type Statement } from '@toolhive-registry/catalog/compare';
import { counted } from '../../output/counted.ts';
import { entryName, isNotCompared, type ReviewedEntry } from '../review.ts';
import { code, htmlCode, type Printable } from './escape.ts';

/** What of a statement is shown in a row of the table. */
const IN_ROW: PhraseLimits = { subjects: 3, value: 60 };

/** The row of an entry: what has become of it, and what needs the closest look. */
export function rowOf(entry: ReviewedEntry, printable: Printable): string {
  const shown = (text: string): string => code(text, printable);
  const cells = [entry.change, shown(entryName(entry)), versionsText(entry, shown), reasonOf(entry, printable)];
  return `| ${cells.join(' | ')} |\n`;
}

/** All details of an entry, folded, within a number of characters. Undefined if there is not enough room. */
export function detailsOf(entry: ReviewedEntry, printable: Printable, most: number): string | undefined {
  const shown = (text: string): string => htmlCode(text, printable);
  const title = `${entry.change} ${shown(entryName(entry))} ${versionsText(entry, shown)}`;
  const head = `<details>\n<summary>${title}: ${weightsOf(entry)}</summary>\n\n`;
  const foot = '\n</details>\n\n';
  let room = most - head.length - foot.length - MORE_LENGTH;
  const items: string[] = [];
  for (const statement of entry.statements) {
    const item = itemWithin(statement, printable, room);
    if (item === undefined) break;
    items.push(item);
    room -= item.length;
  }
  if (items.length === 0) return undefined;
  const left = entry.statements.length - items.length;
  return `${head}${items.join('')}${left === 0 ? '' : `- and ${counted(left, 'statement')} more, left out here\n`}${foot}`;
}

/** A statement with as much of what it is about as there is room for. One long one keeps none of the others away. */
function itemWithin(statement: Statement, printable: Printable, room: number): string | undefined {
  return [{}, IN_ROW, { subjects: 0 }]
    .map((limits) => `- ${weighed(statement)}: ${sentenceOf(statement, printable, limits)}\n`)
    .find((item) => item.length <= room);
}

/** Room for the note that there is more. */
const MORE_LENGTH = 60;

function versionsText({ versionBefore, versionAfter }: ReviewedEntry, shown: (text: string) => string): string {
  if (versionBefore === undefined || versionAfter === undefined || versionBefore === versionAfter) {
    return shown(versionAfter ?? versionBefore ?? '');
  }
  return `${shown(versionBefore)} → ${shown(versionAfter)}`;
}

function reasonOf(entry: ReviewedEntry, printable: Printable): string {
  if (isNotCompared(entry)) return 'too many entries differ; compare this one by itself';
  const [first, ...others] = entry.statements;
  if (first === undefined) return '';
  return `${weighed(first)}: ${sentenceOf(first, printable, IN_ROW)}${others.length === 0 ? '' : `; and ${others.length} more`}`;
}

function weighed({ attention }: Statement): string {
  return attention === 'security' ? `**${attention}**` : attention;
}

/** `2 security, 1 text`. */
function weightsOf({ statements }: ReviewedEntry): string {
  return ATTENTIONS.flatMap((attention) => {
    const count = statements.filter((statement) => statement.attention === attention).length;
    return count === 0 ? [] : [`${count} ${attention}`];
  }).join(', ');
}

function sentenceOf(statement: Statement, printable: Printable, limits?: PhraseLimits): string {
  return phraseOf(statement, limits)
    .map((part) => ('words' in part ? part.words : code(part.value, printable)))
    .join('');
}
