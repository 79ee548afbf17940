import { CatalogError, type CatalogInfo } from '../entry/entry.ts';
import { asText, at, isObject, own, type Json, type JsonObject } from '../json.ts';
import { shorten } from './parse.ts';
import type { EntrySink } from './sink.ts';
import { readToolhive } from './toolhive/read.ts';
import { readUpstream, type UpstreamList } from './upstream/list.ts';

/** What a manifest may say about a source's format. */
export type DeclaredFormat = 'auto' | 'toolhive' | 'upstream';

const FORMS =
  'known are ToolHive catalogs ("servers" or "remote_servers" with one server under each key), upstream files ("data.servers"), ' +
  'lists of the official API ("servers": [{"server": …}]), lists of server.json objects, and a single server.json';

/** Reads one document, and checks its format against the declared one. Throws {@link CatalogError}. */
export function readDocument(document: Json, declared: DeclaredFormat, sink: EntrySink): CatalogInfo {
  const read = detect(document);
  checkDeclared(read.family, declared);
  return read.into(sink);
}

/** Throws {@link CatalogError} for another format than was declared. */
export function checkDeclared(family: 'toolhive' | 'upstream', declared: DeclaredFormat): void {
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
