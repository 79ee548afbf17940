import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { misuse } from '../program/failure.ts';
import type { Session } from '../terminal/session.ts';

/** A file with manifests, or what came on standard input. */
export interface ManifestFile {
  /** Its name in messages. */
  readonly name: string;
  readonly text: string;
}

/** Largest file that is read, in bytes. */
const MAX_BYTES = 32 * 1024 * 1024;
/** Maximum number of files in all folders. */
const MAX_FILES = 10_000;
/** Files of a folder that are manifests, as for kubectl. */
const MANIFEST = /\.(?:ya?ml|json)$/;

/** Reads files, folders and standard input, in the order in which they are named. Throws a failure that names what cannot be read. */
export async function readManifests(
  names: readonly string[],
  { recursive }: { readonly recursive: boolean },
  { stdin }: Pick<Session, 'stdin'>,
): Promise<ManifestFile[]> {
  if (names.length === 0) throw misuse('no manifest is named', 'name files or folders with -f, or - for standard input');
  if (names.filter((name) => name === '-').length > 1) throw misuse('standard input is named twice', 'leave out one of the -');
  const files: ManifestFile[] = [];
  for (const name of names) {
    if (name === '-') files.push({ name: 'standard input', text: await readAll(stdin) });
    else for (const file of await filesOf(name, recursive)) files.push({ name: file, text: await readText(file) });
    if (files.length > MAX_FILES) throw misuse(`there are more than ${MAX_FILES} manifest files`, 'name fewer of them at once');
  }
  return files;
}

async function filesOf(name: string, recursive: boolean): Promise<string[]> {
  if (/^https?:\/\//.test(name)) throw misuse(`-f ${name} is a URL`, 'fetch it first: curl -fsS URL, and -f - here');
  const { isFolder, size } = await stat(name).then(
    (found) => ({ isFolder: found.isDirectory(), size: found.size }),
    (error: unknown) => Promise.reject(unreadable(name, error)),
  );
  if (!isFolder) return [withinSize(name, size)];
  const entries = await readdir(name, { recursive }).catch((error: unknown) => Promise.reject(unreadable(name, error)));
  const found = entries.filter((entry) => MANIFEST.test(entry)).toSorted();
  const paths = found.map((entry) => join(name, entry));
  const files: string[] = [];
  for (const path of paths) {
    const one = await stat(path).catch((error: unknown) => Promise.reject(unreadable(path, error)));
    if (one.isFile()) files.push(withinSize(path, one.size));
  }
  if (files.length === 0)
    throw misuse(
      `folder ${name} has no manifests (.yaml, .yml or .json)`,
      recursive ? 'name another folder' : 'name another folder, or look into its subfolders with --recursive',
    );
  return files;
}

function withinSize(file: string, size: number): string {
  if (size > MAX_BYTES) throw misuse(`${file} is larger than ${MAX_BYTES} bytes`, 'split it');
  return file;
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => Promise.reject(unreadable(file, error)));
}

async function readAll(input: AsyncIterable<Uint8Array | string>): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BYTES) throw misuse(`standard input has more than ${MAX_BYTES} bytes`, 'split it');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function unreadable(name: string, error: unknown): Error {
  const { code } = error as { readonly code?: string };
  if (code === 'ENOENT') return misuse(`there is no file or folder ${name}`, 'correct the path; it is relative to the current folder');
  if (code === 'EACCES') return misuse(`${name} cannot be read: permission denied`, 'change its permissions');
  return misuse(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
}
