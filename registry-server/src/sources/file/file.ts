import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { messageOf } from '../../errors.ts';
import { ABSENT, fileIdentity } from '../../watch/identity.ts';
import type { WatchTarget } from '../../watch/watch.ts';
import { catalogFile, checkSize, container, isYaml } from '../catalog-files.ts';
import type { SourceOf, SourceRequest, SourceType, Surroundings } from '../contract.ts';
import { isSettled, saveFile, type ReadFile } from '../read-file.ts';
import { SourceError } from '../source-error.ts';
import { identityOfFiles, listFolder, readFolder, type FolderFile } from './folder.ts';

/**
 * A file, or all catalog files of a folder; a relative path starts at the manifest's folder. Changes are detected by one `stat` for
 * each file, whatever their size.
 */
export const fileType: SourceType<'file'> = {
  location: ({ file }) => file.path,
  mounts: (source, surroundings) => [targetAt(pathOf(source, surroundings))],
  create: (source, surroundings) => {
    const path = pathOf(source, surroundings);
    const name = source.file.path;
    return {
      fetch: async (request) => {
        const files = (await isFolder(path)) ? (await listFolder(path)).files : undefined;
        const identity = files === undefined ? await fileIdentity(path) : identityOfFiles(files);
        if (identity !== ABSENT && identity === request.known) return { unchanged: true };
        const read =
          files === undefined
            ? await saveFile(path, name, isYaml(path) ? wrapped(name, request) : request)
            : await saveFolder(path, files, request);
        return {
          unchanged: false,
          files: { [name]: read.hash },
          ...(read.identity === undefined ? {} : { validator: read.identity }),
        };
      },
    };
  },
};

/** YAML is put into a container, whose reader knows it by the name. */
function wrapped(name: string, request: SourceRequest): SourceRequest {
  return {
    ...request,
    save: async (content) => {
      const pieces: Uint8Array[] = [];
      let size = 0;
      for await (const piece of content) {
        size += piece.length;
        checkSize(size, name);
        pieces.push(piece);
      }
      const bytes = Buffer.concat(pieces);
      await request.save(container([await catalogFile(basename(name), bytes)]));
      return { receivedHash: createHash('sha256').update(bytes).digest('hex') };
    },
  };
}

async function saveFolder(path: string, files: readonly FolderFile[], request: SourceRequest): Promise<ReadFile> {
  if (files.length === 0) {
    throw new SourceError('SourceNotFound', `${path}: the folder has no .json, .yaml or .yml file; correct file.path`);
  }
  const { receivedHash } = await request.save(container(readFolder(files, path, request.signal)));
  const identity = identityOfFiles(files);
  const isSame = identity === identityOfFiles((await listFolder(path)).files);
  return { hash: receivedHash, ...(isSame && files.every(({ stats }) => stats === undefined || isSettled(stats)) ? { identity } : {}) };
}

/** What is watched: the folder that the path is in, and if it is a folder, all in it. */
function targetAt(path: string): WatchTarget {
  let directories: readonly string[] = [dirname(path), path];
  return {
    get directories() {
      return directories;
    },
    identity: async () => {
      try {
        if (!(await isFolder(path))) {
          directories = [dirname(path)];
          return await fileIdentity(path);
        }
        const folder = await listFolder(path);
        directories = [dirname(path), ...folder.directories];
        return identityOfFiles(folder.files);
      } catch (error) {
        return messageOf(error);
      }
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}

function pathOf({ file }: SourceOf<'file'>, { directory }: Surroundings): string {
  return resolve(directory, file.path);
}
