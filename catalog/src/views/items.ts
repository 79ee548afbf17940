import type { CatalogItem } from '../compare/facts.ts';
import { kindOfKey } from '../entry/kind.ts';
import { parseExact } from '../exact-json.ts';
import type { JsonObject } from '../json.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** All entries of a snapshot as items, including deleted ones, in order. They are parsed one at a time. */
export function* itemsOf(snapshot: Snapshot): Generator<CatalogItem, void, undefined> {
  for (let row = 0; row < snapshot.rowCount; row += 1) {
    const kind = kindOfKey(snapshot.nameAt(row).toString());
    const item = parseExact(snapshot.itemAt(row).toString()) as JsonObject;
    if (kind === 'server') yield { kind, ...(item as unknown as Pick<CatalogItem, 'server' | '_meta'>) };
    else yield { kind, server: item };
  }
}
