import { MAX_CATALOG_BYTES, type CatalogFile } from '@toolhive-registry/catalog';
import type { TreeEntry } from '../../git/tree.ts';
import type { Checkout } from '../../git/types.ts';
import { SourceError } from '../source-error.ts';

/** Most files of a folder that are read. */
export const MAX_FILES = 2000;
const CATALOG_FILE = /\.(?:json|ya?ml)$/i;
/** What Git LFS puts in the place of a large file: a text of less than 1,024 bytes that begins so (git-lfs, docs/spec.md). */
const MAX_LFS_POINTER = 1024;
const LFS_POINTER = 'version https://git-lfs.github.com/spec/';

/** A file to read, or one that cannot be, with the reason. */
export type SelectedFile = Pick<TreeEntry, 'path' | 'hash'> & { readonly problem?: string };

/** The file or folder at a path. Throws {@link SourceError} when there is none, or none that can be read. */
export async function select(
  checkout: Checkout,
  path: string,
  where: string,
): Promise<{ isFolder: boolean; files: readonly SelectedFile[] }> {
  const entry = path === '' ? undefined : await checkout.entry(path);
  if (path !== '' && entry === undefined) throw await notFound(checkout, path, where);
  if (entry?.kind === 'file') return { isFolder: false, files: [entry] };
  if (entry !== undefined && entry.kind !== 'folder') throw notFollowed(entry, where);
  const files = (await checkout.list(path)).filter(({ path: file }) => CATALOG_FILE.test(file) && !isHidden(file));
  if (files.length === 0) {
    throw new SourceError('SourceNotFound', `${where}: the folder has no .json, .yaml or .yml file; correct git.path`);
  }
  if (files.length > MAX_FILES) {
    throw new SourceError(
      'SourceTooLarge',
      `${where}: the folder has ${files.length} files; the limit is ${MAX_FILES}. Split it into several sources`,
    );
  }
  return {
    isFolder: true,
    files: files.map((file) => (file.kind === 'file' ? file : { ...file, problem: `is ${kinds[file.kind]}, which is not followed` })),
  };
}

/** Each selected file with its text, or with the reason why it has none. Throws {@link SourceError} when they are too large together. */
export async function* readFiles(
  checkout: Checkout,
  files: readonly SelectedFile[],
  where: string,
): AsyncGenerator<CatalogFile, void, undefined> {
  const blobs = checkout.blobs(files.flatMap(({ hash, problem }) => (problem === undefined ? [hash] : [])))[Symbol.asyncIterator]();
  let total = 0;
  try {
    for (const { path, problem } of files) {
      if (problem !== undefined) {
        yield { path, problem };
        continue;
      }
      const { value: blob } = await blobs.next();
      if (blob === undefined) throw new SourceError('SourceUnreadable', `${where}: ${path} is missing from what the host sent`);
      total += blob.size;
      checkSize(total, where);
      yield textOf(path, await bytesOf(blob.content));
    }
  } finally {
    await blobs.return?.();
  }
}

/** The content of one file in the pieces in which it comes. Throws {@link SourceError} for a file that holds none. */
export async function* readFile(checkout: Checkout, { hash }: SelectedFile, where: string): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const { size, content } of checkout.blobs([hash])) {
    checkSize(size, where);
    if (size > MAX_LFS_POINTER) yield* content;
    else {
      const whole = await bytesOf(content);
      if (isPointer(whole)) throw new SourceError('SourceUnreadable', `${where}: ${LFS_PROBLEM}`);
      yield whole;
    }
  }
}

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

const LFS_PROBLEM = 'is a pointer of Git LFS, which is not read; commit the file itself';
const kinds = { link: 'a symbolic link', submodule: 'a submodule', folder: 'a folder' } as const;

function textOf(path: string, bytes: Buffer): CatalogFile {
  if (isPointer(bytes)) return { path, problem: LFS_PROBLEM };
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { path, problem: 'is not valid UTF-8; save it as UTF-8' };
  }
}

function isPointer(bytes: Uint8Array): boolean {
  return bytes.length <= MAX_LFS_POINTER && Buffer.from(bytes).toString('latin1').startsWith(LFS_POINTER);
}

/** Files and folders of tools: `.github/workflows/test.yaml` is no catalog. */
function isHidden(path: string): boolean {
  return path.split('/').some((part) => part.startsWith('.'));
}

function checkSize(bytes: number, where: string): void {
  if (bytes <= MAX_CATALOG_BYTES) return;
  throw new SourceError('SourceTooLarge', `${where} has more than ${MAX_CATALOG_BYTES} bytes; split the catalog into several sources`);
}

/** Says where the path breaks off, when that is at something that is not followed. */
async function notFound(checkout: Checkout, path: string, where: string): Promise<SourceError> {
  const parts = path.split('/');
  for (let length = 1; length < parts.length; length += 1) {
    const parent = await checkout.entry(parts.slice(0, length).join('/'));
    if (parent === undefined) break;
    if (parent.kind === 'link' || parent.kind === 'submodule') return notFollowed(parent, where);
  }
  return new SourceError(
    'SourceNotFound',
    `${where}: there is no such file or folder at commit ${checkout.commit.slice(0, 12)}; correct git.path`,
  );
}

function notFollowed({ path, kind }: TreeEntry, where: string): SourceError {
  const what = kind === 'file' ? 'a file' : kinds[kind];
  return new SourceError(
    'SourceUnreadable',
    `${where}: "${path}" is ${what}, which is not followed; name the file or folder itself in git.path`,
  );
}
