import type { NormalizedSource } from '@toolhive-registry/api';
import { configMapSource } from './configmap.ts';
import { fileSource } from './file.ts';
import { SourceError, type CatalogSource, type SourceContext } from './source.ts';

/** The reader for a source's type. */
export function createSource(source: NormalizedSource, context: SourceContext): CatalogSource {
  switch (source.type) {
    case 'configmap':
      return configMapSource(source, context);
    case 'file':
      return fileSource(source, context);
    default:
      return unsupported(source.type);
  }
}

/** Types that the schema knows and this version does not read yet. */
function unsupported(type: NormalizedSource['type']): CatalogSource {
  const message = `sources of type ${type} are not served by this version; use configmap or file`;
  return { watched: [], fetch: () => Promise.reject(new SourceError('UnsupportedSource', message)) };
}
