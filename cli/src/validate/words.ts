import type { TextPosition } from '@toolhive-registry/catalog';
import type { LocatedFinding } from './checked-file.ts';

/** What a finding is about: an entry with its version, and where in it; empty for a whole file. */
export function subjectOf({ entry, version, pointer }: LocatedFinding): string {
  const name = entry === undefined ? [] : [version === undefined ? entry : `${entry}@${version}`];
  return [...name, ...(pointer === '' ? [] : [pointer])].join(' ');
}

/** A finding as a sentence, without its place. */
export function sentenceOf(finding: LocatedFinding): string {
  const subject = subjectOf(finding);
  return subject === '' ? finding.message : `${subject}: ${finding.message}`;
}

/** `file:line:column`, as terminals and editors make a link of it. */
export function linkOf(name: string, { line, column }: TextPosition): string {
  return `${name}:${line}:${column}`;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}
