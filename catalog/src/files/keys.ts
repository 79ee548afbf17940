import { asText, at } from '../json.ts';
import { ORIGIN_META } from '../entry/entry.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { entryAt } from './entries.ts';

/** Keys of ToolHive's format (its schema, `patternProperties` of servers). */
const KEY = /^[a-z0-9][a-z0-9-]+[a-z0-9]$/;

/**
 * A key for each row: the one in its source, else the part of its name after the slash. Servers that would share one, or whose key would be invalid, get their
 * full name in the characters of a key; if that is taken, with a number appended.
 */
export function keysOf(snapshot: Snapshot, rows: readonly number[]): Map<number, string> {
  const wanted = rows.map((row) => {
    const { name } = snapshot.keyAt(row);
    const given = asText(at(entryAt(snapshot, row).meta, ORIGIN_META, 'key'));
    const short = name.slice(name.lastIndexOf('/') + 1);
    return { row, name, short: given ?? (KEY.test(short) ? short : slug(name)) };
  });
  const shared = new Map<string, number>();
  for (const { short } of wanted) shared.set(short, (shared.get(short) ?? 0) + 1);
  const keys = new Map<number, string>();
  const taken = new Set([...shared].flatMap(([key, count]) => (count === 1 ? key : [])));
  for (const { row, name, short } of wanted) {
    if (shared.get(short) === 1) {
      keys.set(row, short);
      continue;
    }
    const base = slug(name);
    let key = base;
    for (let number = 2; taken.has(key); number += 1) key = `${base}-${number}`;
    taken.add(key);
    keys.set(row, key);
  }
  return keys;
}

/** A name in the characters of a key, at least three of them. */
function slug(name: string): string {
  const text = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return text.length >= 3 ? text : `mcp-${text}`;
}
