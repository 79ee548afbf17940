import { join } from 'node:path';
import { fileKeys } from '@toolhive-registry/api';
import { readMounted, unpack } from './read-file.ts';
import { SourceError, type CatalogSource, type SourceContext, type SourceOf } from './source.ts';

/** A ConfigMap: beside the manifest on a laptop, mounted in a pod. */
export function configMapSource(source: SourceOf<'configmap'>, context: SourceContext): CatalogSource {
  const { name, key } = source.configmap;
  const mounted = join(context.sourcesPath, source.name, key);
  const what = `ConfigMap "${name}", key "${key}"`;
  return {
    // The volume's own link is exchanged in the folder above the source's. What stands beside the manifest is watched with it.
    watched: [{ directory: context.sourcesPath }],
    fetch: async (signal) => {
      const beside = context.manifest.configMaps.get(name);
      if (beside !== undefined) {
        const bytes = beside.get(key);
        if (bytes === undefined) {
          const keys = [...beside.keys()].join(', ');
          throw new SourceError(
            'SourceNotFound',
            `ConfigMap "${name}" has no key "${key}" (it has: ${keys || 'none'}); correct configmap.key`,
          );
        }
        return { bytes: await unpack(bytes, what) };
      }
      try {
        return await readMounted(mounted, fileKeys.source(source.name, key), what, signal);
      } catch (cause) {
        if (!(cause instanceof SourceError) || cause.reason !== 'SourceNotFound') throw cause;
        const unread = context.manifest.unread.map((problem) => `; ${problem}`).join('');
        throw new SourceError(
          'SourceNotFound',
          `${what}: not found, neither beside the manifest nor mounted at ${mounted}; create it${unread}`,
          { cause },
        );
      }
    },
  };
}
