import { CatalogError, type CatalogEntry, type CatalogInfo, type ParsedCatalog } from '../entry/entry.ts';
import { FindingList } from '../entry/findings.ts';
import { asText, at, isObject, own, type Json, type JsonObject } from '../json.ts';
import { FILES_KEY, readFiles } from './files.ts';
import { checkText, decodeText, parseJson, shorten } from './parse.ts';
import { findItems, type ItemList } from './scan.ts';
import { readToolhive } from './toolhive-read.ts';
import { readUpstream, type EntrySink, type UpstreamList } from './upstream.ts';

/** What a manifest may say about a source's format. */
export type DeclaredFormat = 'auto' | 'toolhive' | 'upstream';

/** Most bytes of one catalog file: ToolHive's servers have the same limit (100 MiB). */
export const MAX_CATALOG_BYTES = 100 * 1024 * 1024;

/**
 * Up to this size a list is parsed as a whole. The scan of a small one saves nothing, and is long enough for the JavaScript engine to optimise it:
 * its optimising compiler alone is 5 MB of code, resident from then on.
 */
const WHOLE_BYTES = 1024 * 1024;

const FORMS =
  'known are ToolHive catalogs ("servers" or "remote_servers" with one server under each key), upstream files ("data.servers"), ' +
  'lists of the official API ("servers": [{"server": …}]), lists of server.json objects, and a single server.json';

/**
 * Reads a catalog file in any known format, as {@link streamCatalog} does, with all entries in memory.
 */
export function readCatalog(bytes: Uint8Array, declared: DeclaredFormat): ParsedCatalog {
  const entries: CatalogEntry[] = [];
  const findings = new FindingList();
  const info = streamCatalog(bytes, declared, { entry: (entry) => entries.push(entry), findings });
  return { info, entries, findings };
}

/**
 * Reads a catalog file in any known format, entry by entry. Of a list of over `wholeBytes` only one item is parsed at a time; all else is parsed as a
 * whole.
 * Throws {@link CatalogError}: not UTF-8, not JSON, too large, an unknown form, or another form than was declared.
 */
export function streamCatalog(bytes: Uint8Array, declared: DeclaredFormat, sink: EntrySink, wholeBytes = WHOLE_BYTES): CatalogInfo {
  if (bytes.byteLength > MAX_CATALOG_BYTES) {
    throw new CatalogError(`the catalog has ${bytes.byteLength} bytes; the limit is ${MAX_CATALOG_BYTES}. Split it into several sources`);
  }
  const found = bytes.byteLength > wholeBytes ? findItems(bytes) : undefined;
  if (found === undefined) return readWhole(bytes, declared, sink);
  checkDeclared('upstream', declared);
  return readUpstream(listOf(bytes, found, sink), sink);
}

function listOf(bytes: Uint8Array, { pointer, starts, ends, before, after }: ItemList, sink: EntrySink): UpstreamList {
  checkText(bytes);
  const textOf = (from: number, to: number): string => decodeText(bytes.subarray(from, to));
  const range = (index: number): [from: number, to: number] => [starts[index] ?? 0, ends[index] ?? 0];
  const isKnown = sink.recognize?.({ count: starts.length, at: (index) => bytes.subarray(...range(index)) });
  function* items(): Generator<Json | undefined> {
    for (const index of starts.keys()) {
      // The first one tells the form of the list.
      yield index > 0 && isKnown?.(index) === true ? undefined : parseJson(textOf(...range(index)), `${pointer}/${index}`);
    }
  }
  return { pointer, items: items(), count: starts.length, around: parseJson(`${textOf(0, before)}[]${textOf(after, bytes.length)}`) };
}

function readWhole(bytes: Uint8Array, declared: DeclaredFormat, sink: EntrySink): CatalogInfo {
  const file = parseJson(decodeText(bytes));
  if (isObject(file) && Object.hasOwn(file, FILES_KEY))
    return readFiles(file, (document, into) => readDocument(document, declared, into), sink);
  return readDocument(file, declared, sink);
}

/** Reads one document, and checks its format against the declared one. */
function readDocument(document: Json, declared: DeclaredFormat, sink: EntrySink): CatalogInfo {
  const read = detect(document);
  checkDeclared(read.family, declared);
  return read.into(sink);
}

function checkDeclared(family: 'toolhive' | 'upstream', declared: DeclaredFormat): void {
  if (declared === 'auto' || declared === family) return;
  throw new CatalogError(`the source is declared as format "${declared}" but holds the ${family} format; correct "format" or leave it out`);
}

/** A document whose format is known. */
interface Detected {
  readonly family: 'toolhive' | 'upstream';
  into(sink: EntrySink): CatalogInfo;
}

/** Recognises the format by its shape, see the table of forms in docs/formats.md. */
function detect(file: Json): Detected {
  if (Array.isArray(file)) return upstream('', file, []);
  if (!isObject(file)) throw new CatalogError(`the catalog is neither an object nor a list; ${FORMS}`);
  const servers = own(file, 'servers');
  if (Array.isArray(servers)) return upstream('/servers', servers, file);
  const inData = at(file, 'data', 'servers');
  if (Array.isArray(inData)) return upstream('/data/servers', inData, file);
  if (['servers', 'remote_servers', 'groups'].some((key) => Object.hasOwn(file, key)))
    return { family: 'toolhive', into: (sink) => readToolhive(file, sink) };
  // In a list of items it is understood with its `_meta` as well as without.
  if (isSingleServer(file))
    return { family: 'upstream', into: (sink) => ({ ...upstream('', [file], []).into(sink), format: 'upstream-list' }) };
  if (Object.hasOwn(file, 'mcpServers')) {
    throw new CatalogError('this is a client configuration ("mcpServers"), not a catalog: it says how to start servers, not what they are');
  }
  throw new CatalogError(`unknown format (top-level keys: ${shorten(Object.keys(file).join(', ') || 'none')}); ${FORMS}`);
}

function upstream(pointer: UpstreamList['pointer'], items: readonly Json[], around: Json): Detected {
  return { family: 'upstream', into: (sink) => readUpstream({ pointer, items, count: items.length, around }, sink) };
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
