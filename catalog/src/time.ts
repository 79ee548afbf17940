const RFC3339 = /^(\d{4}-\d\d-(\d\d))[Tt ]((\d\d):\d\d:\d\d)(?:\.(\d+))?(?:[Zz]|([+-])(\d\d):(\d\d))$/;

/**
 * Milliseconds since 1970 of an RFC 3339 time, with microseconds as the fraction: the official registry's times have them, and two changes within a millisecond
 * have to be distinguishable. Undefined for anything else, such as 30 February and 24 o'clock.
 */
export function parseTime(text: string): number | undefined {
  const [match, date, day, clock, hour, fraction = '', sign, hours = '00', minutes = '00'] = RFC3339.exec(text) ?? [];
  if (match === undefined || Number(hours) > 23 || Number(minutes) > 59) return undefined;
  const seconds = Date.parse(`${date}T${clock}Z`);
  if (Number.isNaN(seconds)) return undefined;
  // Date.parse accepts a day or hour too many as one of the next month or day.
  const parsed = new Date(seconds);
  if (parsed.getUTCDate() !== Number(day) || parsed.getUTCHours() !== Number(hour)) return undefined;
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return seconds - offset + Number(fraction.slice(0, 6).padEnd(6, '0')) / 1000;
}
