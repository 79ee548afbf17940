import type { Stats } from 'node:fs';

/** What is wrong with a pipe, a socket or a device. */
export const NOT_REGULAR = 'is not a regular file; save its content to a file, or pipe it in and pass -';

/**
 * Whether a path can be read to its end: a regular file, or a pipe that the shell has opened for this program, as `<(command)` does. Any other pipe could
 * keep the program waiting forever for someone who writes into it.
 */
export function isReadableToEnd(path: string, stats: Pick<Stats, 'isFile' | 'isFIFO'>): boolean {
  return stats.isFile() || (stats.isFIFO() && /^\/(?:dev|proc\/self)\/fd\/\d+$/.test(path));
}
