import { dirname, resolve } from 'node:path';
import { readLimited, unpack } from './read-file.ts';
import type { CatalogSource, SourceContext, SourceOf } from './source.ts';

/** A file; a relative path starts at the manifest's folder. */
export function fileSource(source: SourceOf<'file'>, context: SourceContext): CatalogSource {
  const path = resolve(context.manifest.directory, source.file.path);
  return {
    directories: [dirname(path)],
    fetch: async (signal) => {
      const { bytes, hash } = await readLimited(path, signal);
      return { bytes: await unpack(bytes, path), file: source.file.path, fileHash: hash };
    },
  };
}
