const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

/** How long ago a time was, as kubectl's columns say it: `45s`, `12m`, `3h`, `9d`, `2y`. Empty for what is no time. */
export function ageOf(time: string | undefined, now: number): string {
  const then = Date.parse(time ?? '');
  if (Number.isNaN(then)) return '';
  const age = Math.max(0, now - then);
  if (age < 2 * MINUTE) return `${Math.floor(age / SECOND)}s`;
  if (age < 2 * HOUR) return `${Math.floor(age / MINUTE)}m`;
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)}h`;
  return age < 2 * YEAR ? `${Math.floor(age / DAY)}d` : `${Math.floor(age / YEAR)}y`;
}
