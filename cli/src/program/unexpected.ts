import type { Environment } from '../terminal/environment.ts';

/** Value of DEBUG that shows where an unexpected error came from. */
const PROGRAM_DEBUG = 'toolhive-registry';
/** Where faults of the program are reported. */
const REPORTS = 'https://github.com/toolhive-registry/toolhive-registry/issues';

/**
 * The message for an unexpected error: one sentence, and with `DEBUG=toolhive-registry` where it came from. What the system says, such as that a
 * disk is full, is not a fault of the program; everything else should be reported. Never a line of the program itself.
 */
export function unexpected(error: unknown, env: Environment): string[] {
  const message = error instanceof Error ? error.message : String(error);
  const isOfSystem = error instanceof Error && typeof (error as NodeJS.ErrnoException).syscall === 'string';
  const remedy = isOfSystem ? '' : `; this is a fault of the program: report it at ${REPORTS}, with what DEBUG=${PROGRAM_DEBUG} shows`;
  return [`error: ${message}${remedy}`, ...(env['DEBUG'] === PROGRAM_DEBUG && error instanceof Error ? [stackOf(error)] : [])];
}

/** The calls that led to an error, without its message. */
function stackOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
