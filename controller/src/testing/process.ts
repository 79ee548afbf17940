import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@toolhive-registry/testenv';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** For tests: the controller as a separate process. */
export interface Run {
  readonly child: ChildProcess;
  /** The exit code; null after a signal that the program did not handle. */
  readonly exit: Promise<number | null>;
  stdout(): string;
  stderr(): string;
  /** Waits for a JSON line of the log with this message. */
  logged(message: string): Promise<Record<string, unknown>>;
}

/** For tests: starts the program in an environment without cluster settings, except for what is given. */
export function runController(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    exit,
    stdout: () => stdout,
    stderr: () => stderr,
    logged: (message) =>
      waitFor(
        () => {
          if (child.exitCode !== null) throw new Error(`the program ended: ${stderr}`);
          const lines = stderr.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
          return lines.map((line) => JSON.parse(line) as Record<string, unknown>).find(({ msg }) => msg === message);
        },
        { message: `the log line "${message}"`, deadlineMs: 15_000 },
      ),
  };
}
