import { chmod, lstat, mkdtemp, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, messageOf } from '../errors.ts';
import { SourceError } from '../sources/source-error.ts';

/** A folder for one question to a repository: configuration, credentials and what is fetched. It goes away with what is in it. */
export interface Workspace extends AsyncDisposable {
  readonly path: string;
  /** Writes a file that only this user can read. */
  write(name: string, content: string): Promise<void>;
  /** Bytes of all files in it. */
  size(): Promise<number>;
}

const PREFIX = 'mcpregistry-git-';

/** The process that a folder belongs to. Process ids are reused, in a pod by every start of the container. */
export interface Owner {
  readonly pid: number;
  /** When the process began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** Makes a workspace. Throws {@link SourceError} when the folder cannot be written to. */
export async function createWorkspace(temporaryPath: string, { pid, startedAt }: Owner): Promise<Workspace> {
  let path: string;
  try {
    path = await realpath(await mkdtemp(join(temporaryPath, `${PREFIX}${pid}-${Math.floor(startedAt).toString(36)}-`)));
    await chmod(path, 0o700);
  } catch (cause) {
    const why = codeOf(cause) ?? messageOf(cause);
    throw new SourceError(
      'StorageFailed',
      `the temporary folder ${temporaryPath} cannot be written to (${why}); make it writable, or name another with --temp-path`,
      { cause },
    );
  }
  return {
    path,
    write: (name, content) => writeFile(join(path, name), content, { mode: 0o600 }),
    size: () => sizeOf(path),
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 }),
  };
}

/** Removes what killed processes left behind, which may contain credentials. Never rejects. */
export async function removeStaleWorkspaces(temporaryPath: string, own: Owner, isRunning: (pid: number) => boolean): Promise<void> {
  const names = await readdir(temporaryPath).catch(() => []);
  const stale = names.filter((name) => {
    const [, pid, started] = /^mcpregistry-git-(\d+)-([0-9a-z]+)-/.exec(name) ?? [];
    if (pid === undefined) return false;
    if (Number(pid) === own.pid) return started !== Math.floor(own.startedAt).toString(36);
    return !isRunning(Number(pid));
  });
  await Promise.all(stale.map((name) => rm(join(temporaryPath, name), { recursive: true, force: true }).catch(() => undefined)));
}

async function sizeOf(folder: string): Promise<number> {
  // Files come and go while Git works.
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) =>
      lstat(join(folder, entry)).then(
        (stats) => (stats.isFile() ? stats.size : 0),
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
