import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { dirname } from 'node:path';
import { codeOf } from '../errors.ts';
import type { Environment } from '../outbound/proxy.ts';
import { SourceError } from '../sources/source-error.ts';
import { endGroup, signalGroup } from './process-group.ts';
import { FILES, SSH_COMMAND } from './settings.ts';

/** One call of Git in a workspace. */
export interface GitCall {
  readonly args: readonly string[];
  /** Folder of the workspace. */
  readonly folder: string;
  /** Environment of the server; hardly anything of it is passed on. */
  readonly env: Environment;
  /** Variables besides, such as for a trace. */
  readonly extra?: Readonly<Record<string, string>>;
  /** Ends the call, with all processes that it started. */
  readonly signal: AbortSignal;
  /** Called with {@link GitProcess.finished}. */
  readonly onStart?: (finished: Promise<unknown>) => void;
}

/** A call of Git that failed. Its output is only for {@link sourceErrorOf} to interpret, never for people. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';
  /** Not an enumerable field: printing the error with all its fields must not print this. */
  readonly #stderr: string;

  constructor(stderr: string) {
    super('git failed');
    this.#stderr = stderr;
  }

  /** What Git, and through it the other side, said. */
  get stderr(): string {
    return this.#stderr;
  }
}

/** A running call. */
export interface GitProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** Resolves with what Git wrote to standard error, when it and all it started are gone. Rejects with {@link GitFailure}. */
  readonly finished: Promise<string>;
}

/** Maximum size in bytes of standard error that is kept. Enough for a trace of one request. */
const MAX_STDERR = 256 * 1024;
/**
 * Limit of one allocation of Git: more than the largest file that is read. It stops a hostile pack from unpacking into memory. `GIT_ALLOC_LIMIT` is in no
 * manual; it is in Git's wrapper.c, and a Git without it would only lose this limit.
 */
const ALLOC_LIMIT = '192m';

/** Starts Git: without a shell, in its own process group, with its own environment. */
export function startGit({ args, folder, env, extra, signal, onStart }: GitCall): GitProcess {
  signal.throwIfAborted();
  const child = spawn('git', args, { cwd: folder, env: environment(folder, env, extra), detached: true, stdio: 'pipe' });
  const { pid } = child;
  // If Git ends before it has read all input, the exit code shows it.
  child.stdin.on('error', () => undefined);
  const pieces: Buffer[] = [];
  let length = 0;
  child.stderr.on('data', (piece: Buffer) => {
    if (length < MAX_STDERR) pieces.push(piece);
    length += piece.length;
  });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => {
      // A child that outlives Git would keep the pipes open.
      if (pid !== undefined) signalGroup(pid, 'SIGKILL');
      resolve();
    });
    child.once('error', () => resolve());
  });
  const stop = (): void => {
    // Unread output would keep the call from finishing.
    child.stdout.destroy();
    if (pid !== undefined) void endGroup(pid, exited);
  };
  signal.addEventListener('abort', stop, { once: true });
  const finished = new Promise<string>((resolve, reject) => {
    child.once('error', (cause) => reject(codeOf(cause) === 'ENOENT' ? missing(cause) : cause));
    child.once('close', (code) => {
      const stderr = Buffer.concat(pieces).toString('utf8').slice(0, MAX_STDERR);
      if (signal.aborted) reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      else if (code === 0) resolve(stderr);
      else reject(new GitFailure(stderr));
    });
  }).finally(() => signal.removeEventListener('abort', stop));
  // Who reads the output first learns of a failure there.
  finished.catch(() => undefined);
  onStart?.(finished);
  return { stdin: child.stdin, stdout: child.stdout, finished };
}

/** What a call gave. */
export interface GitOutput {
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs Git to its end. Throws {@link GitFailure}, and {@link SourceError} when it writes more than `maxOutput` bytes. */
export async function runGit(call: GitCall, options: { readonly input?: string; readonly maxOutput: number }): Promise<GitOutput> {
  const tooMuch = new AbortController();
  const { stdin, stdout, finished } = startGit({ ...call, signal: AbortSignal.any([call.signal, tooMuch.signal]) });
  const pieces: Buffer[] = [];
  let length = 0;
  stdout.on('data', (piece: Buffer) => {
    length += piece.length;
    if (length <= options.maxOutput) pieces.push(piece);
    else
      tooMuch.abort(
        new SourceError('SourceTooLarge', `the repository lists more than ${options.maxOutput} bytes of names; use a smaller one`),
      );
  });
  stdin.end(options.input ?? '');
  const stderr = await finished;
  return { stdout: Buffer.concat(pieces), stderr };
}

/** Nothing of the server's environment except PATH: no variables of Git or ssh, and no secrets. */
function environment(folder: string, env: Environment, extra: GitCall['extra']): Record<string, string> {
  return {
    PATH: env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    HOME: folder,
    XDG_CONFIG_HOME: folder,
    TMPDIR: folder,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: `${folder}/${FILES.gitConfig}`,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CEILING_DIRECTORIES: dirname(folder),
    GIT_TERMINAL_PROMPT: '0',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_SSH_COMMAND: SSH_COMMAND,
    GIT_ALLOC_LIMIT: ALLOC_LIMIT,
    ...extra,
  };
}

function missing(cause: Error): SourceError {
  return new SourceError(
    'UnsupportedSource',
    'sources of type git need the program "git", which is not on the PATH; install git 2.37 or later',
    {
      cause,
    },
  );
}
