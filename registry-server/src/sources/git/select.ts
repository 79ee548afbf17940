import { posix } from 'node:path';
import { MAX_CATALOG_BYTES, type CatalogFile } from '@toolhive-registry/catalog';
import type { TreeEntry } from '../../git/tree.ts';
import type { Checkout } from '../../git/types.ts';
import {
  catalogFile,
  checkFileCount,
  checkSize,
  isCatalogPath,
  isHidden,
  isLfsPointer,
  LFS_PROBLEM,
  mayBeLfsPointer,
} from '../catalog-files.ts';
import { SourceError } from '../source-error.ts';

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
  const listed = await checkout.list(path);
  const linked = await linkedFolders(checkout, path, listed);
  const files = listed.filter((file) => isCatalogPath(file.path) || isSubmodule(file) || linked.has(file.path));
  if (!files.some((file) => isCatalogPath(file.path))) {
    throw new SourceError('SourceNotFound', `${where}: the folder has no .json, .yaml or .yml file; correct git.path`);
  }
  checkFileCount(files.length, where);
  return {
    isFolder: true,
    files: files.map((file) => (file.kind === 'file' ? file : { ...file, problem: `is ${kinds[file.kind]}, which is not followed` })),
  };
}

function isSubmodule({ kind, path }: TreeEntry): boolean {
  return kind === 'submodule' && !path.split('/').some(isHidden);
}

/** Maximum number of links that are examined. A repository with more was not made by hand. */
const MAX_LINKS = 100;

/** Links that do not have the name of a catalog file and lead to a folder of the repository: its content would be missed silently. */
async function linkedFolders(checkout: Checkout, folder: string, listed: readonly TreeEntry[]): Promise<ReadonlySet<string>> {
  const links = listed.filter(({ kind, path }) => kind === 'link' && !isCatalogPath(path) && !path.split('/').some(isHidden));
  const found = new Set<string>();
  if (links.length === 0 || links.length > MAX_LINKS) return found;
  const left = links.values();
  for await (const { content } of checkout.blobs(links.map(({ hash }) => hash))) {
    const link = left.next().value;
    const target = posix.normalize(posix.join(folder, posix.dirname(link?.path ?? ''), (await bytesOf(content)).toString()));
    if (link === undefined || target.startsWith('..')) continue;
    if (target === '.' || (await checkout.entry(target.replace(/\/$/, '')))?.kind === 'folder') found.add(link.path);
  }
  return found;
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
      if (blob === undefined) throw new SourceError('SourceUnreadable', `${where}: ${path} is missing in the host's answer`);
      total += blob.size;
      checkSize(total, where);
      const read = await catalogFile(path, await bytesOf(blob.content), Math.max(0, MAX_CATALOG_BYTES - total + blob.size));
      if ('text' in read) total += Math.max(0, Buffer.byteLength(read.text) - blob.size);
      checkSize(total, where);
      yield read;
    }
  } finally {
    await blobs.return?.();
  }
}

/** The content of one file in the pieces in which it comes. Throws {@link SourceError} for a file that holds none. */
export async function* readFile(checkout: Checkout, { hash }: SelectedFile, where: string): AsyncGenerator<Uint8Array, void, undefined> {
  for await (const { size, content } of checkout.blobs([hash])) {
    checkSize(size, where);
    if (!mayBeLfsPointer(size)) yield* content;
    else {
      const whole = await bytesOf(content);
      if (isLfsPointer(whole)) throw new SourceError('SourceUnreadable', `${where}: ${LFS_PROBLEM}`);
      yield whole;
    }
  }
}

async function bytesOf(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return Buffer.concat(pieces);
}

const kinds = { link: 'a symbolic link', submodule: 'a submodule', folder: 'a folder' } as const;

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
