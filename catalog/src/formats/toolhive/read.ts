import type { CatalogGroup, CatalogInfo } from '../../entry/entry.ts';
import type { FindingSink } from '../../entry/findings.ts';
import { asText, at, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { noteUnread, noteWrongType } from '../unread.ts';
import { checkEntryCount } from '../limits.ts';
import { below, placed, type EntrySink } from '../sink.ts';
import { readExtras } from '../upstream/extra.ts';
import { readServer } from './read-server.ts';

/** The keys of the form, in the file and in a group. */
const FILE_KEYS = ['$schema', 'version', 'last_updated', 'servers', 'remote_servers', 'groups', 'skills', 'plugins', 'metadata'];
const GROUP_KEYS = ['name', 'description', 'servers', 'remote_servers'];

/**
 * Reads ToolHive's own catalog format: `servers` and `remote_servers` by key, and `groups` of both. Skills and plugins, which the format never had, are where
 * our own files of this form have them. A bad entry, or a part of the wrong type, becomes a finding. Throws CatalogError for too many entries.
 */
export function readToolhive(file: JsonObject, sink: EntrySink): CatalogInfo {
  const { findings } = sink;
  const given = own(file, 'groups');
  if (!Array.isArray(given)) noteWrongType(given, '/groups', 'a list of groups', findings);
  const listed = Array.isArray(given) ? given : [];
  checkEntryCount(countEntries(file, listed));
  const section = (holder: JsonObject, where: string, inGroup: boolean): string[] => {
    const names: string[] = [];
    for (const [field, kind] of [
      ['servers', 'server'],
      ['remote_servers', 'remote_server'],
    ] as const) {
      for (const [key, raw] of Object.entries(serverMap(own(holder, field), `${where}/${field}`, findings))) {
        const here = below(findings, `${where}/${field}`, key);
        for (const [index, entry] of readServer(raw, { kind, key }, here).entries()) {
          sink.entry(placed(inGroup ? { ...entry, inGroup } : entry, here));
          if (index === 0) names.push(entry.name);
        }
      }
    }
    return names;
  };

  section(file, '', false);
  noteUnread(file, FILE_KEYS, '', findings);
  const groups: CatalogGroup[] = [];
  for (const [index, group] of listed.entries()) {
    const name = isObject(group) ? asText(own(group, 'name')) : undefined;
    if (!isObject(group) || name === undefined) {
      below(findings, '/groups', index).add({
        entry: `/groups/${index}`,
        pointer: '/name',
        rule: 'missing',
        message: 'a group needs a name; it was left out',
        served: false,
      });
      continue;
    }
    const description = asText(own(group, 'description'));
    const servers = section(group, `/groups/${index}`, true);
    noteUnread(group, GROUP_KEYS, `/groups/${index}`, findings);
    groups.push({ name, ...(description === undefined ? {} : { description }), servers });
  }
  readExtras(file, '', sink);

  // The draft of the format had both in an object.
  const version = asText(own(file, 'version')) ?? asText(at(file, 'metadata', 'version'));
  const lastUpdated = asText(own(file, 'last_updated')) ?? asText(at(file, 'metadata', 'updated'));
  return {
    format: 'toolhive',
    ...(version === undefined ? {} : { version }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    ...(groups.length === 0 ? {} : { groups }),
  };
}

/** Counts servers of the file and its groups, and the groups themselves: each may become an entry or a finding. */
function countEntries(file: JsonObject, groups: readonly Json[]): number {
  let count = groups.length;
  for (const holder of [file, ...groups]) {
    for (const field of ['servers', 'remote_servers']) {
      const servers = at(holder, field);
      if (isObject(servers)) count += Object.keys(servers).length;
    }
  }
  return count;
}

function serverMap(value: Json | undefined, place: string, findings: FindingSink): JsonObject {
  if (isObject(value)) return value;
  // Some write null for none.
  if (!Array.isArray(value) || value.length > 0) noteWrongType(value, place, 'an object with one server under each key', findings);
  return {};
}
