import { dump, load } from 'js-yaml';

/** A rule as far as its times go. */
interface Rule {
  readonly expr: string;
  readonly for?: string;
}

/** Milliseconds of each unit of Prometheus. */
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
/** Ranges such as `[5m]`, and what is behind `offset`. */
const DURATION = /(?<=\[)[^\]]+|(?<=\boffset )\w+/g;
/** What an age is compared with, in seconds. */
const AGE = /(?<=time\(\) - [^>]*> )\d+/g;

/**
 * A rule file in which all times of a rule are divided by one number, so that the longest has the given length. A rule keeps its meaning, with its
 * comparisons and sums, and fires quickly enough for a test.
 * @throws Error for a time that is not written as one number and one unit
 */
export function shortened(rules: string, longestMs: number): string {
  const file = load(rules) as { readonly groups: readonly { readonly rules: readonly Rule[] }[] };
  return dump({ groups: file.groups.map((group) => ({ ...group, rules: group.rules.map((rule) => shortenedRule(rule, longestMs)) })) });
}

function shortenedRule<R extends Rule>(rule: R, longestMs: number): R {
  const pending = rule.for ?? '0m';
  const times = [...[...rule.expr.matchAll(DURATION)].map(([text]) => msOf(text)), msOf(pending)];
  const factor = longestMs / Math.max(...times);
  const short = (text: string): string => `${Math.max(1, Math.round(msOf(text) * factor))}ms`;
  const expr = rule.expr.replace(DURATION, short).replace(AGE, (seconds) => String(Number(seconds) * factor));
  return { ...rule, expr, for: short(pending) };
}

function msOf(text: string): number {
  const [, count = '', unit = ''] = /^(\d+)(ms|s|m|h|d)$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (Number.isNaN(ms)) throw new Error(`"${text}" is no duration of one unit`);
  return ms;
}
