import { execFileSync } from 'node:child_process';
import { ROOT } from './options.ts';

/** The commit that is built: SOURCE_COMMIT if the sources come without their history, such as from an archive. */
export function commit(): string {
  return process.env['SOURCE_COMMIT'] || git('rev-parse', 'HEAD') || 'unknown';
}

/** The time of the commit in seconds since 1970, which is the same for each build of it; without the history SOURCE_DATE_EPOCH (reproducible-builds.org). */
export function buildSeconds(): number | undefined {
  const seconds = process.env['SOURCE_DATE_EPOCH'] || git('show', '--no-patch', '--format=%ct', `${commit()}^{commit}`);
  return /^\d{1,11}$/.test(seconds) ? Number(seconds) : undefined;
}

/** The same in UTC, as people read it. */
export function buildTime(): string {
  const seconds = buildSeconds();
  return seconds === undefined ? 'unknown' : new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** The output of git about the sources; '' if it fails. */
function git(...args: readonly string[]): string {
  try {
    return execFileSync('git', [...args], { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return '';
  }
}
