import { CatalogError, type CatalogEntry, type CatalogFormat, type CatalogInfo, type ParsedCatalog } from '../entry/entry.ts';
import { FindingList, type Finding } from '../entry/findings.ts';
import { asText, at, isObject, own, type Json, type JsonObject } from '../json.ts';
import { checkEntryCount, checkNesting } from './limits.ts';

/** Reads `{version, meta, data: {servers: [server.json]}}`, today's file format of ToolHive's registry. */
export function readUpstreamFile(file: JsonObject): ParsedCatalog {
  const servers = at(file, 'data', 'servers');
  const version = asText(own(file, 'version'));
  const lastUpdated = asText(at(file, 'meta', 'last_updated'));
  return read(servers, '/data/servers', {
    format: 'upstream-file',
    ...(version === undefined ? {} : { version }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
  });
}

/** Reads a page or dump of the official API: `{servers: [{server, _meta}], metadata}` or the bare list of it. */
export function readUpstreamList(file: Json): ParsedCatalog {
  return isObject(file) ? read(own(file, 'servers'), '/servers', { format: 'upstream-list' }) : read(file, '', { format: 'upstream-list' });
}

/** Reads a bare list of server.json objects, the form of the official seed files since September 2025. */
export function readUpstreamArray(file: Json): ParsedCatalog {
  return read(file, '', { format: 'upstream-array' });
}

function read(list: Json | undefined, where: string, info: CatalogInfo): ParsedCatalog {
  if (!Array.isArray(list)) throw new CatalogError(`"${where}" must be a list of servers`);
  checkEntryCount(list.length);
  const entries: CatalogEntry[] = [];
  const findings = new FindingList();
  for (const [index, item] of list.entries()) {
    const entry = readItem(item, `${where}/${index}`, info.format, findings);
    if (entry !== undefined) entries.push(entry);
  }
  return { info, entries, findings };
}

function readItem(item: Json, place: string, format: CatalogFormat, findings: FindingList): CatalogEntry | undefined {
  let version: string | undefined;
  const skip = (entry: string, pointer: string, rule: Finding['rule'], message: string): undefined => {
    findings.add({ entry, ...(version === undefined ? {} : { version }), pointer, rule, message, served: false });
    return undefined;
  };
  if (!isObject(item)) return skip(place, '', 'not-an-object', 'a server must be an object; it was left out');
  // Within a list of {server, _meta} a bare server.json is understood as well: both occur in dumps.
  const wrapped = format === 'upstream-list' ? own(item, 'server') : undefined;
  const server = isObject(wrapped) ? wrapped : item;
  const meta = isObject(wrapped) ? own(item, '_meta') : undefined;
  const name = asText(own(server, 'name'));
  const tooDeep = checkNesting(item);
  if (tooDeep !== undefined) return skip(name ?? place, '', 'invalid', tooDeep);
  if (name === undefined) return skip(place, '/name', 'missing', '"name" must be a text; the server was left out');
  if (isObject(own(server, 'version_detail'))) {
    return skip(
      name,
      '/version_detail',
      'old-format',
      'written for the official API before September 2025; convert it to a current server.json',
    );
  }
  version = asText(own(server, 'version'));
  if (version === undefined) return skip(name, '/version', 'missing', '"version" must be a text; the server was left out');
  return { name, version, server, meta: isObject(meta) ? meta : {} };
}
