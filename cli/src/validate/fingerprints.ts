import { hash } from 'node:crypto';
import type { LocatedFinding } from './checked-file.ts';

/**
 * A name for each finding of a file, which stays the same when lines move, entries change places, or the words of a message change: by its rule, its
 * entry and the pointer in that. Of several that have these in common each has its number.
 */
export function fingerprintsOf(findings: readonly LocatedFinding[]): string[] {
  const seen = new Map<string, number>();
  return findings.map(({ rule, entry = '', pointer }) => {
    const name = hash('sha256', JSON.stringify([rule, entry, pointer]), 'hex').slice(0, 16);
    const number = (seen.get(name) ?? 0) + 1;
    seen.set(name, number);
    return `${name}:${number}`;
  });
}
