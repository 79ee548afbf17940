import type { DifferenceKind, Step } from '../difference.ts';
import { pointerKey } from '../place.ts';
import type { Json } from '../../json.ts';
import type { Attention } from './statement.ts';

/** A difference as seen by rules. */
export interface Change {
  readonly kind: DifferenceKind;
  readonly pointer: string;
  readonly path: readonly Step[];
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** It is part of something that was added as a whole, which has its own statement. */
  readonly isPart: boolean;
  /** Whether there is a difference at a pointer. */
  readonly isListed: (pointer: string) => boolean;
  /** Whether one text has replaced another somewhere. */
  readonly isReplaced: (before: Json | undefined, after: Json | undefined) => boolean;
}

/** Wording for one thing, and for several. */
export type Words = string | readonly [one: string, many: string];

/** The wording that a rule gives to a change. */
export interface RuleResult {
  readonly attention: Attention;
  readonly what: Words;
  readonly name?: string | undefined;
  readonly notes?: string | undefined;
  readonly before?: Json | undefined;
  readonly after?: Json | undefined;
}

/** The wording for changes at a place. */
export interface Rule {
  /** Keys of the path. `*` is any key or position, `**` at the end any number of them, including none. */
  readonly at: readonly string[];
  /** Undefined: nothing worth saying. */
  readonly say: (change: Change) => RuleResult | undefined;
  /** Kinds of changes whose parts are described as well, each by its own rule. */
  readonly parts?: readonly DifferenceKind[];
}

/** Whether a rule covers everything below a place. */
export function isOpen({ at }: Rule): boolean {
  return at.at(-1) === '**';
}

/** Whether a rule covers a place. Keys of server.json may be written with underscores, as in summer 2025. */
export function covers(rule: Rule, path: readonly Step[]): boolean {
  const keys = keysOf(rule);
  const isLong = isOpen(rule) ? path.length >= keys.length : path.length === keys.length;
  return isLong && keys.every((key, index) => fits(key, path[index]));
}

/** Whether a rule covers something below a place. */
export function coversWithin(rule: Rule, path: readonly Step[]): boolean {
  const keys = keysOf(rule);
  return keys.length > path.length && path.every((step, index) => fits(keys[index] ?? '', step));
}

function keysOf(rule: Rule): readonly string[] {
  return isOpen(rule) ? rule.at.slice(0, -1) : rule.at;
}

function fits(key: string, step: Step | undefined): boolean {
  if (step === undefined) return false;
  if (key === '*' || key === step.key) return true;
  return step.key.includes('_') && key === step.key.replaceAll(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The place of a part of a change. */
export function within(change: Change, step: Step): Change {
  return { ...change, path: [...change.path, step], pointer: `${change.pointer}/${pointerKey(step.key)}` };
}

/** The name of the last named step of a path. */
export function nameOf({ path }: Change, back = 1): string {
  const step = path.at(-back);
  return step?.name ?? step?.key ?? '';
}

/** The values of a change, for display. */
export function values({ before, after }: Change): Pick<RuleResult, 'before' | 'after'> {
  return { before, after };
}

/** A rule for a part that is only reworded: `description changed`. */
export function textRule(at: readonly string[], noun: string, attention: Attention = 'text'): Rule {
  return { at, say: (change) => (change.isPart ? undefined : { attention, what: changeText(change, noun), ...values(change) }) };
}

/** A rule for a list whose elements have their own rules. */
export function orderRule(at: readonly string[], noun: string, attention: Attention = 'behavior'): Rule {
  return {
    at,
    say: (change) => (change.kind === 'reordered' ? { attention, what: changeText(change, noun) } : undefined),
    parts: ['added', 'removed', 'changed'],
  };
}

/** The wording for a field of something named; nothing if that is new as a whole. */
export function ofField(change: Change, attention: Attention, what: string): RuleResult | undefined {
  return change.isPart ? undefined : { attention, what, name: nameOf(change, 2), before: change.before, after: change.after };
}

/** `description added`, and so on. */
export function changeText({ kind }: Pick<Change, 'kind'>, noun: string): string {
  return kind === 'reordered' ? `order of ${noun} changed` : `${noun} ${kind}`;
}

/** Rules for elements that are added and removed: `new tool`, `tools removed`. */
export function memberRule(at: readonly string[], [one, many]: readonly [string, string], weights: MemberWeights): Rule {
  return {
    at,
    say: (change) => {
      const name = elementName(change);
      if (change.kind === 'added') return { attention: weights.added, what: [`new ${one}`, `new ${many}`], name };
      if (change.kind === 'removed')
        return change.isPart ? undefined : { attention: weights.removed, what: [`${one} removed`, `${many} removed`], name };
      return { attention: weights.added, what: `${one} changed`, name, ...values(change) };
    },
  };
}

interface MemberWeights {
  readonly added: Attention;
  readonly removed: Attention;
}

/** In a list of texts and numbers the element is its own name. */
function elementName(change: Change): string {
  const { before, after } = change;
  const value = after ?? before;
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : nameOf(change);
}
