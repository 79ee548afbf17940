/**
 * A time as Kubernetes' MicroTime, with six fractional digits: with the three of `toISOString` the API server answers 400. `ms` is milliseconds since 1970, and
 * may have a fraction.
 */
export function microTime(ms: number): string {
  const whole = Math.floor(ms);
  const micros = Math.floor((ms - whole) * 1000);
  return new Date(whole).toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
}
