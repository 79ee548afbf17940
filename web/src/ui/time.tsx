import type { JSX } from 'preact';

/** Units of time, and how many of one make the next. */
const UNITS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, count: number])[] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30.4],
  ['month', 12],
  ['year', Infinity],
];

/** A relative time in words. */
export function relative(time: string, now: number): string {
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  let amount = (Date.parse(time) - now) / 1000;
  for (const [unit, count] of UNITS) {
    const rounded = Math.round(amount);
    if (Math.abs(rounded) < count) return format.format(rounded, unit);
    amount /= count;
  }
  return time;
}

/** A relative time; the exact one is shown on hover. */
export function Time({ at }: { readonly at: string }): JSX.Element {
  return Number.isNaN(Date.parse(at)) ? (
    <span>{at}</span>
  ) : (
    <time dateTime={at} title={new Date(at).toISOString()}>
      {relative(at, Date.now())}
    </time>
  );
}
