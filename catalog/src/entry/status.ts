import { OFFICIAL_META, toolhiveExtensions, type CatalogEntry } from './entry.ts';
import { asText, isObject, own, type JsonObject } from '../json.ts';

const STATUSES = ['active', 'deprecated', 'deleted'] as const;

/**
 * The official status of an entry. The registry's value in `_meta` wins. Without it: `status` was in server.json itself until September 2025, and is in
 * ToolHive's extension as `Active` or `Deprecated`. An unknown value in `_meta` is passed on.
 */
export function statusOf(server: JsonObject, official: JsonObject): string {
  const said = asText(own(official, 'status'));
  if (said !== undefined) return known(said) ?? said;
  const published = asText(own(server, 'status')) ?? asText(own(toolhiveExtensions(server)[0] ?? {}, 'status'));
  return known(published) ?? 'active';
}

/** Whether the source marks an entry as deleted. */
export function isDeleted({ server, meta }: CatalogEntry): boolean {
  const official = own(meta, OFFICIAL_META);
  return statusOf(server, isObject(official) ? official : {}) === 'deleted';
}

function known(said: string | undefined): string | undefined {
  return STATUSES.find((status) => status === said?.toLowerCase());
}
