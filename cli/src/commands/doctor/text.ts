import { counted } from '../../output/counted.ts';
import { printable } from '../../terminal/printable.ts';
import type { Style } from '../../terminal/style.ts';
import type { Finding, Section, State } from './finding.ts';

/** How many checks ended in what. */
export type Summary = Readonly<Record<State, number>>;

const MARKS: Readonly<Record<State, string>> = { ok: 'ok', warning: 'warn', problem: 'FAIL', unknown: '?' };
const STATES: readonly State[] = ['problem', 'warning', 'unknown', 'ok'];
/** Below the check, behind the mark. */
const INDENT = ' '.repeat('  FAIL  '.length);

/** Counts. */
export function summaryOf(sections: readonly Section[]): Summary {
  const all = sections.flatMap(({ findings }) => findings);
  return Object.fromEntries(STATES.map((wanted) => [wanted, all.filter(({ state }) => state === wanted).length])) as Summary;
}

/** The summary in one sentence. */
export function sentenceOf({ ok, warning, problem, unknown }: Summary): string {
  const found = [
    problem === 0 ? 'No problem' : counted(problem, 'problem'),
    ...(warning === 0 ? [] : [counted(warning, 'warning')]),
    ...(unknown === 0 ? [] : [`${unknown} unknown`]),
  ];
  return `${found.join(', ')}; ${counted(ok + warning + problem + unknown, 'check')}.`;
}

/** Everything, for programs. */
export function documentOf(sections: readonly Section[], summary: Summary): object {
  return { summary, findings: sections.flatMap(({ about, findings }) => findings.map((finding) => ({ about, ...finding }))) };
}

/** What was found, below what it is about; what is as it should be only where that is wanted. */
export function textOf(sections: readonly Section[], { verbose, style }: { readonly verbose: boolean; readonly style: Style }): string {
  return sections
    .map(({ about, findings }) => ({ about, shown: findings.filter(({ state }) => verbose || state !== 'ok') }))
    .filter(({ shown }) => shown.length > 0)
    .map(({ about, shown }) => `${style.bold(printable(about))}\n${shown.map((finding) => findingText(finding, style)).join('')}`)
    .join('\n');
}

function findingText({ check, state, sentence, remedy }: Finding, style: Style): string {
  const paint = { ok: style.green, warning: style.yellow, problem: style.red, unknown: style.yellow }[state];
  const head = `  ${paint(MARKS[state].padEnd(4))}  ${printable(check)}`;
  if (state === 'ok') return `${head}: ${printable(sentence)}\n`;
  return `${head}\n${INDENT}${printable(sentence)}\n${remedy === undefined ? '' : `${INDENT}Remedy: ${printable(remedy)}\n`}`;
}
