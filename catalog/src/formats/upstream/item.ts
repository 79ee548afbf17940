import { OFFICIAL_META, ORIGIN_META, type CatalogEntry } from '../../entry/entry.ts';
import type { Finding, FindingSink } from '../../entry/findings.ts';
import { asText, at, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { CARRIED_META } from '../carry.ts';
import { inName } from '../names.ts';
import { checkNesting } from '../limits.ts';
import { below, placed } from '../sink.ts';
import { noteUnread } from '../unread.ts';
import { fromOldGeneration, isOldGeneration, OLD_ITEM_KEYS } from './old-generation.ts';

/**
 * Reads a server.json, or an item of the official API around one. `wrapped`: in a list of `{server, _meta}` a bare server.json is accepted as well, since dumps
 * contain both. Undefined, with a finding, for an unusable one.
 */
export function readItem(
  item: Json,
  place: string,
  findings: FindingSink,
  { wrapped }: { readonly wrapped: boolean },
): CatalogEntry | undefined {
  let version: string | undefined;
  let here = findings;
  const skip = (entry: string, pointer: string, rule: Finding['rule'], message: string): undefined => {
    here.add({ entry, ...(version === undefined ? {} : { version }), pointer, rule, message, served: false });
    return undefined;
  };
  if (!isObject(item)) return skip(place, '', 'not-an-object', 'a server must be an object; it was left out');
  const inner = wrapped ? own(item, 'server') : undefined;
  const given = isObject(inner) ? inner : item;
  const name = asText(own(given, 'name'));
  const tooDeep = checkNesting(item);
  if (tooDeep !== undefined) return skip(name ?? place, '', 'invalid', tooDeep);
  if (isObject(inner)) here = below(findings, '', 'server');
  if (name === undefined) return skip(place, '/name', 'missing', '"name" must be a text; the server was left out');
  const { server, meta } = isOldGeneration(given)
    ? fromOldGeneration(given, isObject(inner) ? item : {})
    : isObject(inner)
      ? { server: given, meta: metaOf(item) }
      : withoutCarried(given);
  if (isObject(inner)) noteItem(item, name, place, findings);
  version = asText(own(server, 'version'));
  if (version === undefined) return skip(name, '/version', 'missing', '"version" must be a text; the server was left out');
  return placed({ kind: 'server', name, version, server, meta, ...aliasOf(name, meta) }, here);
}

/** The wrapper of a server: in the current and the earlier official API. */
const ITEM_KEYS = ['server', '_meta', ...OLD_ITEM_KEYS];

/** Reports what of a server's wrapper is not passed on. */
function noteItem(item: JsonObject, entry: string, place: string, findings: FindingSink): void {
  noteUnread(item, ITEM_KEYS, place, findings);
  const meta = own(item, '_meta');
  const wrong =
    meta !== undefined && !isObject(meta)
      ? '/_meta'
      : isObject(meta) && own(meta, OFFICIAL_META) !== undefined && !isObject(own(meta, OFFICIAL_META))
        ? `/_meta/${OFFICIAL_META.replace('/', '~1')}`
        : undefined;
  if (wrong === undefined) return;
  findings.add({ entry, pointer: wrong, rule: 'repaired', message: 'a part that must be an object was left out', served: true });
}

function metaOf(item: JsonObject): JsonObject {
  const meta = own(item, '_meta');
  return isObject(meta) ? meta : {};
}

/** Separates a server.json from what was next to it in a list, which it carries where there is no list. */
function withoutCarried(given: JsonObject): { readonly server: JsonObject; readonly meta: JsonObject } {
  const meta = own(given, '_meta');
  const carried = isObject(meta) ? own(meta, CARRIED_META) : undefined;
  const beside = isObject(carried) ? own(carried, 'meta') : undefined;
  // Something else under that key is passed on unchanged.
  if (!isObject(meta) || !isObject(carried) || !isObject(beside)) return { server: given, meta: {} };
  const { [CARRIED_META]: _carried, ...others } = meta;
  const { _meta, ...server } = given;
  const was = Object.keys(others).length === 0 ? own(carried, 'was') : others;
  return { server: compact({ ...server, _meta: was }), meta: beside };
}

/**
 * The short name by which an entry is found and filtered, from its original format. Only if it is the end of its name: otherwise a source could give any server
 * the short name of another.
 */
function aliasOf(name: string, meta: JsonObject): { readonly alias?: string } {
  const key = asText(at(meta, ORIGIN_META, 'key'));
  const end = name.slice(name.lastIndexOf('/') + 1);
  return key !== undefined && inName(key) === end ? { alias: key } : {};
}
