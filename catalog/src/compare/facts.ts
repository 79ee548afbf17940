import { CatalogError, OFFICIAL_META, ORIGIN_META } from '../entry/entry.ts';
import type { EntryKind } from '../entry/kind.ts';
import { statusOf } from '../entry/status.ts';
import { asText, compact, isObject, own, type Json, type JsonObject } from '../json.ts';

/** One version of an entry as it is compared. An item of the official API is one as it is. */
export interface CatalogItem {
  /** Absent: a server. */
  readonly kind?: EntryKind;
  /** The server.json, or the document of a skill or plugin. */
  readonly server: JsonObject;
  readonly _meta?: JsonObject;
}

/** What of an item is compared. */
export interface FactRules {
  /** What registries write down about an entry counts as well: its times, and whether it is the latest version. */
  readonly bookkeeping?: boolean;
}

/** Kind, name and version of an item. */
export interface ItemKey {
  readonly kind: EntryKind;
  /** Of a skill or plugin its namespace and its name, with a slash between them. */
  readonly name: string;
  readonly version: string;
}

/** What a registry writes down about an entry, in the words of the official API of today and of before (its OpenAPI document). */
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

/**
 * What of an entry's origin is the entry's own: what server.json has no place for. Which format it came in, and under which key, is no difference
 * between two entries.
 */
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
 * What is compared of an item: `{server, _meta}` without the bookkeeping of its registry and without where it came from. Its status is said even
 * where the source leaves it out, since that means `active`.
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

/** What the official API says of an item. */
export function officialOf(meta: JsonObject): JsonObject {
  const official = own(meta, OFFICIAL_META);
  return isObject(official) ? official : {};
}

function factsOfOrigin(origin: Json | undefined): JsonObject | undefined {
  if (!isObject(origin)) return undefined;
  const facts = compact(Object.fromEntries(FACTS_OF_ORIGIN.map((key) => [key, withoutDigest(own(origin, key))])));
  return Object.keys(facts).length === 0 ? undefined : facts;
}

/** `of` names the text that something was carried along with: it is another one whenever anything else is. */
function withoutDigest(carried: Json | undefined): Json | undefined {
  if (!isObject(carried)) return carried;
  const { of: _of, ...facts } = carried;
  return facts;
}
