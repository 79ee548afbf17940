import type { Severity } from '@toolhive-registry/catalog';
import type { CheckedFile, LocatedFinding } from './checked-file.ts';
import { printable } from '../terminal/printable.ts';
import { linkOf, sentenceOf, subjectOf } from './words.ts';

/** Severities, the worst first. */
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'note'];

/**
 * A report in the form of JUnit, as GitLab, Jenkins and others take it: a suite for each file; in it a test case for each finding, or one that passes.
 * A finding of severity `failOn` or worse fails its case; others are in the output of a case that passes, since the format has nothing in between.
 */
export function junitReport(files: readonly CheckedFile[], failOn: Severity): string {
  const suites = files.map((file) => suiteOf(file, failOn));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'toolhive-registry validate', ...countsOf(suites.flatMap(({ cases }) => cases)) })}>`,
    ...suites.flatMap(({ name, cases }) => [
      `  <testsuite${attributes({ name, ...countsOf(cases) })}>`,
      ...cases.map((one) => `    ${caseText(name, one)}`),
      '  </testsuite>',
    ]),
    '</testsuites>',
    '',
  ].join('\n');
}

/** A test case: what it says is in an element of its outcome, `pass` has none. */
interface Case {
  readonly name: string;
  readonly outcome: 'pass' | 'failure' | 'skipped' | 'system-out';
  readonly type?: string;
  readonly line?: number;
  readonly message?: string;
  readonly text?: string;
}

function suiteOf({ name, skipped, findings }: CheckedFile, failOn: Severity): { readonly name: string; readonly cases: Case[] } {
  if (skipped !== undefined) return { name, cases: [{ name: 'is a catalog', outcome: 'skipped', message: skipped }] };
  if (findings.length === 0) return { name, cases: [{ name: 'no findings', outcome: 'pass' }] };
  return { name, cases: numbered(findings.map((finding) => caseOf(name, finding, failOn))) };
}

function caseOf(file: string, finding: LocatedFinding, failOn: Severity): Case {
  const { rule, severity, position } = finding;
  const subject = subjectOf(finding);
  const message = sentenceOf(finding);
  return {
    // Without the position, so that it is the same case when lines move.
    name: subject === '' ? rule : `${rule}: ${subject}`,
    outcome: SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn) ? 'failure' : 'system-out',
    type: rule,
    line: position.line,
    message,
    text: `${linkOf(file, position)}: ${severity}: ${message}`,
  };
}

/** Names that occur more than once get a number: readers take cases of the same name for one. */
function numbered(cases: readonly Case[]): Case[] {
  const seen = new Map<string, number>();
  return cases.map((one) => {
    const number = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, number);
    return number === 1 ? one : { ...one, name: `${one.name} (${number})` };
  });
}

function countsOf(cases: readonly Case[]): Record<string, number> {
  const count = (outcome: Case['outcome']): number => cases.filter((one) => one.outcome === outcome).length;
  return { tests: cases.length, failures: count('failure'), errors: 0, skipped: count('skipped') };
}

function caseText(file: string, { name, outcome, type, line, message, text = '' }: Case): string {
  const open = `<testcase${attributes({ classname: file, name, file, line })}`;
  if (outcome === 'pass') return `${open}/>`;
  if (outcome === 'skipped') return `${open}><skipped${attributes({ message })}/></testcase>`;
  if (outcome === 'system-out') return `${open}><system-out>${xml(text)}</system-out></testcase>`;
  return `${open}><failure${attributes({ type, message })}>${xml(text)}</failure></testcase>`;
}

function attributes(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${xml(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** A text in XML 1.0, of one line. What XML cannot have at all, and what would change how it is shown, is written as `printable` does. */
function xml(text: string): string {
  return printable(text)
    .replaceAll(/[\ufffe\uffff]/g, (character) => `\\u{${character.charCodeAt(0).toString(16).toUpperCase()}}`)
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
