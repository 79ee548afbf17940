import type { FindingList } from './findings.ts';
import type { EntryKind } from './kind.ts';
import type { SourcePlace, TextPosition } from './place.ts';
import { at, isObject, type Json, type JsonObject } from '../json.ts';

/** `_meta` key under which the official API keeps status, timestamps and isLatest (OpenAPI of modelcontextprotocol/registry). */
export const OFFICIAL_META = 'io.modelcontextprotocol.registry/official';
/** `server._meta` key for a publisher's additions; ToolHive's facts are below it. */
export const PUBLISHER_META = 'io.modelcontextprotocol.registry/publisher-provided';
/** Key of ToolHive's extensions below {@link PUBLISHER_META} (toolhive-core, registry/converters). */
export const TOOLHIVE_EXTENSION = 'io.github.stacklok';
/** Our own `_meta` key: the origin of an entry, and what server.json has no place for. */
export const ORIGIN_META = 'toolhive.stacklok.dev/origin';

/**
 * One version of one MCP server, skill or plugin, whatever its original format. `server` is the official server.json with every unknown field kept, or the
 * document of the skill or plugin; `meta` is the item's `_meta` next to it. Nothing from a source is lost: what server.json has no place for is in
 * {@link ORIGIN_META}.
 */
export interface CatalogEntry {
  readonly kind: EntryKind;
  /** Of a skill or plugin its namespace and its name, with a slash between them. */
  readonly name: string;
  readonly version: string;
  readonly server: JsonObject;
  readonly meta: JsonObject;
  /** The server's key in a ToolHive catalog; name patterns are matched against it as well. */
  readonly alias?: string;
  /** It is in a group, and may also be in the list of servers. */
  readonly inGroup?: boolean;
  /** The file that contains it, if its source has several. */
  readonly file?: string;
  /** Where it is, or where its server.json is in a list item. Only if places are requested. */
  readonly place?: SourcePlace;
}

/** A group of a catalog: names of entries, in the catalog's order. */
export interface CatalogGroup {
  readonly name: string;
  readonly description?: string;
  readonly servers: readonly string[];
  /** Those that are in groups only, and in no list of the file. */
  readonly apart?: readonly string[];
}

/** Facts about the catalog file itself. */
export interface CatalogInfo {
  /** The format that was read, for status and logs. */
  readonly format: CatalogFormat;
  /** `version` of the file, where it has one. */
  readonly version?: string;
  /** `last_updated` of the file, as written there. */
  readonly lastUpdated?: string;
  readonly groups?: readonly CatalogGroup[];
}

/** The supported formats: ToolHive's file, the three upstream shapes, Docker's catalog, a client's configuration, and several files of any of these. */
export type CatalogFormat = 'toolhive' | 'upstream-file' | 'upstream-list' | 'upstream-array' | 'docker' | 'client-configuration' | 'files';

/** The result of reading one catalog file. */
export interface ParsedCatalog {
  readonly info: CatalogInfo;
  readonly entries: readonly CatalogEntry[];
  readonly findings: FindingList;
}

/** A catalog that cannot be used at all. The message says what was found and what to do. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';
  /** For what could not be parsed: where the parser stopped, if it says so. */
  readonly position: TextPosition | undefined;

  constructor(message: string, options: ErrorOptions & { readonly position?: TextPosition | undefined } = {}) {
    super(message, options);
    this.position = options.position;
  }
}

/** ToolHive's extensions of an entry, one object for each image or remote URL, in the entry's order. */
export function toolhiveExtensions(server: JsonObject): JsonObject[] {
  const extensions = at(server, '_meta', PUBLISHER_META, TOOLHIVE_EXTENSION);
  return isObject(extensions) ? Object.values(extensions).filter(isObject) : [];
}

/** The tags of an entry, from every extension of its publisher (`_meta.publisher-provided.*.*.tags`). */
export function entryTags(server: JsonObject): string[] {
  const provided = at(server, '_meta', PUBLISHER_META);
  if (!isObject(provided)) return [];
  const tags = new Set<string>();
  for (const publisher of Object.values(provided)) {
    if (!isObject(publisher)) continue;
    for (const subject of [publisher, ...Object.values(publisher)]) {
      for (const tag of listAt(subject, 'tags')) if (typeof tag === 'string') tags.add(tag);
    }
  }
  return [...tags];
}

function listAt(value: Json, key: string): Json[] {
  const list = at(value, key);
  return Array.isArray(list) ? list : [];
}
