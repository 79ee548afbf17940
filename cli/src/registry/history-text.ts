import type { RegistryHistory, SyncRecord } from '@toolhive-registry/api';
import { TableWriter, type Column, type TableOptions } from '../output/table.ts';
import { ageOf } from '../terminal/age.ts';
import { styleFor } from '../terminal/style.ts';
import type { Shown } from './status-text.ts';

/** How a table is shown. */
interface ShownTable extends Shown {
  readonly wide: boolean;
}

/** Syncs as a table. */
export function historyLines(syncs: readonly SyncRecord[], shown: ShownTable): string {
  return new TableWriter(syncColumns(shown.now), optionsOf(shown)).lines(syncs);
}

/** Snapshots as a table. */
export function snapshotLines(snapshots: RegistryHistory['snapshots'], shown: ShownTable): string {
  return new TableWriter(snapshotColumns(shown.now), optionsOf(shown)).lines(snapshots);
}

function optionsOf({ wide, terminal }: ShownTable): TableOptions {
  return { wide, width: terminal.columns, style: styleFor(terminal.color), headers: true };
}

/** Digits of a hash that are shown: enough for a rollback. */
const HASH_DIGITS = 12;

function syncColumns(now: number): Column<SyncRecord>[] {
  return [
    { title: 'AGE', text: ({ completionTime }) => ageOf(completionTime, now) },
    { title: 'TIME', text: ({ completionTime }) => completionTime, wide: true },
    { title: 'TYPE', text: ({ type }) => type },
    { title: 'RESULT', text: ({ result }) => result, style: ({ result }, style) => (result === 'failed' ? style.red : style.green) },
    { title: 'SERVERS', text: ({ serverCount }) => String(serverCount) },
    { title: 'ADDED', text: ({ added }) => String(added) },
    { title: 'CHANGED', text: ({ changed }) => String(changed) },
    { title: 'REMOVED', text: ({ removed }) => String(removed) },
    { title: 'SNAPSHOT', text: ({ hash }) => (hash ?? '').slice(0, HASH_DIGITS) },
    { title: 'MESSAGE', text: ({ errorMessage }) => errorMessage ?? '', rest: true },
  ];
}

function snapshotColumns(now: number): Column<RegistryHistory['snapshots'][number]>[] {
  return [
    { title: 'SNAPSHOT', text: ({ hash }) => hash },
    { title: 'SERVERS', text: ({ serverCount }) => String(serverCount) },
    { title: 'AGE', text: ({ createdAt }) => ageOf(createdAt, now) },
  ];
}
