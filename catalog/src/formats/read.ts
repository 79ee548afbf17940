import { CatalogError, type ParsedCatalog } from '../entry/entry.ts';
import { asText, isObject, own, type Json, type JsonObject } from '../json.ts';
import { FILES_KEY, readFiles } from './files.ts';
import { decodeText, parseJson, shorten } from './parse.ts';
import { readToolhive } from './toolhive-read.ts';
import { readUpstreamArray, readUpstreamFile, readUpstreamList } from './upstream.ts';

/** What a manifest may say about a source's format. */
export type DeclaredFormat = 'auto' | 'toolhive' | 'upstream';

/** Most bytes of one catalog file: ToolHive's servers have the same limit (100 MiB). */
export const MAX_CATALOG_BYTES = 100 * 1024 * 1024;

const FORMS =
  'known are ToolHive catalogs ("servers" or "remote_servers" with one server under each key), upstream files ("data.servers"), ' +
  'lists of the official API ("servers": [{"server": …}]), lists of server.json objects, and a single server.json';

/**
 * Reads a catalog file in any known format.
 * Throws {@link CatalogError}: not UTF-8, not JSON, too large, an unknown form, or another form than was declared.
 */
export function readCatalog(bytes: Uint8Array, declared: DeclaredFormat): ParsedCatalog {
  if (bytes.byteLength > MAX_CATALOG_BYTES) {
    throw new CatalogError(`the catalog has ${bytes.byteLength} bytes; the limit is ${MAX_CATALOG_BYTES}. Split it into several sources`);
  }
  const file = parseJson(decodeText(bytes));
  if (isObject(file) && Object.hasOwn(file, FILES_KEY)) return readFiles(file, (document) => readDocument(document, declared));
  return readDocument(file, declared);
}

/** Reads one document, and checks its format against the declared one. */
function readDocument(document: Json, declared: DeclaredFormat): ParsedCatalog {
  const parsed = detect(document);
  const family = parsed.info.format === 'toolhive' ? 'toolhive' : 'upstream';
  if (declared !== 'auto' && declared !== family) {
    throw new CatalogError(
      `the source is declared as format "${declared}" but holds the ${family} format; correct "format" or leave it out`,
    );
  }
  return parsed;
}

/** Recognises the format by its shape, see the table of forms in docs/formats.md. */
function detect(file: Json): ParsedCatalog {
  if (Array.isArray(file)) {
    return file.some((item) => isObject(item) && isObject(own(item, 'server'))) ? readUpstreamList(file) : readUpstreamArray(file);
  }
  if (!isObject(file)) throw new CatalogError(`the catalog is neither an object nor a list; ${FORMS}`);
  if (Array.isArray(own(file, 'servers'))) return readUpstreamList(file);
  const data = own(file, 'data');
  if (isObject(data) && Array.isArray(own(data, 'servers'))) return readUpstreamFile(file);
  if (['servers', 'remote_servers', 'groups'].some((key) => Object.hasOwn(file, key))) return readToolhive(file);
  if (isSingleServer(file)) return readUpstreamList([file]);
  if (Object.hasOwn(file, 'mcpServers')) {
    throw new CatalogError('this is a client configuration ("mcpServers"), not a catalog: it says how to start servers, not what they are');
  }
  throw new CatalogError(`unknown format (top-level keys: ${shorten(Object.keys(file).join(', ') || 'none')}); ${FORMS}`);
}

/** A server.json, or an item of the official API around one: what a repository with a file for each server has. */
function isSingleServer(file: JsonObject): boolean {
  if (isObject(own(file, 'server'))) return true;
  if (asText(own(file, 'name')) === undefined) return false;
  // A package.json has a name and a version as well.
  return (
    /\/server\.schema\.json#?$/.test(asText(own(file, '$schema')) ?? '') ||
    ['packages', 'remotes'].some((key) => Array.isArray(own(file, key)))
  );
}
