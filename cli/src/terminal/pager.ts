import { spawn } from 'node:child_process';
import type { Session } from './session.ts';

/** Takes text, page by page. */
export type Write = (text: string) => Promise<void>;

/**
 * Has a long result shown by the pager of TOOLHIVE_REGISTRY_PAGER or PAGER, or by `less`, as git does: on a terminal only, and less shows what fits on
 * the screen without waiting for a key. An empty variable, or `cat`, turns it off.
 */
export async function paged(session: Session, work: (write: Write) => Promise<void>): Promise<void> {
  const { terminal, env } = session;
  const program = env['TOOLHIVE_REGISTRY_PAGER'] ?? env['PAGER'] ?? 'less';
  if (!terminal.out || program === '' || program === 'cat') return work(session.write);
  const pager = spawn('/bin/sh', ['-c', program], { stdio: ['pipe', 'inherit', 'inherit'], env: { LESS: 'FRX', ...env } });
  const ended = new Promise<void>((resolve) => {
    pager.once('close', () => resolve());
    pager.once('error', () => resolve());
  });
  let open = true;
  // Whoever reads has left the pager before the end.
  pager.stdin.on('error', () => (open = false));
  try {
    await work(
      (text) =>
        new Promise((resolve) => {
          if (open) pager.stdin.write(text, () => resolve());
          else resolve();
        }),
    );
  } finally {
    pager.stdin.end();
    await ended;
  }
}
