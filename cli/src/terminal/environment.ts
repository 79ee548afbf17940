/** Environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Whether output may have colors: on a terminal that can, unless NO_COLOR is set to anything (no-color.org); FORCE_COLOR, other than 0, allows it
 * anywhere.
 */
export function mayColor(env: Environment, isTerminal: boolean): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'] ?? '';
  if (forced !== '') return forced !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}
