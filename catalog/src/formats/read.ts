import { CatalogError, type ParsedCatalog } from '../entry/entry.ts';
import { isObject, own, type Json } from '../json.ts';
import { readToolhive } from './toolhive-read.ts';
import { readUpstreamArray, readUpstreamFile, readUpstreamList } from './upstream.ts';

/** What a manifest may say about a source's format. */
export type DeclaredFormat = 'auto' | 'toolhive' | 'upstream';

/** Most bytes of one catalogue file: ToolHive's servers have the same limit (100 MiB). */
export const MAX_CATALOG_BYTES = 100 * 1024 * 1024;

const FORMS =
  'known are ToolHive catalogues ("servers" or "remote_servers" with one server under each key), upstream files ("data.servers"), ' +
  'lists of the official API ("servers": [{"server": …}]) and lists of server.json objects';

/**
 * Reads a catalogue file in any known format.
 * Throws {@link CatalogError}: not UTF-8, not JSON, too large, an unknown form, or another form than was declared.
 */
export function readCatalog(bytes: Uint8Array, declared: DeclaredFormat): ParsedCatalog {
  if (bytes.byteLength > MAX_CATALOG_BYTES) {
    throw new CatalogError(`the catalogue has ${bytes.byteLength} bytes; the limit is ${MAX_CATALOG_BYTES}. Split it into several sources`);
  }
  const parsed = detect(parseJson(bytes));
  const family = parsed.info.format === 'toolhive' ? 'toolhive' : 'upstream';
  if (declared !== 'auto' && declared !== family) {
    throw new CatalogError(
      `the source is declared as format "${declared}" but holds the ${family} format; correct "format" or leave it out`,
    );
  }
  return parsed;
}

function parseJson(bytes: Uint8Array): Json {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CatalogError('the catalogue is not valid UTF-8; save it as UTF-8', { cause });
  }
  try {
    return JSON.parse(text) as Json;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new CatalogError(
      text.trim() === ''
        ? 'the catalogue is empty; an empty one is written {"servers": {}}'
        : `the catalogue is not valid JSON: ${shorten(reason)}`,
      {
        cause,
      },
    );
  }
}

/** Recognises the format by its shape, see the table of forms in docs/formats.md. */
function detect(file: Json): ParsedCatalog {
  if (Array.isArray(file)) {
    return file.some((item) => isObject(item) && isObject(own(item, 'server'))) ? readUpstreamList(file) : readUpstreamArray(file);
  }
  if (!isObject(file)) throw new CatalogError(`the catalogue is neither an object nor a list; ${FORMS}`);
  if (Array.isArray(own(file, 'servers'))) return readUpstreamList(file);
  const data = own(file, 'data');
  if (isObject(data) && Array.isArray(own(data, 'servers'))) return readUpstreamFile(file);
  if (['servers', 'remote_servers', 'groups'].some((key) => Object.hasOwn(file, key))) return readToolhive(file);
  if (Object.hasOwn(file, 'mcpServers')) {
    throw new CatalogError(
      'this is a client configuration ("mcpServers"), not a catalogue: it says how to start servers, not what they are',
    );
  }
  throw new CatalogError(`unknown format (top-level keys: ${shorten(Object.keys(file).join(', ') || 'none')}); ${FORMS}`);
}

function shorten(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`;
}
