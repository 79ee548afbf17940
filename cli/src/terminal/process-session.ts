import { Failure } from '../program/failure.ts';
import { calledAs } from '../program/names.ts';
import { mayColor } from './environment.ts';
import { printable } from './printable.ts';
import { fitted } from './width.ts';
import type { Session } from './session.ts';

/** Exit code of a program that a signal ends: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/** The session of this process. A second signal ends it at once. */
export function processSession(started: string): Session {
  const { stdout, stderr, env } = process;
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(INTERRUPTED);
      stop.abort(new Error(`interrupted by ${name}`));
      // Stops waiting for input.
      process.stdin.destroy();
    });
  }
  // Errors are reported by the writes; an unhandled event would end the program.
  let read = true;
  stdout.on('error', () => undefined);
  stderr.on('error', () => undefined);
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
        if (!read) return resolve();
        stdout.write(text, (error) => {
          if (error === null || error === undefined) return resolve();
          // The reader of the result has seen enough, such as `head`.
          read = (error as NodeJS.ErrnoException).code !== 'EPIPE';
          return read ? reject(new Failure(`the result cannot be written: ${error.message}`, { cause: error })) : resolve();
        });
      }),
    isRead: () => read,
    say: (line) => {
      clear();
      stderr.write(`${printable(line, 'keep')}\n`);
    },
    draw: (text) => {
      if (!stderr.isTTY) return;
      stderr.write(`\r\u001b[K${fitted(printable(text), (stderr.columns || 80) - 1)}`);
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
