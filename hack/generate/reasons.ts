import { REASONS, type ReasonFacts } from '../../api/src/reasons.ts';
import { markdownTable, withPart } from './markdown.ts';

/** The document with the table of reasons as it has to be. Throws when it has no place for one. */
export function withReasons(document: string, path: string): string {
  return withPart(document, path, { word: 'reasons', from: 'api/src/reasons.ts' }, reasonsTable());
}

function reasonsTable(): string {
  const rows = Object.entries<ReasonFacts>(REASONS).map(([reason, { condition, level, event, httpStatus, meaning, remedy }]) => [
    `\`${reason}\``,
    `\`${condition}\``,
    level,
    `\`${event}\``,
    String(httpStatus),
    `${meaning} ${remedy}`,
  ]);
  return markdownTable(['reason', 'condition', 'log', 'Event', 'HTTP', 'what it means and what to do'], rows);
}
