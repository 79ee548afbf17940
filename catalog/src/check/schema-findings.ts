import { MAX_FINDINGS, type Finding } from '../entry/findings.ts';
import type { SourcePlace } from '../entry/place.ts';
import { checkNesting } from '../formats/limits.ts';
import { isOldGeneration } from '../formats/upstream/old-generation.ts';
import { asText, isObject, own, type JsonObject } from '../json.ts';
import { valueAt } from '../pointer.ts';
import { generationByFields, schemaUrl, type SchemaChecks } from '../schema/generations.ts';
import { SchemaNotes, type SchemaNote } from '../schema/note.ts';
import { documentAt, type DocumentsOf } from './documents.ts';

/** A server somewhere in a catalog, whether or not it can be served. */
export interface WrittenServer {
  readonly place: SourcePlace;
  readonly entry: string;
  readonly version?: string | undefined;
}

/** Problems of servers by the official schemas. */
export interface SchemaFindings {
  /** Each problem separately, the first {@link MAX_FINDINGS}. */
  readonly kept: readonly Finding[];
  /** Number of problems that are not kept. */
  readonly omitted: number;
}

/**
 * Checks servers as written against the official schemas. What was converted from another form, such as ToolHive's, was not written for them, and neither was
 * what is older than they are.
 */
export function schemaFindings(servers: readonly WrittenServer[], documents: DocumentsOf, checks: SchemaChecks): SchemaFindings {
  const notes = new SchemaNotes(checks);
  const seen = new Set<string>();
  const kept: Finding[] = [];
  let omitted = 0;
  for (const { place, entry, version } of servers) {
    const written = serverAt(documents, place);
    if (written === undefined || seen.size === seen.add(JSON.stringify(written.place)).size) continue;
    const found = [...notes.allOf(written.server), ...(written.isItem ? unnamedSchema(written.server) : [])];
    const room = MAX_FINDINGS - kept.length;
    omitted += Math.max(0, found.length - room);
    for (const note of found.slice(0, room)) {
      kept.push({ entry, ...(version === undefined ? {} : { version }), ...note, place: written.place });
    }
  }
  return { kept, omitted };
}

/** Where servers are in the official forms: in lists, or alone. */
const IN_LIST = /^(?:(?:\/data(?:\/groups\/\d+)?)?\/servers)?\/\d+(?:\/server)?$/;

/** The server.json at a place, or in the item there. */
function serverAt(
  documents: DocumentsOf,
  place: SourcePlace,
): { readonly server: JsonObject; readonly place: SourcePlace; readonly isItem: boolean } | undefined {
  const document = documentAt(documents, place);
  if (document?.form?.family !== 'upstream') return undefined;
  const { isItem = false } = document.form;
  if (!isItem && !IN_LIST.test(place.pointer)) return undefined;
  const value = valueAt(document.value, place.pointer);
  if (!isObject(value) || checkNesting(value) !== undefined) return undefined;
  const inner = own(value, 'server');
  const isWrapped = isObject(inner) && !place.pointer.startsWith('/data/');
  const server = isWrapped ? inner : value;
  if (isOldGeneration(server)) return undefined;
  return { server, place: isWrapped ? { ...place, pointer: `${place.pointer}/server` } : place, isItem };
}

/** The schema does not require `$schema`, but the official publisher does. */
function unnamedSchema(server: JsonObject): SchemaNote[] {
  if (asText(own(server, '$schema')) !== undefined) return [];
  const url = schemaUrl(generationByFields(server));
  const message = `"$schema" is missing, so the server was checked by the schema that fits it; name that: ${url}`;
  return [{ pointer: '/$schema', rule: 'schema', message, served: true }];
}
