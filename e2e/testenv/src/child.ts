import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watchOver } from './watchdog.ts';

/** A program started by this process. */
export interface Child {
  readonly name: string;
  /** The last lines that the program wrote. */
  logTail(): string;
  /** @throws Error with the log's tail when the program has ended */
  assertAlive(): void;
  /** Ends the program and waits until it is gone: SIGTERM, after the grace SIGKILL. Does nothing when it is gone already. */
  stop(graceMs: number): Promise<void>;
}

const keptBytes = 64 * 1024;
const shownLines = 25;

/**
 * Starts the program `name` of the folder `assets`; its output is kept in memory, the last 64 KiB of it. Should this process end without stopping it, it
 * is killed and `dir` removed.
 */
export function startChild(name: string, args: readonly string[], folders: { readonly assets: string; readonly dir: string }): Child {
  const child = spawn(join(folders.assets, name), args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const endWatch = child.pid === undefined ? undefined : watchOver(child.pid, folders.dir);
  child.once('exit', () => endWatch?.());
  let log = '';
  let failure: Error | undefined;
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString('utf8')).slice(-keptBytes);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.on('error', (error) => {
    failure = error;
  });
  const hasEnded = (): boolean => failure !== undefined || child.exitCode !== null || child.signalCode !== null;
  const logTail = (): string => log.trimEnd().split('\n').slice(-shownLines).join('\n');

  return {
    name,
    logTail,
    assertAlive: () => {
      if (!hasEnded()) return;
      const how = failure?.message ?? `exit code ${child.exitCode ?? 'none'}, signal ${child.signalCode ?? 'none'}`;
      throw new Error(`${name} ended (${how}); its last lines:\n${logTail()}`, { cause: failure });
    },
    stop: async (graceMs) => {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const timer = new AbortController();
      const inTime = await Promise.race([ended.then(() => true), sleep(graceMs, false, { signal: timer.signal }).catch(() => true)]);
      timer.abort();
      if (!inTime) child.kill('SIGKILL');
      await ended;
    },
  };
}
