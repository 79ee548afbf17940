import { basename, dirname, resolve } from 'node:path';
import { VOLUME_LINK } from '../watch/directories.ts';
import { readMounted } from './read-file.ts';
import type { CatalogSource, SourceContext, SourceOf } from './source.ts';

/** A file; a relative path starts at the manifest's folder. */
export function fileSource(source: SourceOf<'file'>, context: SourceContext): CatalogSource {
  const path = resolve(context.manifest.directory, source.file.path);
  return {
    watched: [{ directory: dirname(path), only: new RegExp(`^(?:${RegExp.escape(basename(path))}|${RegExp.escape(VOLUME_LINK)})$`) }],
    fetch: (signal) => readMounted(path, source.file.path, path, signal),
  };
}
