import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { InputError, reasonOf } from './file-errors.ts';
import { isReadableToEnd, NOT_REGULAR } from '../catalog-file/readable-kind.ts';

/** A file that was named or found, or why it is not read. */
export interface ListedFile {
  readonly path: string;
  /** Where it really is. */
  readonly realPath: string;
  /** It was found in a folder that was named. */
  readonly inFolder: boolean;
  readonly problem?: string;
  readonly skipped?: string;
}

/** Maximum number of subfolders of a named folder. */
const MAX_FOLDERS = 10_000;

/**
 * Lists what paths name, each once: files, and of folders what {@link filesIn} finds. `-` stays as it is. Throws {@link InputError} for more than
 * `maxFiles`.
 */
export async function listFiles(paths: readonly string[], maxFiles: number): Promise<ListedFile[]> {
  const found = new Map<string, ListedFile>();
  for (const path of paths) {
    for (const file of path === '-' ? [named(path)] : await filesAt(path)) {
      // What is named counts as such, wherever it was found before.
      if (!file.inFolder || !found.has(file.path)) found.set(file.path, file);
      if (found.size > maxFiles) throw new InputError(`there are more than ${maxFiles} files to check; name fewer folders at a time`);
    }
  }
  return [...found.values()];
}

function named(path: string): ListedFile {
  return { path, realPath: path, inFolder: false };
}

async function filesAt(path: string): Promise<ListedFile[]> {
  try {
    const stats = await stat(path);
    if (!stats.isDirectory()) return [isReadableToEnd(path, stats) ? named(path) : { ...named(path), problem: NOT_REGULAR }];
    const files = await filesIn(path);
    return files.length > 0 ? files : [{ ...named(path), problem: 'is a folder without any .json, .yaml or .yml file; correct the path' }];
  } catch (cause) {
    if (cause instanceof InputError) throw cause;
    return [{ ...named(path), problem: reasonOf(cause) }];
  }
}

/**
 * The files below a folder that may be catalogs, sorted by path: `*.json`, `*.yaml` and `*.yml`, but none of tools, whose names begin with a dot, and
 * none in `node_modules`. Links to files inside the folder are followed, as by a source of type `file`; those to folders are not, so that there
 * are not loops, and neither are those that lead out of the folder, so that nothing else is shown of the machine.
 */
async function filesIn(root: string): Promise<ListedFile[]> {
  const top = await realpath(root);
  const files: ListedFile[] = [];
  const folders = [root];
  // Grows during iteration.
  for (const folder of folders) {
    if (folders.length > MAX_FOLDERS) throw new InputError(`${root} has more than ${MAX_FOLDERS} folders; name one that has fewer`);
    const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
      if (folder === root) throw cause;
      files.push({ path: folder, realPath: folder, inFolder: true, problem: reasonOf(cause) });
      return [];
    });
    for (const entry of entries) {
      if (isPassedOver(entry.name)) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (/\.(?:json|ya?ml)$/i.test(entry.name)) files.push(await fileIn(top, path));
    }
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

async function fileIn(top: string, path: string): Promise<ListedFile> {
  const file = { path, realPath: path, inFolder: true };
  try {
    const realPath = await realpath(path);
    if (!realPath.startsWith(top.endsWith(sep) ? top : top + sep)) {
      return { ...file, problem: 'is a link that leads out of the folder, which is not followed' };
    }
    const stats = await stat(realPath);
    if (stats.isDirectory()) return { ...file, skipped: 'is a link to a folder, which is not followed' };
    return stats.isFile() ? { ...file, realPath } : { ...file, skipped: 'is not a regular file' };
  } catch (cause) {
    return { ...file, problem: reasonOf(cause, LINK_REASONS) };
  }
}

/** It was listed: what is not there is what it leads to. */
const LINK_REASONS = { ENOENT: 'is a broken link; correct or remove it' };
