import type { Severity } from '@toolhive-registry/catalog';
import type { CheckedFile } from './checked-file.ts';
import { counted } from './words.ts';

/** What was found in all files. */
export interface Summary {
  /** Files that were checked. */
  readonly checked: number;
  /** Files of folders that are not catalogs. */
  readonly skipped: number;
  readonly read: number;
  readonly served: number;
  readonly findings: Readonly<Record<Severity, number>>;
  /** Findings that are not shown, because there are too many of them. */
  readonly omitted: number;
}

/** Counts what was found in all files. */
export function summaryOf(files: readonly CheckedFile[]): Summary {
  const checked = files.filter(({ skipped }) => skipped === undefined);
  const sum = (of: (file: CheckedFile) => number): number => files.reduce((total, file) => total + of(file), 0);
  const ofSeverity = (severity: Severity): number =>
    sum(({ findings }) => findings.filter((finding) => finding.severity === severity).length);
  return {
    checked: checked.length,
    skipped: files.length - checked.length,
    read: sum(({ read }) => read),
    served: sum(({ served }) => served),
    findings: { error: ofSeverity('error'), warning: ofSeverity('warning'), note: ofSeverity('note') },
    omitted: sum(({ omitted }) => omitted),
  };
}

/** A summary in one line. */
export function summaryLine({ checked, skipped, read, served, findings: { error, warning, note }, omitted }: Summary): string {
  return [
    `${counted(checked, 'file')} checked${skipped === 0 ? '' : `, ${skipped} skipped`}`,
    `${served} of ${counted(read, 'entry', 'entries')} served`,
    [counted(error, 'error'), counted(warning, 'warning'), counted(note, 'note')].join(', '),
    ...(omitted === 0 ? [] : [`${omitted} more not shown`]),
  ].join('; ');
}
