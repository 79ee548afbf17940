import { CatalogError, OFFICIAL_META, ORIGIN_META } from '../entry/entry.ts';
import type { EntryKind } from '../entry/kind.ts';
import { statusOf } from '../entry/status.ts';
import { asText, compact, isObject, own, type Json, type JsonObject } from '../json.ts';

/** One version of an entry for comparison. An item of the official API is one as it is. */
export interface CatalogItem {
  /** Absent: a server. */
  readonly kind?: EntryKind;
  /** The server.json, or the document of a skill or plugin. */
  readonly server: JsonObject;
  readonly _meta?: JsonObject;
}

/** What of an item is compared. */
export interface FactRules {
  /** Includes what registries record about an entry: its times, and whether it is the latest version. */
  readonly bookkeeping?: boolean;
}

/** Kind, name and version of an item. */
export interface ItemKey {
  readonly kind: EntryKind;
  /** Of a skill or plugin its namespace and its name, with a slash between them. */
  readonly name: string;
  readonly version: string;
}

/** What a registry records about an entry, in the words of the current and earlier official API (its OpenAPI document). */
const BOOKKEEPING: ReadonlySet<string> = new Set([
  'publishedAt',
  'updatedAt',
  'statusChangedAt',
  'isLatest',
  'published_at',
  'updated_at',
  'release_date',
  'is_latest',
]);

/** The part of an entry's origin that belongs to the entry: what server.json has no place for. The original format and key do not count as differences. */
const FACTS_OF_ORIGIN = ['carried', 'publisher'];

/** Kind, name and version. Throws {@link CatalogError} for an item without a name or version. */
export function keyOf({ kind = 'server', server }: CatalogItem): ItemKey {
  const version = asText(own(server, 'version'));
  const name = asText(own(server, 'name'));
  const namespace = kind === 'server' ? undefined : asText(own(server, 'namespace'));
  if (name === undefined) throw new CatalogError(`a ${kind} has no "name"; only entries that can be served are compared`);
  if (version === undefined)
    throw new CatalogError(`the ${kind} ${JSON.stringify(name)} has no "version"; only entries that can be served are compared`);
  return { kind, name: namespace === undefined ? name : `${namespace}/${name}`, version };
}

/**
 * What is compared of an item: `{server, _meta}` without the bookkeeping of its registry and without its origin. The status is always included, since an absent
 * one means `active`.
 */
export function factsOf({ kind = 'server', server, _meta = {} }: CatalogItem, { bookkeeping = false }: FactRules = {}): JsonObject {
  if (kind !== 'server') return { server };
  const official = officialOf(_meta);
  const said = bookkeeping ? official : Object.fromEntries(Object.entries(official).filter(([key]) => !BOOKKEEPING.has(key)));
  const { [ORIGIN_META]: origin, [OFFICIAL_META]: _official, ...others } = _meta;
  return {
    server,
    _meta: compact({ ...others, [OFFICIAL_META]: { ...said, status: statusOf(server, official) }, [ORIGIN_META]: factsOfOrigin(origin) }),
  };
}

/** The official metadata of an item. */
export function officialOf(meta: JsonObject): JsonObject {
  const official = own(meta, OFFICIAL_META);
  return isObject(official) ? official : {};
}

function factsOfOrigin(origin: Json | undefined): JsonObject | undefined {
  if (!isObject(origin)) return undefined;
  const facts = compact(Object.fromEntries(FACTS_OF_ORIGIN.map((key) => [key, withoutDigest(own(origin, key))])));
  return Object.keys(facts).length === 0 ? undefined : facts;
}

/** `of` identifies the text with which something was carried along: it changes whenever anything else does. */
function withoutDigest(carried: Json | undefined): Json | undefined {
  if (!isObject(carried)) return carried;
  const { of: _of, ...facts } = carried;
  return facts;
}
