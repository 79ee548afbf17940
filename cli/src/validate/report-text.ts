import type { CheckedFile, LocatedFinding } from './checked-file.ts';
import { printable } from '../terminal/printable.ts';
import { summaryLine, summaryOf } from './summary.ts';
import { linkOf, sentenceOf } from './words.ts';

/**
 * A report for people: the findings of one file after the other, each in a line that begins with `file:line:column`, the files that were skipped, and a
 * summary. Content of a catalog cannot change how the report is displayed.
 */
export function textReport(files: readonly CheckedFile[]): string {
  const groups = files.filter(({ findings }) => findings.length > 0).map(groupOf);
  const skipped = files.flatMap(({ name, skipped }) =>
    skipped === undefined ? [] : [`${printable(name)}: skipped: ${printable(skipped)}`],
  );
  return [...groups, ...(skipped.length === 0 ? [] : [skipped.join('\n')]), summaryLine(summaryOf(files))]
    .map((part) => `${part}\n`)
    .join('\n');
}

function groupOf({ name, findings, omitted }: CheckedFile): string {
  const rows = findings.map((finding) =>
    [linkOf(name, finding.position), finding.severity, finding.rule, messageOf(name, finding)].map(shown),
  );
  const widths = [0, 1, 2].map((column) => rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 0));
  const lines = rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
  return [...lines, ...(omitted === 0 ? [] : [`${shown(name)}: ${omitted} more findings are not shown`])].join('\n');
}

function messageOf(name: string, finding: LocatedFinding): string {
  const { firstPosition } = finding;
  return `${sentenceOf(finding)}${firstPosition === undefined ? '' : `: ${linkOf(name, firstPosition)}`}`;
}

function shown(text: string): string {
  return printable(text);
}
