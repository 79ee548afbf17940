import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** For tests: how the program ended. */
export interface CliEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** For tests: what the program is started with. */
export interface CliStart {
  readonly kubeconfig?: string | undefined;
  /** What comes on standard input. */
  readonly input?: string;
}

/** For tests: runs the program from its sources as a process of its own, which knows no cluster but the one that is given. */
export function runCli(args: readonly string[], { kubeconfig, input = '' }: CliStart = {}): Promise<CliEnd> {
  const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...(kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }) };
  const child = spawn(process.execPath, [MAIN, ...args], { env, cwd: tmpdir() });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // A program that ends without having read its input is no fault of the test's.
  child.stdin.on('error', () => undefined).end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
}
