import type { CatalogEntry } from '../../entry/entry.ts';
import { compact, isObject, own, sameJson, type Json, type JsonObject } from '../../json.ts';
import { CARRIED_META, carriedBy } from '../carry.ts';
import { conformed } from './conform.ts';
import { placeOf } from './origin.ts';
import { entryOfToolhive } from './read-server.ts';
import { visibleOf } from './visible.ts';
import { toToolhive, type ToolhiveServer } from './write.ts';

/**
 * An entry for a file in ToolHive's format. One that came in that format is restored. Any other gets the fields that the format requires, and carries, under
 * one key of `custom_metadata`, what restores the whole entry: its other packages, its version, and its earlier versions.
 */
export function toFileEntry(entry: CatalogEntry, versions: readonly CatalogEntry[], key: string): ToolhiveServer {
  const written = toToolhive(entry);
  const kind = written?.kind ?? 'server';
  const origin = placeOf(entry.meta);
  if (written !== undefined && origin !== undefined && origin.key === key && versions.length === 0) {
    const { server, meta } = entryOfToolhive(written.value, origin);
    if (sameJson([server, meta], [entry.server, entry.meta])) return written;
  }
  const value = conformed(written?.value, entry, { kind, key });
  const carrying = (carried: Json): JsonObject => {
    const custom = own(value, 'custom_metadata');
    return { ...value, custom_metadata: { ...(isObject(custom) ? custom : {}), [CARRIED_META]: carried } };
  };
  const visible = visibleOf(carrying({}));
  const wanted = compact({
    server: entry.server,
    meta: entry.meta,
    versions: versions.length === 0 ? undefined : versions.map(({ server, meta }) => ({ server, _meta: meta })),
  });
  const read = { server: entryOfToolhive(visible, { kind, key }).server, meta: {} };
  return { kind, key, value: carrying(carriedBy(visible, read, wanted)) };
}
