import type { CatalogEntry, CatalogGroup, CatalogInfo } from '../../entry/entry.ts';
import type { Finding, FindingList } from '../../entry/findings.ts';
import { asText, at, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { checkEntryCount, checkNesting } from '../limits.ts';
import type { EntrySink } from '../sink.ts';
import { readExtra } from './extra.ts';

/** The items of a list, each parsed when it is its turn, and what stands around the list. */
export interface UpstreamList {
  readonly pointer: '' | '/servers' | '/data/servers';
  /** Undefined: one that is known and need not be read. */
  readonly items: Iterable<Json | undefined>;
  readonly count: number;
  /** The document with an empty list in the place of this one. */
  readonly around: Json;
}

/**
 * Reads a list of servers: a file of ToolHive's registry of today (`{version, meta, data: {servers: [server.json]}}`), a page or dump of the official
 * API (`{servers: [{server, _meta}], metadata}`, or the bare list of it), or a bare list of server.json objects, the form of the official seed
 * files since September 2025.
 */
export function readUpstream({ pointer, items, count, around }: UpstreamList, sink: EntrySink): CatalogInfo {
  checkEntryCount(count + countBeside(around));
  let index = -1;
  let isWrapped = pointer === '/servers';
  for (const item of items) {
    index += 1;
    if (item === undefined) continue;
    // Within a list of {server, _meta} a bare server.json is understood as well: both occur in dumps.
    const wrapped = pointer !== '/data/servers' && isObject(item) ? own(item, 'server') : undefined;
    if (index === 0) isWrapped ||= isObject(wrapped);
    const entry = readItem(item, isObject(wrapped) ? wrapped : undefined, `${pointer}/${index}`, sink.findings);
    if (entry !== undefined) sink.entry(entry);
  }
  if (pointer !== '') readExtras(around, pointer, sink);
  if (pointer !== '/data/servers') return { format: isWrapped ? 'upstream-list' : 'upstream-array' };
  const groups = readGroups(around, sink);
  const version = asText(at(around, 'version'));
  const lastUpdated = asText(at(around, 'meta', 'last_updated'));
  return {
    format: 'upstream-file',
    ...(version === undefined ? {} : { version }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    ...(groups.length === 0 ? {} : { groups }),
  };
}

/** Groups of servers, each with its servers written out (upstream-registry.schema.json of ToolHive). */
function readGroups(around: Json, sink: EntrySink): CatalogGroup[] {
  const { findings } = sink;
  const listed = at(around, 'data', 'groups');
  if (!Array.isArray(listed)) return [];
  return listed.flatMap((group, index) => {
    const place = `/data/groups/${index}`;
    const name = asText(at(group, 'name'));
    if (name === undefined) {
      findings.add({ entry: place, pointer: '/name', rule: 'missing', message: 'a group needs a name; it was left out', served: false });
      return [];
    }
    const items = at(group, 'servers');
    const servers: string[] = [];
    for (const [number, item] of (Array.isArray(items) ? items : []).entries()) {
      const entry = readItem(item, undefined, `${place}/servers/${number}`, findings);
      if (entry === undefined) continue;
      sink.entry({ ...entry, inGroup: true });
      servers.push(entry.name);
    }
    const description = asText(at(group, 'description'));
    return [{ name, ...(description === undefined ? {} : { description }), servers }];
  });
}

/** What stands beside the servers: skills and plugins. */
function readExtras(around: Json, pointer: '/servers' | '/data/servers', sink: EntrySink): void {
  const holder = pointer === '/servers' ? around : at(around, 'data');
  const place = pointer === '/servers' ? '' : '/data';
  for (const { kind, key } of [
    { kind: 'skill', key: 'skills' },
    { kind: 'plugin', key: 'plugins' },
  ] as const) {
    const items = at(holder, key);
    if (!Array.isArray(items)) continue;
    for (const [index, item] of items.entries()) {
      const entry = readExtra(kind, item, `${place}/${key}/${index}`, sink.findings);
      if (entry !== undefined) sink.entry(entry);
    }
  }
}

/** Entries of a file beside its list of servers. */
function countBeside(around: Json): number {
  const length = (list: Json | undefined): number => (Array.isArray(list) ? list.length : 0);
  const groups = at(around, 'data', 'groups');
  const inGroups = Array.isArray(groups) ? groups.reduce((sum: number, group) => sum + length(at(group, 'servers')), 0) : 0;
  const beside = [at(around, 'data'), around].flatMap((holder) => [at(holder, 'skills'), at(holder, 'plugins')]);
  return beside.reduce((sum: number, list) => sum + length(list), length(groups) + inGroups);
}

function readItem(item: Json, wrapped: JsonObject | undefined, place: string, findings: FindingList): CatalogEntry | undefined {
  let version: string | undefined;
  const skip = (entry: string, pointer: string, rule: Finding['rule'], message: string): undefined => {
    findings.add({ entry, ...(version === undefined ? {} : { version }), pointer, rule, message, served: false });
    return undefined;
  };
  if (!isObject(item)) return skip(place, '', 'not-an-object', 'a server must be an object; it was left out');
  const server = wrapped ?? item;
  const meta = wrapped === undefined ? undefined : own(item, '_meta');
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
  return { kind: 'server', name, version, server, meta: isObject(meta) ? meta : {} };
}
