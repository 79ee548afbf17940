import { calledAs } from '../program/names.ts';
import { mayColor } from './environment.ts';
import type { Session } from './session.ts';

/** Exit code of a program that a signal ends, as shells count it: 128 and the number of SIGINT. */
export const INTERRUPTED = 130;

/** The session of this process. A second signal ends it at once. */
export function processSession(started: string): Session {
  const { stdout, stderr, env } = process;
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stop.abort(new Error(`interrupted by ${name}`)));
  // Whoever reads the result has seen enough, such as `head`.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  let drawn = false;
  const clear = (): void => {
    if (drawn) stderr.write('\r\u001b[K');
    drawn = false;
  };
  return {
    program: calledAs(started),
    env,
    stdin: process.stdin,
    write: (text) =>
      new Promise((resolve, reject) => {
        clear();
        stdout.write(text, (error) => (error === null || error === undefined ? resolve() : reject(error)));
      }),
    say: (line) => {
      clear();
      stderr.write(`${line}\n`);
    },
    draw: (text) => {
      if (!stderr.isTTY) return;
      stderr.write(`\r\u001b[K${text}`);
      drawn = text !== '';
    },
    terminal: {
      out: stdout.isTTY,
      err: stderr.isTTY,
      columns: stdout.isTTY ? stdout.columns : undefined,
      rows: stdout.isTTY ? stdout.rows : undefined,
      color: mayColor(env, stdout.isTTY),
    },
    signal: stop.signal,
    now: Date.now,
  };
}
