import { kindOf, type Finding, type WriteNote } from '@toolhive-registry/catalog';
import { counted } from '../output/counted.ts';
import type { ConversionReport } from './convert.ts';

/** How a report is shown. */
export interface ReportStyle {
  /** Makes a text from a catalog safe to display. */
  readonly printable: (text: string) => string;
  /** Maximum number of lines for one kind of finding or note, and of names in a line; the rest is counted. Absent: 20. */
  readonly most?: number;
}

/** Kinds of findings with the words before them. */
const FINDINGS = [
  ['leftOut', 'not read'],
  ['repaired', 'repaired'],
  ['noted', 'noted'],
] as const;
/** Outcomes of notes with the words before them. */
const OUTCOMES = [
  ['left-out', 'left out'],
  ['reduced', 'cut'],
  ['carried', 'carried along where readers of the form do not look'],
] as const;

/** The report about a conversion for people: what was read, and then whatever was not kept as it was. */
export function reportLines(report: ConversionReport, { printable, most = 20 }: ReportStyle): string[] {
  const { from, to, entries, written, dated, findings, notes } = report;
  const all = `${readText(report)} of the form ${from}`;
  const lines = [`${all}${written === entries.servers ? ',' : `; ${counted(written, 'server')}`} written in the form ${to}`];
  if (dated > 0) lines.push(`without a time of publication, which is now that of the conversion: ${counted(dated, 'version')}`);
  for (const [kind, title] of FINDINGS) {
    const texts = findings.kept.filter((finding) => kindOf(finding) === kind).map((finding) => printable(findingText(finding)));
    lines.push(...listed(title, findings.counts[kind], texts, most));
  }
  for (const [outcome, title] of OUTCOMES) {
    const texts = noteTexts(
      notes.kept.filter((note) => note.outcome === outcome),
      most,
    );
    lines.push(...listed(title, notes.counts[outcome], texts.map(printable), most));
  }
  return lines;
}

function readText({ entries: { servers, versions, skills, plugins, groups } }: ConversionReport): string {
  return [
    counted(servers, 'server'),
    ...(versions === servers ? [] : [counted(versions, 'version')]),
    ...(skills === 0 ? [] : [counted(skills, 'skill')]),
    ...(plugins === 0 ? [] : [counted(plugins, 'plugin')]),
    ...(groups === 0 ? [] : [counted(groups, 'group')]),
  ].join(', ');
}

/** A title with a number and lines below it; nothing where there is nothing. */
function listed(title: string, count: number, texts: readonly string[], most: number): string[] {
  if (count === 0) return [];
  const more = texts.length > most ? [`  and ${texts.length - most} more of these lines`] : [];
  return [`${title}: ${count}`, ...texts.slice(0, most).map((text) => `  ${text}`), ...more];
}

function findingText({ entry, version, pointer, message }: Finding): string {
  const place = pointer === '' || pointer === entry ? '' : ` ${pointer}`;
  return `${entry}${version === undefined ? '' : `@${version}`}${place}: ${message}`;
}

/** Notes by what they are about, so that one line does for the same part of many entries. */
function noteTexts(notes: readonly WriteNote[], most: number): string[] {
  const groups = new Map<string, { readonly pointer: string | undefined; readonly why: string; readonly names: string[] }>();
  for (const note of notes) {
    for (const pointer of note.pointers.length === 0 ? [undefined] : note.pointers) {
      const key = JSON.stringify([pointer, note.why]);
      const group = groups.get(key) ?? { pointer, why: note.why, names: [] };
      groups.set(key, group);
      group.names.push(nameText(note));
    }
  }
  return [...groups.values()].map(({ pointer, why, names }) => {
    const more = names.length > most ? ` and ${names.length - most} more` : '';
    const all = `${names.slice(0, most).join(', ')}${more}`;
    return pointer === undefined ? `${all}: ${why}` : `${pointer} of ${all}: ${why}`;
  });
}

function nameText({ kind, name, version }: WriteNote): string {
  const entry = kind === 'server' ? name : `${kind} ${name}`;
  return kind === 'file' ? `"${name}" of the file` : `${entry}${version === undefined ? '' : `@${version}`}`;
}
