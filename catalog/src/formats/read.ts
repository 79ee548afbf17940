import { CatalogError, type CatalogEntry, type CatalogInfo, type ParsedCatalog } from '../entry/entry.ts';
import { FindingList } from '../entry/findings.ts';
import { isObject, type Json } from '../json.ts';
import { checkDeclared, readDocument, type DeclaredFormat } from './detect.ts';
import { FILES_KEY, readFiles } from './files.ts';
import { documentsOf } from './documents.ts';
import { checkText, decodeText, parseJson } from './parse.ts';
import { findItems, type ItemList } from './scan.ts';
import { documentSink, type CatalogSink } from './sink.ts';
import { readUpstream, type UpstreamList } from './upstream/list.ts';

/** Most bytes of one catalog file: ToolHive's servers have the same limit (100 MiB). */
export const MAX_CATALOG_BYTES = 100 * 1024 * 1024;

/**
 * Up to this size a list is parsed as a whole. Scanning a small one saves nothing, and takes long enough for the JavaScript engine to optimize it: its
 * optimizing compiler alone is 5 MB of code, resident from then on.
 */
const WHOLE_BYTES = 1024 * 1024;

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
 * Reads a catalog file in any known format, entry by entry. A list of over `wholeBytes` is parsed one item at a time; everything else is parsed as a whole.
 * `path` is that of a folder's file that is read by itself: it decides whether that is YAML. Throws {@link CatalogError}: not UTF-8, not JSON, too large, an
 * unknown form, or another form than declared.
 */
export function streamCatalog(
  bytes: Uint8Array,
  declared: DeclaredFormat,
  sink: CatalogSink,
  wholeBytes = WHOLE_BYTES,
  path?: string,
): CatalogInfo {
  if (bytes.byteLength > MAX_CATALOG_BYTES) {
    throw new CatalogError(`the catalog has ${bytes.byteLength} bytes; the limit is ${MAX_CATALOG_BYTES}. Split it into several sources`);
  }
  const found = bytes.byteLength > wholeBytes ? findItems(bytes) : undefined;
  if (found === undefined) return readWhole(decodeText(bytes), path, declared, sink);
  checkDeclared('upstream', declared);
  return readUpstream(listOf(bytes, found, sink), documentSink(sink, {}));
}

function listOf(bytes: Uint8Array, { pointer, starts, ends, before, after }: ItemList, sink: CatalogSink): UpstreamList {
  checkText(bytes);
  const textOf = (from: number, to: number): string => decodeText(bytes.subarray(from, to));
  const range = (index: number): [from: number, to: number] => [starts[index] ?? 0, ends[index] ?? 0];
  const isKnown = sink.recognize?.({ count: starts.length, at: (index) => bytes.subarray(...range(index)) });
  function* items(): Generator<Json | undefined> {
    for (const index of starts.keys()) {
      // The first item determines the form of the list.
      yield index > 0 && isKnown?.(index) === true ? undefined : parseJson(textOf(...range(index)), `${pointer}/${index}`);
    }
  }
  return { pointer, items: items(), count: starts.length, around: parseJson(`${textOf(0, before)}[]${textOf(after, bytes.length)}`, '') };
}

function readWhole(text: string, path: string | undefined, declared: DeclaredFormat, sink: CatalogSink): CatalogInfo {
  const documents = documentsOf(text, path);
  const [file = null, ...others] = documents;
  if (isObject(file) && Object.hasOwn(file, FILES_KEY))
    return readFiles(file, (document, into, length) => readDocument(document, declared, into, length), sink);
  if (others.length === 0) return readDocument(file, declared, documentSink(sink, {}), text.length);
  const infos = documents.map((one, document) => readDocument(one, declared, documentSink(sink, { document }), text.length));
  const groups = infos.flatMap((info) => info.groups ?? []);
  return { format: 'files', ...(groups.length === 0 ? {} : { groups }) };
}
