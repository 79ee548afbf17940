import type { CheckedFile, LocatedFinding } from './checked-file.ts';
import { printableJson } from '../terminal/printable.ts';
import { summaryOf } from './summary.ts';

/**
 * A report for programs: `{files: [{name, format, read, served, omitted, skipped, findings}], summary}`. Of a finding `line` and `column` begin with 1,
 * columns are UTF-16 code units; `pointer` is that of what is wrong, below the entry if there is one; `at` that of what is at the position, in its
 * document; `first` is the position of the first one of duplicates.
 */
export function jsonReport(files: readonly CheckedFile[]): string {
  const report = {
    files: files.map(({ name, findings, ...file }) => ({ name, ...file, findings: findings.map(findingOf) })),
    summary: summaryOf(files),
  };
  return `${printableJson(report, 2)}\n`;
}

function findingOf({
  rule,
  severity,
  message,
  entry,
  version,
  pointer,
  place,
  position,
  firstPlace,
  firstPosition,
}: LocatedFinding): object {
  const { document, pointer: at } = place;
  return {
    ...position,
    rule,
    severity,
    message,
    entry,
    version,
    pointer,
    document,
    at,
    first: firstPlace && firstPosition && { ...firstPosition, document: firstPlace.document, at: firstPlace.pointer },
  };
}
