import { printable } from '../../terminal/printable.ts';
import type { Style } from '../../terminal/style.ts';
import type { Judgement, Outcome, Reason } from './judge.ts';
import { counted } from '../../output/counted.ts';

/** How many objects there were, by what would become of them. */
export interface Summary {
  readonly servers: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Objects of other kinds. */
  readonly otherObjects: number;
}

/** What an outcome is called, in the order of the summary. */
const WORDS: Readonly<Record<Outcome, string>> = {
  refused: 'refused',
  unknown: 'unknown',
  audited: 'audited',
  allowed: 'allowed',
  notEnforced: 'not enforced',
};
const OUTCOMES = Object.keys(WORDS) as Outcome[];
const WIDTH = Math.max(...Object.values(WORDS).map(({ length }) => length));

/** Counts. */
export function summaryOf(judgements: readonly Judgement[], otherObjects: number): Summary {
  const count = (wanted: Outcome): number => judgements.filter(({ outcome }) => outcome === wanted).length;
  return {
    servers: judgements.length,
    outcomes: Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count(outcome)])) as Summary['outcomes'],
    otherObjects,
  };
}

/** The summary in one sentence. */
export function sentenceOf({ servers, outcomes, otherObjects }: Summary): string {
  const others = otherObjects === 0 ? '' : `; ${counted(otherObjects, 'other object was', 'other objects were')} not looked at`;
  if (servers === 0) return `There is no MCP server in the manifests${others}.`;
  const words = OUTCOMES.flatMap((outcome) => (outcomes[outcome] === 0 ? [] : [`${outcomes[outcome]} ${WORDS[outcome]}`]));
  return `${counted(servers, 'MCP server')}: ${words.join(', ')}${others}.`;
}

/** Everything, for programs. */
export function documentOf(judgements: readonly Judgement[], summary: Summary): object {
  return {
    summary,
    servers: judgements.map(({ server: { file, apiVersion, kind, called }, namespace, outcome, mode, reasons }) => ({
      file,
      apiVersion,
      kind: kind.kind,
      namespace,
      name: called,
      outcome,
      ...(mode === undefined ? {} : { mode }),
      reasons,
    })),
  };
}

/** Each object with what would become of it, and below it why. */
export function textOf(judgements: readonly Judgement[], style: Style): string {
  return judgements.map((judgement) => `${headOf(judgement, style)}\n${bodyOf(judgement)}`).join('');
}

function headOf({ outcome, server, namespace }: Judgement, style: Style): string {
  const paint = { allowed: style.green, refused: style.red, audited: style.yellow, unknown: style.yellow, notEnforced: style.dim }[outcome];
  const name = [namespace, server.called].filter((part) => part !== '').join('/');
  return `${paint(WORDS[outcome].padEnd(WIDTH))}  ${server.kind.kind} ${printable(name)} ${style.dim(`(${printable(server.file)})`)}`;
}

function bodyOf({ reasons }: Judgement): string {
  return reasons.length === 0 ? line('it names nothing new that has to be in a catalog') : reasons.map(reasonText).join('');
}

function reasonText({ registry, rule, sentence, nearest }: Reason): string {
  const [first] = nearest;
  const isSaid = first === undefined || (nearest.length === 1 && sentence.includes(first));
  return `${line(`${registry === undefined ? '' : `${registry}: `}${sentence} (${rule})`)}${isSaid ? '' : line(`did you mean ${nearest.join(' or ')}?`)}`;
}

function line(text: string): string {
  return `  ${printable(text)}\n`;
}
