import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { FILES_KEY, MAX_CATALOG_BYTES, withoutClientSecrets, type CatalogFile } from '@toolhive-registry/catalog';
import { codeOf } from '../errors.ts';
import { SourceError } from './source-error.ts';

/** Maximum number of files in a folder that are read. */
export const MAX_FILES = 2000;
/** Prefix of a Git LFS pointer, which replaces a large file with less than 1,024 bytes of text (git-lfs, docs/spec.md). */
const MAX_LFS_POINTER = 1024;
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** Why a pointer of Git LFS is not a catalog. */
export const LFS_PROBLEM = 'is a Git LFS pointer, which is not followed; commit the file itself';

/** Whether a file of a folder is read, by its path in there. Files and folders of tools are not: `.github/workflows/test.yaml` is not a catalog. */
export function isCatalogPath(path: string): boolean {
  return /\.(?:json|ya?ml)$/i.test(path) && !path.split('/').some(isHidden);
}

/** Whether a file or folder is hidden. */
export function isHidden(name: string): boolean {
  return name.startsWith('.');
}

/** Whether a file is to be read as YAML: the content does not tell. */
export function isYaml(path: string): boolean {
  return /\.ya?ml$/i.test(path);
}

/** Several files as one document, which the reader of the catalog splits again. One file is in memory at a time. */
export async function* container(files: AsyncIterable<CatalogFile> | Iterable<CatalogFile>): AsyncGenerator<Uint8Array, void, undefined> {
  yield Buffer.from(`{${JSON.stringify(FILES_KEY)}:[`);
  let comma = '';
  for await (const file of files) {
    yield Buffer.from(`${comma}\n${JSON.stringify(file)}`);
    comma = ',';
  }
  yield Buffer.from('\n]}\n');
}

const gunzipped = promisify(gunzip);
/** Magic number of gzip (RFC 1952, 2.3.1). */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** A file of a folder by its content, plain or gzip: its text, or why it has none. `room` is how many bytes it may have. */
export async function catalogFile(path: string, bytes: Uint8Array, room: number = MAX_CATALOG_BYTES): Promise<CatalogFile> {
  if (isLfsPointer(bytes)) return { path, problem: LFS_PROBLEM };
  let plain = bytes;
  if (GZIP_MAGIC.equals(bytes.subarray(0, 2))) {
    try {
      plain = await gunzipped(bytes, { maxOutputLength: room });
    } catch (cause) {
      const isTooMuch = codeOf(cause) === 'ERR_BUFFER_TOO_LARGE';
      return { path, problem: isTooMuch ? `is gzip that unpacks to more than ${room} bytes` : 'is damaged gzip; compress the file again' };
    }
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
    return { path, text: withoutClientSecrets(text) ?? text };
  } catch {
    return { path, problem: 'is not valid UTF-8; save it as UTF-8' };
  }
}

/** Whether a file of this size may be a pointer of Git LFS. */
export function mayBeLfsPointer(size: number): boolean {
  return size <= MAX_LFS_POINTER;
}

/** Whether this is a pointer of Git LFS in place of a file. */
export function isLfsPointer(bytes: Uint8Array): boolean {
  return mayBeLfsPointer(bytes.length) && Buffer.from(bytes).toString('latin1').startsWith(LFS_POINTER);
}

/** Throws {@link SourceError} for more bytes than a catalog may have. */
export function checkSize(bytes: number, where: string): void {
  if (bytes <= MAX_CATALOG_BYTES) return;
  throw new SourceError('SourceTooLarge', `${where} has more than ${MAX_CATALOG_BYTES} bytes; split the catalog into several sources`);
}

/** Throws {@link SourceError} for more files than are read of a folder. */
export function checkFileCount(files: number, where: string): void {
  if (files <= MAX_FILES) return;
  throw new SourceError(
    'SourceTooLarge',
    `${where}: the folder has ${files} files; the limit is ${MAX_FILES}. Split it into several sources`,
  );
}
