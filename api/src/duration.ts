/**
 * Pattern of a duration as Go writes it: one or more numbers with a unit, no sign, no spaces.
 * The subset of Go's `time.ParseDuration` that ToolHive's CRD accepted.
 */
export const durationPattern = '^([0-9]+(\\.[0-9]+)?(ns|us|µs|μs|ms|s|m|h))+$';

const millisecondsPer: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** Go's durations are 64-bit nanoseconds: about 292 years. */
const maxMilliseconds = 2 ** 63 / 1e6;

/** A text that is not a Go duration. The message quotes the text and shows a valid form. */
export class DurationError extends Error {
  override readonly name = 'DurationError';
}

/**
 * Milliseconds of a Go duration such as `90s`, `1h30m` or `1.5h`.
 * @throws DurationError when the text is malformed or longer than Go can hold (292 years).
 */
export function parseGoDuration(text: string): number {
  if (!new RegExp(durationPattern, 'u').test(text)) {
    throw new DurationError(`${JSON.stringify(text)} is not a duration; write numbers with units, for example 30s, 5m or 1h30m`);
  }
  let total = 0;
  // The two signs for micro by number: see hack/build.ts on non-ASCII characters.
  for (const [, amount = '', unit = ''] of text.matchAll(/([0-9]+(?:\.[0-9]+)?)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)/gu)) {
    total += Number(amount) * (millisecondsPer[unit] ?? Number.NaN);
  }
  if (!(total < maxMilliseconds)) throw new DurationError(`${JSON.stringify(text)} is longer than 292 years; write a shorter duration`);
  return total;
}

/** Shortest Go duration of whole hours, minutes and seconds (fractions of a second as milliseconds): 5400000 is `1h30m`. */
export function formatDuration(milliseconds: number): string {
  if (!Number.isFinite(milliseconds) || milliseconds < 0) {
    throw new DurationError(`${milliseconds} is not a duration in milliseconds; give a finite number of at least 0`);
  }
  const whole = Math.round(milliseconds);
  const parts: string[] = [];
  const hours = Math.floor(whole / 3_600_000);
  const minutes = Math.floor((whole % 3_600_000) / 60_000);
  const seconds = Math.floor((whole % 60_000) / 1000);
  if (hours > 0) parts.push(`${hours}h`);
  if (minutes > 0) parts.push(`${minutes}m`);
  if (seconds > 0) parts.push(`${seconds}s`);
  if (whole % 1000 > 0) parts.push(`${whole % 1000}ms`);
  return parts.length === 0 ? '0s' : parts.join('');
}
