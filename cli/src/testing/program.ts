import { waitFor } from '@toolhive-registry/testenv';
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** For tests: how the program ended, and what it said. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** For tests: how the program is started. */
export interface Started {
  readonly env?: Readonly<Record<string, string>>;
  /** What comes on standard input. */
  readonly input?: string;
  readonly cwd?: string;
  /** Of a terminal; default: 100 columns and 40 rows. */
  readonly screen?: { readonly columns: number; readonly rows: number };
}

/** For tests: the program as it is built. */
export interface Program extends AsyncDisposable {
  /** Path of the built file. */
  readonly file: string;
  /** Where it is run if nothing else is said; it goes away with the program. */
  readonly folder: string;
  run(args: readonly string[], started?: Started): Promise<Ended>;
  /** The same with nobody who reads its result. */
  unread(args: readonly string[], started?: Started): Promise<Ended>;
  /** The same on a terminal: the output has everything that was drawn. */
  onTerminal(args: readonly string[], started?: Started): Promise<Ended>;
}

/** Longest that a test's program may run, in milliseconds. */
const LIMIT_MS = 60_000;

/** For tests: the program as it was built for this run (hack/test.ts), or built now. It runs in a folder of its own. */
export async function builtProgram(): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-test-'));
  const file = process.env['BUILT_CLI'] ?? (await build(folder));
  return {
    file,
    folder,
    run: (args, started = {}) => ended(process.execPath, [file, ...args], { cwd: folder, ...started }),
    unread: (args, started = {}) => ended(process.execPath, [file, ...args], { cwd: folder, ...started }, 'unread'),
    onTerminal: (args, started = {}) => {
      const words = [process.execPath, file, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
      return onTerminal(words, { cwd: folder, ...started });
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** For tests: a line of the shell on a terminal of its own. */
export function onTerminal(line: string, started: Started = {}): Promise<Ended> {
  const { columns, rows } = started.screen ?? { columns: 100, rows: 40 };
  const env = { TERM: 'xterm', ...started.env };
  return ended('script', ['-qec', `stty cols ${columns} rows ${rows}; ${line}`, '/dev/null'], { ...started, env });
}

/** For tests: a program that continues until it is interrupted. */
export interface Watched {
  /** Waits until the program has said something. */
  until(text: string): Promise<void>;
  /** Sends SIGINT, and waits for the exit code. */
  interrupt(): Promise<number | null>;
  /** All that it said until now, result and messages. */
  said(): string;
}

/** For tests: starts the program and follows what it says. */
export function watched(args: readonly string[], { file }: Program, started: Started = {}): Watched {
  const child = spawn(process.execPath, [file, ...args], {
    env: environment(started),
    timeout: LIMIT_MS,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (said += text));
  const code = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    until: async (text) => {
      await waitFor(() => said.includes(text) || undefined, { message: `the program to say "${text}"` });
    },
    interrupt: () => {
      child.kill('SIGINT');
      return code;
    },
    said: () => said,
  };
}

/** Its own home: without the kubeconfig of the developer. */
function environment({ env }: Started): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LC_ALL: 'C.UTF-8', TZ: 'UTC', ...env };
}

function ended(command: string, args: readonly string[], started: Started, result: 'read' | 'unread' = 'read'): Promise<Ended> {
  const { input, cwd } = started;
  const child = spawn(command, [...args], { cwd, env: environment(started), timeout: LIMIT_MS });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  if (result === 'unread') child.stdout.destroy();
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that ends without having read its input is no fault of the test's.
  child.stdin.on('error', () => undefined).end(input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

async function build(folder: string): Promise<string> {
  const built = await ended(process.execPath, [join(ROOT, 'hack/build.ts'), folder, 'cli'], { cwd: ROOT });
  if (built.code !== 0) throw new Error(`the program cannot be built: ${built.stderr}`);
  return join(folder, 'cli/toolhive-registry.cjs');
}
