import type { SyncRecord } from '@toolhive-registry/api';

/** The changes of a sync, in words: `3 added, 1 changed, 0 removed`. */
export function changesOf({ added, changed, removed }: Pick<SyncRecord, 'added' | 'changed' | 'removed'>): string {
  return added + changed + removed === 0 ? 'nothing changed' : `${added} added, ${changed} changed, ${removed} removed`;
}
