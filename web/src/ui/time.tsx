import type { JSX } from 'preact';

const STEPS: readonly (readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** How long ago a time is, or how soon, in words. */
export function relative(time: string, now: number): string {
  const seconds = (Date.parse(time) - now) / 1000;
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const [unit, size] = STEPS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1];
  return format.format(Math.round(seconds / size), unit);
}

/** A time; the exact one is shown to whoever points at it. */
export function Time({ at }: { readonly at: string }): JSX.Element {
  return Number.isNaN(Date.parse(at)) ? (
    <span>{at}</span>
  ) : (
    <time dateTime={at} title={new Date(at).toISOString()}>
      {relative(at, Date.now())}
    </time>
  );
}
