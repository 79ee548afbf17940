import { spawn } from 'node:child_process';

/** Waits for the end of its input, which comes when our process ends in any way, then kills the program and removes its folder. */
const script = 'read -r _; kill -KILL "$1" 2>/dev/null; sleep 0.2; rm -rf -- "$2"';

/**
 * Makes sure that `pid` and the folder `dir` do not outlive this process, even when it is killed. An exit handler would not do: test runners hand
 * out a copy of `process` whose handlers never run. The returned function ends the watch.
 */
export function watchOver(pid: number, dir: string): () => void {
  // Its own process group, so that Ctrl-C does not end the watch before the watched.
  const watchdog = spawn('/bin/sh', ['-c', script, 'watchdog', String(pid), dir], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  // Without a shell there is no watch; the programs are still stopped by stop().
  watchdog.on('error', () => undefined);
  watchdog.unref();
  if ('unref' in watchdog.stdin && typeof watchdog.stdin.unref === 'function') watchdog.stdin.unref();
  return () => {
    watchdog.kill('SIGKILL');
  };
}
