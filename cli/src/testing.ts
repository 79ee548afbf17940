import { expect } from '@jest/globals';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

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
  /** A text of standard error or output after which the signal is sent. */
  readonly interruptAt?: string;
}

/** For tests: the program as it is built. */
export interface Program extends AsyncDisposable {
  /** Path of the built file. */
  readonly file: string;
  run(args: readonly string[], started?: Started): Promise<Ended>;
  /** The same on a terminal of 100 columns: the output has everything that was drawn. */
  onTerminal(args: readonly string[], started?: Started): Promise<Ended>;
}

/** Longest that a test's program may run, in milliseconds. */
const LIMIT_MS = 60_000;

/** For tests: builds the program into a folder of its own. */
export async function builtProgram(): Promise<Program> {
  const folder = await mkdtemp(join(tmpdir(), 'cli-test-'));
  const built = await ended(process.execPath, [join(ROOT, 'hack/build.ts'), folder, 'cli'], { cwd: ROOT });
  if (built.code !== 0) throw new Error(`the program cannot be built: ${built.stderr}`);
  const file = join(folder, 'cli/main.cjs');
  return {
    file,
    run: (args, started = {}) => ended(process.execPath, [file, ...args], { cwd: folder, ...started }),
    onTerminal: (args, started = {}) => {
      const words = [process.execPath, file, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
      const env = { TERM: 'xterm', ...started.env };
      return ended('script', ['-qec', `stty cols 100 rows 40; ${words}`, '/dev/null'], { cwd: folder, ...started, env });
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

function ended(command: string, args: readonly string[], { env, input, cwd, interruptAt }: Started): Promise<Ended> {
  // A home of its own: no kubeconfig of whoever runs the tests.
  const own = { PATH: process.env['PATH'] ?? '', HOME: tmpdir(), LC_ALL: 'C.UTF-8', TZ: 'UTC' };
  const child = spawn(command, [...args], { cwd, env: { ...own, ...env }, timeout: LIMIT_MS });
  let [stdout, stderr] = ['', ''];
  let interrupted = false;
  const heard = (): void => {
    if (interrupted || interruptAt === undefined || !`${stdout}${stderr}`.includes(interruptAt)) return;
    interrupted = true;
    child.kill('SIGINT');
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  child.stdin.end(input ?? '');
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/**
 * For tests: compares a text with the file of that name in cli/testdata, after putting words for what differs from run to run. With WRITE_EXPECTED=1 the file
 * is written instead.
 */
export function expectFile(name: string, text: string, replaced: readonly (readonly [found: RegExp | string, word: string])[] = []): void {
  const file = fileURLToPath(new URL(`../testdata/${name}`, import.meta.url));
  const stable = replaced.reduce(
    (all, [found, word]) => all.replaceAll(typeof found === 'string' ? found : new RegExp(found, 'g'), word),
    text,
  );
  if (process.env['WRITE_EXPECTED'] === '1') writeFileSync(file, stable);
  expect(stable).toBe(readFileSync(file, 'utf8'));
}
