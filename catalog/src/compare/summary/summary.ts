import type { Json } from '../../json.ts';
import type { Difference, Differences } from '../difference.ts';
import { ENTRY_RULES } from './entry.ts';
import { PACKAGE_RULES } from './packages.ts';
import { partsOf } from './parts.ts';
import { REMOTE_RULES } from './remotes.ts';
import { changeText, isOpen, covers, coversWithin, values, type Change, type Rule, type RuleResult } from './rule.ts';
import { ATTENTIONS, type Attention, type Statement, type Subject } from './statement.ts';
import { TOOLHIVE_RULES } from './toolhive.ts';

/** Rules in the order in which their places are described. */
const RULES: readonly Rule[] = [...ENTRY_RULES, ...PACKAGE_RULES, ...REMOTE_RULES, ...TOOLHIVE_RULES];
/** Rules for one place each. */
const EXACT = RULES.filter((rule) => !isOpen(rule));
/** Rules for everything below a place, the narrowest first; used if no other one applies. */
const OPEN = RULES.filter(isOpen).sort((a, b) => b.at.length - a.at.length);

/** Most changes and parts of changes that are described. */
const MAX_CHANGES = 20_000;

/**
 * Describes the differences between two versions of an entry to a reviewer, the most important first. The differences are those of two items, from
 * {@link itemDifferences} or compareCatalogs. Every difference is covered, including unlisted ones.
 */
export function summaryOf({ listed, unlisted }: Differences): Statement[] {
  const found = new Statements();
  const pointers = new Set(listed.map(({ pointer }) => pointer));
  const replaced = new Set(listed.flatMap(({ kind, before, after }) => (kind === 'changed' ? replacement(before, after) : [])));
  const isListed = (pointer: string): boolean => pointers.has(pointer);
  const isReplaced = (before: Json | undefined, after: Json | undefined): boolean => replaced.has(replacement(before, after));
  let left = MAX_CHANGES;
  for (const difference of listed) {
    for (const sentence of spoken({ isPart: false, isListed, isReplaced, ...bothValues(difference) })) {
      found.add(sentence);
      left -= 1;
      if (left < 0) return found.all('more differences than are listed here');
    }
  }
  return found.all(
    unlisted === 0 ? undefined : `${unlisted} more ${unlisted === 1 ? 'difference' : 'differences'} that are not listed here`,
  );
}

/** The wording for one change. */
interface Sentence {
  readonly change: Change;
  readonly said: RuleResult;
  /** Undefined: no rule covers its place. */
  readonly rule: Rule | undefined;
}

function bothValues({ kind, pointer, path, before, after }: Difference): Pick<Change, 'kind' | 'pointer' | 'path' | 'before' | 'after'> {
  return { kind, pointer, path, before, after };
}

function replacement(before: Json | undefined, after: Json | undefined): string {
  return typeof before === 'string' && typeof after === 'string' ? JSON.stringify([before, after]) : '';
}

/** The wording for a change and its parts. */
function* spoken(change: Change): Generator<Sentence> {
  const rule = EXACT.find((one) => covers(one, change.path));
  const said = rule?.say(change);
  if (rule !== undefined && said !== undefined) yield { change, said, rule };
  const hasParts = rule === undefined ? RULES.some((one) => coversWithin(one, change.path)) : rule.parts?.includes(change.kind) === true;
  // A new entry implies a new server and a new _meta.
  const isPart = change.isPart || said !== undefined || (change.path.length === 1 && change.kind === 'added');
  let isSilent = said === undefined;
  for (const part of hasParts ? partsOf(change, isPart) : []) {
    isSilent = false;
    yield* spoken(part);
  }
  if (!isSilent || (rule !== undefined && !hasParts)) return;
  const open = OPEN.find((one) => covers(one, change.path));
  const words = open === undefined ? byPlace(change) : open.say(change);
  if (words !== undefined) yield { change, said: words, rule: open };
}

/** The wording for a place without a rule. */
function byPlace(change: Change): RuleResult | undefined {
  if (change.isPart) return undefined;
  const path = change.path.map(({ key, name }) => name ?? key);
  const name = (path[0] === 'server' ? path.slice(1) : path).join(' / ');
  return { attention: 'behavior', what: changeText(change, 'field'), name, ...values(change) };
}

/** Statements, one for all changes of the same kind. */
class Statements {
  readonly #statements = new Map<string, Collected>();

  add({ change: { pointer }, said, rule }: Sentence): void {
    const { attention, what, name, before, after } = said;
    const key = JSON.stringify([attention, what]);
    const rank = rule === undefined ? RULES.length : RULES.indexOf(rule);
    const statement = this.#statements.get(key) ?? { attention, what, rank, subjects: new Map<string, Subject>() };
    this.#statements.set(key, statement);
    // The same thing may be in two places, as tools are. Different values make it another one.
    const id = name === undefined || before !== undefined || after !== undefined ? pointer : JSON.stringify(name);
    if (!statement.subjects.has(id)) statement.subjects.set(id, subjectOf(said, pointer));
  }

  /** All of them, the most important first. `more`: a statement for differences that are not among them. */
  all(more: string | undefined): Statement[] {
    const statements = [...this.#statements.values()]
      .sort((a, b) => ATTENTIONS.indexOf(a.attention) - ATTENTIONS.indexOf(b.attention) || a.rank - b.rank)
      .map(({ attention, what, subjects }) => ({
        attention,
        what: typeof what === 'string' ? what : what[subjects.size === 1 ? 0 : 1],
        subjects: [...subjects.values()],
      }));
    // Unlisted differences could be anything.
    return more === undefined ? statements : [{ attention: 'security', what: more, subjects: [] }, ...statements];
  }
}

interface Collected {
  readonly attention: Attention;
  readonly what: RuleResult['what'];
  /** Position of the rule that applied first. */
  readonly rank: number;
  readonly subjects: Map<string, Subject>;
}

function subjectOf({ name, notes, before, after }: RuleResult, pointer: string): Subject {
  return {
    pointer,
    ...(name === undefined ? {} : { name }),
    ...(notes === undefined ? {} : { notes }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}
