import { spawn } from 'node:child_process';
import type { Session } from './session.ts';

/** Takes text, page by page. */
export type Write = (text: string) => Promise<void>;

/** What a shell exits with that does not find a program. */
const NOT_FOUND = 127;

/** Whoever reads has left the pager: there is no need for more. */
class PagerLeft extends Error {
  override readonly name = 'PagerLeft';
}

/**
 * Has a long result shown by the pager of TOOLHIVE_REGISTRY_PAGER or PAGER, or by `less`, as git does: on a terminal only, and less shows what fits on
 * the screen without waiting for a key. An empty variable, or `cat`, turns it off. Without such a program the result is written as it is.
 */
export async function paged(session: Session, work: (write: Write) => Promise<void>): Promise<void> {
  const { terminal, env } = session;
  const program = env['TOOLHIVE_REGISTRY_PAGER'] ?? env['PAGER'] ?? 'less';
  if (!terminal.out || program === '' || program === 'cat') return work(session.write);
  using _ignored = withoutInterrupts();
  const pager = spawn('/bin/sh', ['-c', program], { stdio: ['pipe', 'inherit', 'inherit'], env: { LESS: 'FRX', ...env } });
  const ended = new Promise<number | null>((resolve) => {
    pager.once('close', resolve);
    pager.once('error', () => resolve(NOT_FOUND));
  });
  const given: string[] = [];
  let isOpen = true;
  pager.stdin.on('error', () => (isOpen = false));
  void ended.then(() => (isOpen = false));
  try {
    await work(async (text) => {
      given.push(text);
      if (isOpen) await new Promise<void>((resolve) => pager.stdin.write(text, () => resolve()));
      else if ((await ended) !== NOT_FOUND) throw new PagerLeft();
    });
  } catch (error) {
    if (!(error instanceof PagerLeft)) throw error;
  } finally {
    pager.stdin.end();
    await ended;
  }
  if ((await ended) === NOT_FOUND) await session.write(given.join(''));
}

/** Ctrl-C is for the pager while it is there: it ends what less looks for, and must not leave it behind with the terminal. */
function withoutInterrupts(): Disposable {
  const before = process.listeners('SIGINT');
  const ignore = (): void => undefined;
  process.removeAllListeners('SIGINT');
  process.on('SIGINT', ignore);
  return {
    [Symbol.dispose]: () => {
      process.removeListener('SIGINT', ignore);
      for (const listener of before) process.on('SIGINT', listener);
    },
  };
}
