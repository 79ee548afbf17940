import { CatalogError, type CatalogInfo } from '../entry/entry.ts';
import { asText, at, isObject, own, type Json, type JsonObject } from '../json.ts';
import { isClientConfiguration, readClientConfiguration } from './client/read.ts';
import { isStoredConfiguration, MAX_CLIENT_TEXT, readStoredConfiguration } from './client/stored.ts';
import { isDockerServer, readDocker, readDockerServer } from './docker/read.ts';
import { shorten } from './parse.ts';
import type { EntrySink } from './sink.ts';
import { readToolhive } from './toolhive/read.ts';
import { readUpstream, type UpstreamList } from './upstream/list.ts';

/** The formats that a manifest may declare. */
export type DeclaredFormat = 'auto' | 'toolhive' | 'upstream';

/** Families of formats; the first two can be declared. */
type Family = 'toolhive' | 'upstream' | 'docker' | 'client configuration';

/** The detected form of a document. */
export interface DocumentForm {
  readonly family: Family;
  /** Whether it is a single server.json, or an item of the official API around one. */
  readonly isItem?: boolean;
}

/** A document whose form is known. */
interface Detected extends DocumentForm {
  into(sink: EntrySink): CatalogInfo;
}

/** Checks one form: undefined for a document of another form. */
type Form = (file: JsonObject) => Detected | undefined;

const FORMS =
  'known are ToolHive catalogs ("servers" or "remote_servers" with one server under each key), upstream files ("data.servers"), ' +
  'lists of the official API ("servers": [{"server": …}]), lists of server.json objects, a single server.json, ' +
  'catalogs of Docker ("registry"), and configurations of clients ("mcpServers")';

/** The forms of an object in the order in which they are tried, see docs/formats.md. */
const OBJECT_FORMS: readonly Form[] = [
  (file) =>
    isStoredConfiguration(file) ? { family: 'client configuration', into: (sink) => readStoredConfiguration(file, sink) } : undefined,
  (file) => listUnder('/servers', own(file, 'servers'), file),
  (file) => listUnder('/data/servers', at(file, 'data', 'servers'), file),
  (file) =>
    isClientConfiguration(file) ? { family: 'client configuration', into: (sink) => readClientConfiguration(file, sink) } : undefined,
  (file) =>
    ['servers', 'remote_servers', 'groups'].some((key) => Object.hasOwn(file, key))
      ? { family: 'toolhive', into: (sink) => readToolhive(file, sink) }
      : undefined,
  (file) => (isObject(own(file, 'registry')) ? { family: 'docker', into: (sink) => readDocker(file, sink) } : undefined),
  (file) => (isDockerServer(file) ? { family: 'docker', into: (sink) => readDockerServer(file, sink) } : undefined),
  (file) =>
    // In a list of items it is accepted with and without its `_meta`.
    isSingleServer(file)
      ? {
          family: 'upstream',
          isItem: true,
          into: (sink) => ({
            ...readUpstream({ pointer: '', items: [file], count: 1, around: [], isItem: true }, sink),
            format: 'upstream-list',
          }),
        }
      : undefined,
];

/** Reads one document of a text of that length, and checks its format against the declared one. Throws {@link CatalogError}. */
export function readDocument(document: Json, declared: DeclaredFormat, sink: EntrySink, length: number): CatalogInfo {
  const read = detect(document);
  checkDeclared(read.family, declared);
  if (read.family === 'client configuration' && length > MAX_CLIENT_TEXT)
    throw new CatalogError(`a client configuration may have ${MAX_CLIENT_TEXT} characters, and this one has ${length}; split it`);
  return read.into(sink);
}

/** Throws {@link CatalogError} for another format than the declared one. */
export function checkDeclared(family: Family, declared: DeclaredFormat): void {
  if (declared === 'auto' || declared === family) return;
  throw new CatalogError(`the source is declared as format "${declared}" but holds the ${family} format; correct "format" or leave it out`);
}

/** The form of a document; undefined if it is not a catalog. */
export function formOf(document: Json): DocumentForm | undefined {
  return find(document);
}

function find(document: Json): Detected | undefined {
  if (Array.isArray(document)) return upstream('', document, []);
  if (!isObject(document)) return undefined;
  for (const form of OBJECT_FORMS) {
    const found = form(document);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Detects the form by its shape. Throws {@link CatalogError}. */
function detect(file: Json): Detected {
  const found = find(file);
  if (found !== undefined) return found;
  if (!isObject(file)) throw new CatalogError(`the catalog is neither an object nor a list; ${FORMS}`);
  throw new CatalogError(`unknown format (top-level keys: ${shorten(Object.keys(file).join(', ') || 'none')}); ${FORMS}`);
}

function listUnder(pointer: '/servers' | '/data/servers', list: Json | undefined, around: JsonObject): Detected | undefined {
  return Array.isArray(list) ? upstream(pointer, list, around) : undefined;
}

function upstream(pointer: UpstreamList['pointer'], items: readonly Json[], around: Json): Detected {
  return { family: 'upstream', into: (sink) => readUpstream({ pointer, items, count: items.length, around }, sink) };
}

/** A server.json, or an item of the official API around one: what a repository with one file per server has. */
function isSingleServer(file: JsonObject): boolean {
  if (isObject(own(file, 'server'))) return true;
  if (asText(own(file, 'name')) === undefined) return false;
  // A package.json has a name and a version as well.
  return (
    /\/server\.schema\.json(?:#.*)?$/.test(asText(own(file, '$schema')) ?? '') ||
    isObject(own(file, 'version_detail')) ||
    ['packages', 'remotes'].some((key) => Array.isArray(own(file, key)))
  );
}
