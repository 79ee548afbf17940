import { parseGoDuration } from '@toolhive-registry/api/duration';
import { Failure, misuse } from '../program/failure.ts';
import { fitted } from './width.ts';
import { printable } from './printable.ts';
import type { Session } from './session.ts';

/** Milliseconds between two polls. */
const PAUSE_MS = 500;
/** Default timeout in milliseconds. */
const PATIENCE_MS = 5 * 60_000;

/** Milliseconds of the flag `--timeout`. */
export function waitTimeoutMs(text: string | undefined): number {
  if (text === undefined) return PATIENCE_MS;
  try {
    return parseGoDuration(text);
  } catch (cause) {
    throw misuse(`--timeout is "${text}"`, cause instanceof Error ? cause.message : undefined);
  }
}

/** The result of a poll: the value, or what it waits for. */
export type Look<T> = { readonly done: T } | { readonly waiting: string };

/** What waiting is about. */
export interface Wait {
  /** For the messages, such as `the sync of team`. */
  readonly what: string;
  readonly timeoutMs: number;
  /** What remains true when the program is interrupted, as a sentence. */
  readonly interrupted: string;
}

/** Polls until something is done, and shows on the terminal what it waits for. Throws a {@link Failure} on timeout. */
export async function until<T>({ what, timeoutMs, interrupted }: Wait, session: Session, look: () => Promise<Look<T>>): Promise<T> {
  const started = session.now();
  let waiting = '';
  try {
    for (;;) {
      const found = await look();
      if ('done' in found) return found.done;
      waiting = printable(found.waiting);
      const elapsed = session.now() - started;
      if (elapsed >= timeoutMs)
        throw new Failure(`${what} is not done after ${Math.round(timeoutMs / 1000)} s: ${waiting}`, {
          remedy: 'wait longer with --timeout',
        });
      session.draw(fitted(`Waiting ${Math.round(elapsed / 1000)}s: ${waiting}`, (session.terminal.columns ?? 80) - 1));
      await pause(Math.min(PAUSE_MS, timeoutMs - elapsed), session.signal);
    }
  } catch (error) {
    if (session.signal.aborted) throw new Failure(`interrupted: ${interrupted}`, { exitCode: 130, cause: error });
    throw error;
  } finally {
    session.draw('');
  }
}

/** Waits, but not longer than until the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
}
