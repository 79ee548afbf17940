import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A program that was started for a measurement. */
export interface Program {
  readonly name: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** Fires when the program ends; the reason quotes its last lines. */
  readonly ended: AbortSignal;
  /** SIGTERM, after 5 s SIGKILL; done when the program is gone. */
  stop(): Promise<void>;
}

/** How a program is started. */
export interface StartOptions {
  /** The program, if it is not Node.js. */
  readonly program?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly ipc?: boolean;
  /** The core that it is pinned to, so that two programs do not compete. */
  readonly core?: number;
}

const GRACE_MS = 5000;
const KEPT_LOG = 8192;

/** Processes and folders of a part of the bench. They are removed when the scope is disposed of, and when this process exits. */
export class Scope implements AsyncDisposable {
  readonly signal: AbortSignal;
  readonly #children = new Set<ChildProcess>();
  readonly #folders: string[] = [];
  readonly #endings: (() => Promise<void>)[] = [];
  readonly #atExit = (): void => {
    for (const child of this.#children) child.kill('SIGKILL');
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true });
  };

  /** The signal is the bench's own: an interrupt ends every wait. */
  constructor(signal: AbortSignal) {
    this.signal = signal;
    process.on('exit', this.#atExit);
  }

  /** Starts a program, by default Node.js. With `ipc` it accepts messages, and is expected to end with this process. */
  start(name: string, args: readonly string[], options: StartOptions = {}): Program {
    const pinned = options.core === undefined || availableParallelism() < 2 ? [] : ['taskset', '-c', String(options.core)];
    const [program = '', ...rest] = [...pinned, options.program ?? process.execPath, ...args];
    const child = spawn(program, rest, {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe', ...(options.ipc === true ? (['ipc'] as const) : [])],
    });
    if (child.pid === undefined) throw new Error(`${name} could not be started`);
    this.#children.add(child);
    let log = '';
    const keep = (chunk: Buffer): void => {
      log = (log + chunk.toString('utf8')).slice(-KEPT_LOG);
    };
    child.stdout?.on('data', keep);
    child.stderr?.on('data', keep);
    const ended = new AbortController();
    child.once('exit', (code, signal) => {
      this.#children.delete(child);
      ended.abort(new Error(`${name} ended (exit code ${code ?? 'none'}, signal ${signal ?? 'none'}); its last lines:\n${log}`));
    });
    return { name, pid: child.pid, child, ended: ended.signal, stop: () => stop(child) };
  }

  /** Creates a folder that goes with the scope. */
  async folder(): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'registry-bench-'));
    this.#folders.push(path);
    return path;
  }

  /** Registers a cleanup, run in reverse order after the programs. */
  defer(undo: () => Promise<void>): void {
    this.#endings.unshift(undo);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#children].map(stop));
    for (const undo of this.#endings) await undo();
    this.#atExit();
    process.off('exit', this.#atExit);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = new AbortController();
  const late = sleep(GRACE_MS, undefined, { signal: timer.signal }).then(
    () => child.kill('SIGKILL'),
    () => false,
  );
  await gone;
  timer.abort();
  await late;
}

/** Waits for a promise, but not beyond the signal. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const done = new AbortController();
  try {
    return await Promise.race([
      promise,
      once(signal, 'abort', { signal: done.signal }).then((): never => {
        throw signal.reason;
      }),
    ]);
  } finally {
    done.abort();
  }
}
