import { CatalogError, type CatalogEntry, type CatalogGroup, type CatalogInfo } from '../entry/entry.ts';
import { FindingList } from '../entry/findings.ts';
import { asText, isObject, own, type Json, type JsonObject } from '../json.ts';
import { checkEntryCount, MAX_CATALOG_ENTRIES } from './limits.ts';
import { documentsOf } from './documents.ts';
import { documentSink, type CatalogSink, type EntrySink } from './sink.ts';

/** The key that distinguishes the files of a folder from a catalog: its value is a list of {@link CatalogFile}. */
export const FILES_KEY = 'toolhive.stacklok.dev/files';

/** A file of a folder: its text, or why it has none. */
export type CatalogFile = { readonly path: string; readonly text: string } | { readonly path: string; readonly problem: string };

/** Reads one parsed document of a text of that length, in any format. Throws {@link CatalogError}. */
type ReadDocument = (document: Json, sink: EntrySink, length: number) => CatalogInfo;

/**
 * Reads the files of a folder one by one, in order, as one catalog. An unreadable file affects only itself: it becomes a finding that names it. Throws
 * {@link CatalogError} for too many entries in total.
 */
export function readFiles(file: JsonObject, readDocument: ReadDocument, sink: CatalogSink): CatalogInfo {
  const groups: CatalogGroup[] = [];
  const { findings } = sink;
  const files = own(file, FILES_KEY);
  if (!Array.isArray(files)) throw new CatalogError(`"${FILES_KEY}" must be a list of files`);
  let count = 0;

  function readOne(path: string, item: JsonObject): void {
    const problem = asText(own(item, 'problem'));
    if (problem !== undefined) throw new CatalogError(problem);
    const text = own(item, 'text');
    if (typeof text !== 'string') throw new CatalogError('"text" must be a text');
    const documents = documentsOf(text, path);
    if (documents.length === 0) throw new CatalogError('the file is empty; remove it');
    // All of a file or nothing: half a file would look complete.
    const entries: CatalogEntry[] = [];
    const read = documents.map((one, document) => {
      const found = new FindingList();
      const into = { ...sink, entry: (entry: CatalogEntry) => void entries.push(entry), findings: found };
      const place = { file: path, ...(documents.length === 1 ? {} : { document }) };
      return { found, info: readDocument(one, documentSink(into, place), text.length) };
    });
    for (const { found, info } of read) {
      findings.addAll(found, path);
      groups.push(...(info.groups ?? []));
    }
    count += entries.length;
    checkEntryCount(count);
    for (const entry of entries) sink.entry({ ...entry, file: path });
  }

  for (const [index, item] of files.entries()) {
    const path = (isObject(item) ? asText(own(item, 'path')) : undefined) ?? `file ${index + 1}`;
    try {
      readOne(path, isObject(item) ? item : {});
    } catch (cause) {
      if (!(cause instanceof CatalogError) || count > MAX_CATALOG_ENTRIES) throw cause;
      documentSink(sink, { file: path, ...(cause.position === undefined ? {} : { position: cause.position }) }).findings.add({
        entry: path,
        pointer: '',
        rule: 'unreadable',
        message: `${cause.message}; the file was left out`,
        served: false,
      });
    }
  }
  return { format: 'files', ...(groups.length === 0 ? {} : { groups }) };
}
