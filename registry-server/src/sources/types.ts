import type { NormalizedSource } from '@toolhive-registry/api';
import { configMapType } from './configmap/configmap.ts';
import type { Source, SourceType, SourceTypes, Surroundings } from './contract.ts';
import { SourceError } from './source-error.ts';
import { gitType } from './git/git.ts';
import { fileType } from './file/file.ts';
import { registryType } from './registry/registry.ts';
import { urlType } from './url/url.ts';
import type { WatchTarget } from '../watch/watch.ts';

/** Every type that this version reads: a new one is a folder and a line here. */
export const SOURCE_TYPES: SourceTypes = {
  configmap: configMapType,
  file: fileType,
  registry: registryType,
  url: urlType,
  git: gitType,
};

/** A source with the functions of its type. */
export interface OpenedSource {
  readonly source: Source;
  readonly location: string;
  readonly mounts: readonly WatchTarget[];
}

/** Creates the source that the manifest describes. A source of an unsupported type fails when it is asked. */
export function openSource(types: SourceTypes, source: NormalizedSource, surroundings: Surroundings): OpenedSource {
  const type = typeOf(types, source);
  if (type === undefined) return { source: unsupported(types, source), location: locationOf(types, source), mounts: [] };
  return {
    source: type.create(source, surroundings),
    location: type.location(source),
    mounts: type.mounts(source, surroundings),
  };
}

/** Where a source's data are, for messages. */
export function locationOf(types: SourceTypes, source: NormalizedSource): string {
  return typeOf(types, source)?.location(source) ?? `source "${source.name}"`;
}

/** The table maps each name to the type for the sources of that name; TypeScript cannot follow this through the lookup. */
function typeOf(types: SourceTypes, source: NormalizedSource): SourceType<NormalizedSource['type']> | undefined {
  return types[source.type] as SourceType<NormalizedSource['type']> | undefined;
}

function unsupported(types: SourceTypes, source: NormalizedSource): Source {
  const message = `sources of type ${source.type} are not served by this version; use ${Object.keys(types).join(' or ')}`;
  return { fetch: () => Promise.reject(new SourceError('UnsupportedSource', message)) };
}
