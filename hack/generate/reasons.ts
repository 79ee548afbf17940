import { REASONS, type ReasonFacts } from '../../api/src/reasons.ts';

const BEGIN = '<!-- reasons: generated from api/src/reasons.ts by `npm run generate` -->';
const END = '<!-- /reasons -->';

/** The document with the table of reasons as it has to be. Throws when it has no place for one. */
export function withReasons(document: string, path: string): string {
  const begin = document.indexOf(BEGIN);
  const end = document.indexOf(END);
  if (begin < 0 || end < begin) throw new Error(`${path}: put the line ${BEGIN} and, behind it, ${END} where the reasons belong`);
  return `${document.slice(0, begin)}${BEGIN}\n\n${reasonsTable()}\n\n${document.slice(end)}`;
}

/** A Markdown table, laid out as the formatter does it. */
function reasonsTable(): string {
  const rows = Object.entries<ReasonFacts>(REASONS).map(([reason, { condition, level, event, httpStatus, meaning, remedy }]) => [
    `\`${reason}\``,
    `\`${condition}\``,
    level,
    `\`${event}\``,
    String(httpStatus),
    `${meaning} ${remedy}`,
  ]);
  const head = ['reason', 'condition', 'log', 'Event', 'HTTP', 'what it means and what to do'];
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}
