import { keyPrefix, kindOfKey, type EntryKind } from '../entry/kind.ts';
import { CARRIED_META } from '../formats/carry.ts';
import { at, isObject, own, type Json, type JsonObject } from '../json.ts';
import { escaped } from '../pointer.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { groupsOf } from '../views/groups.ts';

/**
 * What a form has no place for. `left-out`: it is not in the file. `reduced`: the entry is, without some of its parts. `carried`: it is stored where readers of
 * the form do not look, and is restored when the file is read here.
 */
export interface WriteNote {
  readonly outcome: 'left-out' | 'reduced' | 'carried';
  /** For the file itself the name is that of its member. */
  readonly kind: EntryKind | 'group' | 'file';
  readonly name: string;
  readonly version?: string;
  /** JSON pointers into the item of the official API, `/server/icons`, at most two keys long; none: it is about the whole. */
  readonly pointers: readonly string[];
  /** The reason, as a sentence without a period. */
  readonly why: string;
}

/** Called for what a form has no place for, in the order in which the file is written. */
export type OnNote = (note: WriteNote) => void;

/** All kinds of entries. */
export const ENTRY_KINDS: readonly EntryKind[] = ['server', 'skill', 'plugin'];

/** Kind, name and version of a row. */
export function entryOfRow(snapshot: Snapshot, row: number): Pick<WriteNote, 'kind' | 'name'> & { readonly version: string } {
  const { name: key, version } = snapshot.keyAt(row);
  const kind = kindOfKey(key);
  return { kind, name: kind === 'server' ? key : key.slice(keyPrefix(kind).length), version };
}

/** Notes the rows that are not written. `kinds`: those that the form supports. */
export function noteUnwritten(snapshot: Snapshot, isWritten: (row: number) => boolean, kinds: readonly EntryKind[], note: OnNote): void {
  for (let row = 0; row < snapshot.rowCount; row += 1) {
    if (isWritten(row)) continue;
    const entry = entryOfRow(snapshot, row);
    const why = !kinds.some((kind) => kind === entry.kind)
      ? `the form has no ${entry.kind}s`
      : snapshot.keyAt(row).deleted
        ? 'it is deleted, and the form has no place for deleted entries'
        : 'the form has one version of each entry, the latest';
    note({ outcome: 'left-out', ...entry, pointers: [], why });
  }
}

/** Notes groups and facts about the file itself, in a form that supports neither. */
export function noteFrame(snapshot: Snapshot, note: OnNote): void {
  for (const { name } of groupsOf(snapshot))
    note({ outcome: 'left-out', kind: 'group', name, pointers: [], why: 'the form has no groups' });
  for (const { info } of snapshot.header.sources) {
    for (const [name, value] of Object.entries({ version: info.version, last_updated: info.lastUpdated })) {
      if (value !== undefined) note({ outcome: 'left-out', kind: 'file', name, pointers: [], why: 'the form says nothing of its file' });
    }
  }
}

/**
 * Pointers to the carried members of a server and of its `_meta`; `carried` comes from carriedBy. What the entry does not have, and only reading the form would
 * add, is not included.
 */
export function carriedPointers(carried: Json): string[] {
  const patch = at(carried, 'patch');
  if (!isObject(patch)) return ['/server', '/_meta'];
  const had = (part: string): JsonObject => {
    const members = own(patch, part);
    return isObject(members) ? Object.fromEntries(Object.entries(members).filter(([, value]) => value !== null)) : {};
  };
  return [...memberPointers('/server', had('server')), ...memberPointers('/_meta', had('meta'))].sort();
}

/** A pointer to each member of an object. */
export function memberPointers(place: string, object: JsonObject): string[] {
  return Object.keys(object).map((key) => `${place}/${escaped(key)}`);
}

/** What a server in ToolHive's form carries along; undefined: nothing. */
export function carriedIn(value: JsonObject): Json | undefined {
  return at(value, 'custom_metadata', CARRIED_META);
}
