import { createHash } from 'node:crypto';
import { constants, type BigIntStats } from 'node:fs';
import { readdir, realpath, stat, type FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { MAX_CATALOG_BYTES, type CatalogFile } from '@toolhive-registry/catalog';
import { codeOf } from '../../errors.ts';
import { traceOf } from '../../watch/identity.ts';
import { catalogFile, checkFileCount, checkSize, isCatalogPath, isHidden } from '../catalog-files.ts';
import { openFile, unreadable } from '../read-file.ts';
import { SourceError } from '../source-error.ts';

/** Maximum number of subfolders that are read. */
const MAX_FOLDERS = 2000;

/** Error codes of broken links. */
const LINK_CODES: ReadonlySet<string> = new Set(['ENOENT', 'ELOOP', 'ENOTDIR']);

/** A catalog file of a folder, or one that cannot be read, with the reason. */
export interface FolderFile {
  /** In the folder, with `/`. */
  readonly path: string;
  /** Where it really is. */
  readonly realPath: string;
  readonly stats: BigIntStats | undefined;
  readonly problem?: string;
}

/** What is in a folder and all folders below it. */
export interface Folder {
  /** Sorted by path. */
  readonly files: readonly FolderFile[];
  /** The folder itself and those below it, to be watched for changes. */
  readonly directories: readonly string[];
}

/**
 * Lists the catalog files of a folder. Links to files inside it are followed, which is how a mounted ConfigMap looks; others are named as a
 * problem, and so is what may not be read. Throws {@link SourceError} when the folder itself cannot be read, or there is too much.
 */
export async function listFolder(root: string): Promise<Folder> {
  const top = await realpath(root).catch((cause: unknown) => Promise.reject(unreadable(root, cause)));
  const files: FolderFile[] = [];
  const directories = [root];
  // Grows during iteration.
  for (const directory of directories) {
    if (directories.length > MAX_FOLDERS) {
      throw new SourceError('SourceTooLarge', `${root}: the folder has more than ${MAX_FOLDERS} folders; name one that has fewer`);
    }
    const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
      if (directory === root || !isForbidden(cause)) throw unreadable(directory, cause);
      files.push({ path: pathIn(root, directory), realPath: directory, stats: undefined, problem: FORBIDDEN_FOLDER });
      return [];
    });
    for (const entry of entries) {
      const full = join(directory, entry.name);
      const path = pathIn(root, full);
      if (entry.isDirectory() && !isHidden(entry.name)) directories.push(full);
      else if (!entry.isDirectory() && isCatalogPath(path)) files.push(await fileAt(full, path, top));
      else if (entry.isSymbolicLink() && !isHidden(entry.name) && (await leadsToFolder(full)))
        files.push({ path, realPath: full, stats: undefined, problem: 'is a link to a folder, which is not followed' });
    }
    checkFileCount(files.length, root);
  }
  return { files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), directories };
}

const FORBIDDEN_FOLDER = 'is a folder that cannot be read; correct its permissions';
const FORBIDDEN_FILE = 'cannot be read; correct its permissions';

function isForbidden(cause: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(codeOf(cause) ?? '');
}

function pathIn(root: string, full: string): string {
  return full.slice(root.length).split(sep).filter(Boolean).join('/');
}

async function leadsToFolder(link: string): Promise<boolean> {
  return stat(link).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

async function fileAt(full: string, path: string, top: string): Promise<FolderFile> {
  try {
    const realPath = await realpath(full);
    if (!realPath.startsWith(top.endsWith(sep) ? top : top + sep)) {
      return { path, realPath, stats: undefined, problem: 'is a link that leads out of the folder, which is not followed' };
    }
    const stats = await stat(realPath, { bigint: true });
    return { path, realPath, stats, ...(stats.isFile() ? {} : { problem: 'is not a regular file' }) };
  } catch (cause) {
    if (isForbidden(cause)) return { path, realPath: full, stats: undefined, problem: FORBIDDEN_FILE };
    if (!LINK_CODES.has(codeOf(cause) ?? '')) throw unreadable(full, cause);
    return { path, realPath: full, stats: undefined, problem: 'is a broken link; correct or remove it' };
  }
}

/**
 * Each file with its text, or with the reason why it has none. Throws {@link SourceError} when they are too large together, and when one that was
 * listed is gone or fails to be read: it is read again soon.
 */
export async function* readFolder(
  files: readonly FolderFile[],
  where: string,
  signal: AbortSignal,
): AsyncGenerator<CatalogFile, void, undefined> {
  let total = 0;
  for (const { path, realPath, problem } of files) {
    if (problem !== undefined) {
      yield { path, problem };
      continue;
    }
    signal.throwIfAborted();
    // Not through a link that has come since the listing.
    await using file = await openIfAllowed(realPath);
    if (file === undefined) {
      yield { path, problem: FORBIDDEN_FILE };
      continue;
    }
    const stats = await file.stat();
    if (!stats.isFile()) throw new SourceError('SourceUnreadable', `${realPath} is no longer a regular file; it is read again`);
    total += stats.size;
    checkSize(total, where);
    const read = await catalogFile(path, await contentOf(file, realPath, signal), Math.max(0, MAX_CATALOG_BYTES - total + stats.size));
    if ('text' in read) total += Math.max(0, Buffer.byteLength(read.text) - stats.size);
    checkSize(total, where);
    yield read;
  }
}

async function openIfAllowed(path: string): Promise<FileHandle | undefined> {
  try {
    return await openFile(path, constants.O_NOFOLLOW);
  } catch (error) {
    if (error instanceof SourceError && isForbidden(error.cause)) return undefined;
    throw error;
  }
}

async function contentOf(file: FileHandle, path: string, signal: AbortSignal): Promise<Buffer> {
  try {
    return await file.readFile({ signal });
  } catch (cause) {
    if (signal.aborted) throw cause;
    throw unreadable(path, cause);
  }
}

/** A text that changes whenever a file of the folder is added, removed or written. */
export function identityOfFiles(files: readonly FolderFile[]): string {
  const hash = createHash('sha256');
  for (const { path, stats, problem = '' } of files) hash.update(JSON.stringify([path, traceOf(stats), problem]));
  return `folder:${hash.digest('hex')}`;
}
