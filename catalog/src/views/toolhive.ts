import { parseExact } from '../exact-json.ts';
import { OFFICIAL_META, ORIGIN_META, type CatalogEntry } from '../entry/entry.ts';
import { entryTags, toolhiveExtensions } from '../entry/entry.ts';
import { valueEnd } from '../formats/scan.ts';
import { toToolhive, type ToolhiveServer } from '../formats/toolhive/write.ts';
import { asText, at, compact, isObject, own, type Json, type JsonObject } from '../json.ts';

/** A server for ToolHive's own endpoints. */
export interface ToolhiveView {
  /** Its fields in lists: those of ToolHive's API of autumn 2025. */
  readonly summary: JsonObject;
  /** The entry in ToolHive's format, without its key. */
  readonly detail: JsonObject;
  /** Its form in a ToolHive catalog; undefined for a server that has neither an OCI package nor a remote. */
  readonly written: ToolhiveServer | undefined;
  /** Names of its tools. */
  readonly tools: readonly string[];
}

/** Where the server.json begins in a stored item of the official API: after `{"server":`. */
const SERVER_START = '{"server":'.length;

/** The server.json of a stored item, without parsing it. */
export function serverOfItem(item: Buffer): Buffer {
  return item.subarray(SERVER_START, valueEnd(item, SERVER_START));
}

/** Reads an item of the official API as an entry again. */
export function entryOfItem(name: string, version: string, item: string): CatalogEntry {
  const { server, _meta: meta } = parseExact(item) as unknown as { readonly server: JsonObject; readonly _meta: JsonObject };
  const alias = asText(at(meta, ORIGIN_META, 'key'));
  return { kind: 'server', name, version, server, meta, ...(alias === undefined ? {} : { alias }) };
}

/** Converts an entry for ToolHive's own endpoints. `name` is the endpoint's name for it. */
export function toolhiveView(entry: CatalogEntry, name: string): ToolhiveView {
  const written = toToolhive(entry);
  const value = written?.value ?? withoutPackage(entry);
  const extension = toolhiveExtensions(entry.server)[0] ?? {};
  const tools = texts(own(extension, 'tools'));
  // Publishers' data are not validated when read, and one odd entry would break the lists of typed clients.
  const text = (key: string): string | undefined => asText(own(value, key));
  const facts = { status: statusWord(at(entry.meta, OFFICIAL_META, 'status')), tier: text('tier') };
  const lists = Object.fromEntries(
    ['tools', 'tags'].flatMap((key) => (own(value, key) === undefined ? [] : [[key, texts(own(value, key))]])),
  );
  return {
    summary: compact({
      name,
      full_name: entry.name,
      title: text('title'),
      description: text('description'),
      image: text('image'),
      url: text('url'),
      ...facts,
      transport: text('transport'),
      tools,
      tags: entryTags(entry.server),
    }),
    detail: compact({ name, ...value, ...facts, ...lists }),
    written,
    tools,
  };
}

/** The fields that an entry without ToolHive form can have. */
function withoutPackage({ server }: CatalogEntry): JsonObject {
  const packages = own(server, 'packages');
  const [first] = Array.isArray(packages) ? packages : [];
  return compact({
    title: own(server, 'title'),
    description: own(server, 'description'),
    repository_url: at(server, 'repository', 'url'),
    transport: first === undefined ? undefined : at(first, 'transport', 'type'),
    packages: isObject(first) ? packages : undefined,
  });
}

/** ToolHive writes `Active` and `Deprecated`. */
function statusWord(status: Json | undefined): string {
  const word = asText(status) ?? 'active';
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

function texts(list: Json | undefined): string[] {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
}
