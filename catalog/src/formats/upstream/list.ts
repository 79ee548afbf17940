import type { CatalogGroup, CatalogInfo } from '../../entry/entry.ts';
import { asText, at, isObject, type Json } from '../../json.ts';
import { checkEntryCount } from '../limits.ts';
import { below, type EntrySink } from '../sink.ts';
import { noteUnread, noteWrongType } from '../unread.ts';
import { readExtras } from './extra.ts';
import { readItem } from './item.ts';

/** The items of a list, each parsed when it is its turn, and what is around the list. */
export interface UpstreamList {
  readonly pointer: '' | '/servers' | '/data/servers';
  /** Undefined: a known one that need not be read. */
  readonly items: Iterable<Json | undefined>;
  readonly count: number;
  /** The document with an empty list in place of this one. */
  readonly around: Json;
  /** The document is its only item. */
  readonly isItem?: boolean;
}

/**
 * Reads a list of servers: a current file of ToolHive's registry (`{version, meta, data: {servers: [server.json]}}`), a page or dump of the official API
 * (`{servers: [{server, _meta}], metadata}`, or the bare list of it), or a bare list of server.json objects, the form of the official seed files since
 * September 2025.
 */
export function readUpstream({ pointer, items, count, around, isItem = false }: UpstreamList, sink: EntrySink): CatalogInfo {
  checkEntryCount(count + countBeside(around));
  let index = -1;
  let isWrapped = pointer === '/servers';
  for (const item of items) {
    index += 1;
    if (item === undefined) continue;
    const wrapped = pointer !== '/data/servers';
    if (index === 0) isWrapped ||= wrapped && isObject(at(item, 'server'));
    const findings = isItem ? sink.findings : below(sink.findings, pointer, index);
    const entry = readItem(item, `${pointer}/${index}`, findings, { wrapped });
    if (entry !== undefined) sink.entry(entry);
  }
  if (pointer !== '/data/servers') {
    if (isObject(around)) {
      noteUnread(around, LIST_KEYS, '', sink.findings);
      readExtras(around, '', sink);
    }
    return { format: isWrapped ? 'upstream-list' : 'upstream-array' };
  }
  const groups = readFile(around, sink);
  const version = asText(at(around, 'version'));
  const lastUpdated = asText(at(around, 'meta', 'last_updated'));
  return {
    format: 'upstream-file',
    ...(version === undefined ? {} : { version }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    ...(groups.length === 0 ? {} : { groups }),
  };
}

/** The keys of the forms at each place; others are reported in a finding. */
const LIST_KEYS = ['servers', 'metadata', 'skills', 'plugins', '$schema'];
const FILE_KEYS = ['$schema', 'version', 'meta', 'data'];
const META_KEYS = ['last_updated'];
const DATA_KEYS = ['servers', 'skills', 'plugins', 'groups'];
const GROUP_KEYS = ['name', 'description', 'servers'];

/** Reads what is around the servers of a file. Returns its groups. */
function readFile(around: Json, sink: EntrySink): CatalogGroup[] {
  for (const [part, keys, place] of [
    [around, FILE_KEYS, ''],
    [at(around, 'meta'), META_KEYS, '/meta'],
    [at(around, 'data'), DATA_KEYS, '/data'],
  ] as const) {
    if (isObject(part)) noteUnread(part, keys, place, sink.findings);
  }
  readExtras(at(around, 'data') ?? null, '/data', sink);
  return readGroups(around, sink);
}

/** Groups of servers, each with its servers in full (upstream-registry.schema.json of ToolHive). */
function readGroups(around: Json, sink: EntrySink): CatalogGroup[] {
  const { findings } = sink;
  const listed = at(around, 'data', 'groups');
  if (!Array.isArray(listed)) {
    noteWrongType(listed, '/data/groups', 'a list of groups', findings);
    return [];
  }
  return listed.flatMap((group, index) => {
    const place = `/data/groups/${index}`;
    const name = asText(at(group, 'name'));
    if (name === undefined) {
      const message = 'a group needs a name; it was left out';
      below(findings, '/data/groups', index).add({ entry: place, pointer: '/name', rule: 'missing', message, served: false });
      return [];
    }
    const items = at(group, 'servers');
    if (!Array.isArray(items)) noteWrongType(items, `${place}/servers`, 'a list of servers', findings);
    const servers: string[] = [];
    for (const [number, item] of (Array.isArray(items) ? items : []).entries()) {
      const here = below(findings, `${place}/servers`, number);
      const entry = readItem(item, `${place}/servers/${number}`, here, { wrapped: false });
      if (entry === undefined) continue;
      sink.entry({ ...entry, inGroup: true });
      servers.push(entry.name);
    }
    if (isObject(group)) noteUnread(group, GROUP_KEYS, place, findings);
    const description = asText(at(group, 'description'));
    return [{ name, ...(description === undefined ? {} : { description }), servers }];
  });
}

/** Entries of a file outside its list of servers. */
function countBeside(around: Json): number {
  const length = (list: Json | undefined): number => (Array.isArray(list) ? list.length : 0);
  const groups = at(around, 'data', 'groups');
  const inGroups = Array.isArray(groups) ? groups.reduce((sum: number, group) => sum + length(at(group, 'servers')), 0) : 0;
  const beside = [at(around, 'data'), around].flatMap((holder) => [at(holder, 'skills'), at(holder, 'plugins')]);
  return beside.reduce((sum: number, list) => sum + length(list), length(groups) + inGroups);
}
