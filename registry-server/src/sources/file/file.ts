import { dirname, resolve } from 'node:path';
import { ABSENT, fileIdentity } from '../../watch/identity.ts';
import type { SourceOf, SourceType, Surroundings } from '../contract.ts';
import { saveFile } from '../read-file.ts';

/** A file; a relative path starts at the manifest's folder. Whether it changed is told by one `stat`, whatever its size. */
export const fileType: SourceType<'file'> = {
  location: ({ file }) => file.path,
  mounts: (source, surroundings) => {
    const path = pathOf(source, surroundings);
    return [{ directories: [dirname(path)], identity: () => fileIdentity(path) }];
  },
  create: (source, surroundings) => {
    const path = pathOf(source, surroundings);
    const name = source.file.path;
    return {
      fetch: async (request) => {
        const identity = await fileIdentity(path);
        if (identity !== ABSENT && identity === request.known) return { unchanged: true };
        const read = await saveFile(path, name, request);
        return {
          unchanged: false,
          files: { [name]: read.hash },
          ...(read.identity === undefined ? {} : { validator: read.identity }),
        };
      },
    };
  },
};

function pathOf({ file }: SourceOf<'file'>, { directory }: Surroundings): string {
  return resolve(directory, file.path);
}
