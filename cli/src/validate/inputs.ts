import { createReadStream } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { CatalogError, MAX_CATALOG_BYTES } from '@toolhive-registry/catalog';
import { unpacked } from '../catalog-file/unpack.ts';
import { listFiles, type ListedFile } from './list-files.ts';
import { InputError, reasonOf } from './file-errors.ts';

/** What is to be checked: bytes, or why there are none. `name` is a path with `/`, relative to where the command runs if it is below that. */
export type Input =
  | {
      readonly name: string;
      readonly bytes: Uint8Array;
      /** It was found in a folder: its name tells whether it is YAML, and it need not be a catalog. */
      readonly inFolder?: boolean;
    }
  | { readonly name: string; readonly problem: string }
  | { readonly name: string; readonly skipped: string };

/** Where arguments are read from. */
export interface InputContext {
  /** The folder that relative paths begin at. */
  readonly cwd: string;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Maximum size in bytes of a file, before and after unpacking. */
  readonly maxBytes?: number;
  /** Maximum number of files in all arguments. */
  readonly maxFiles?: number;
}

/** The name of standard input in reports. */
export const STDIN_NAME = 'stdin';

/** Maximum number of files that are checked at once. */
const MAX_FILES = 10_000;

/**
 * Reads what arguments name, one after the other: files, folders with all below them, and `-` for standard input. What is named twice is read once.
 * What cannot be read is an input with a problem. Throws `InputError` for an empty argument, as an unset variable of a script gives, which would otherwise
 * mean `cwd`; and for more files than are checked at once, before any is read.
 */
export async function* readInputs(args: readonly string[], context: InputContext): AsyncGenerator<Input, void, undefined> {
  const { cwd, stdin, maxBytes = MAX_CATALOG_BYTES, maxFiles = MAX_FILES } = context;
  if (args.includes('')) throw new InputError('the path is empty; name a file, a folder or "-"');
  const paths = args.map((arg) => (arg === '-' ? arg : resolve(cwd, arg)));
  for (const file of await listFiles(paths, maxFiles)) {
    const name = file.path === '-' ? STDIN_NAME : nameIn(cwd, file.path);
    yield await readInput(name, file, file.path === '-' ? stdin : undefined, maxBytes);
  }
}

async function readInput(name: string, file: ListedFile, stdin: AsyncIterable<Uint8Array> | undefined, maxBytes: number): Promise<Input> {
  if (file.problem !== undefined) return { name, problem: file.problem };
  if (file.skipped !== undefined) return { name, skipped: file.skipped };
  try {
    const read = await bounded(stdin ?? (createReadStream(file.realPath) as AsyncIterable<Uint8Array>), maxBytes);
    if (typeof read === 'string') return { name, problem: read };
    return { name, bytes: unpacked(read, maxBytes), ...(file.inFolder ? { inFolder: true } : {}) };
  } catch (cause) {
    if (cause instanceof CatalogError) return { name, problem: cause.message };
    return { name, problem: reasonOf(cause) };
  }
}

/** All bytes of a stream, or why they are not taken. */
async function bounded(stream: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Uint8Array | string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > maxBytes) return `has more than ${maxBytes} bytes, the limit of a catalog; split it`;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function nameIn(cwd: string, path: string): string {
  const below = relative(cwd, path) || '.';
  const isBelow = below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
  return (isBelow ? below : path).split(sep).join('/');
}
