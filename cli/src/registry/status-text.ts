import type { RegistryStatusDocument, SourceStatus } from '@toolhive-registry/api';
import type { RegistryObject } from '../cluster/registries.ts';
import { counted } from '../output/counted.ts';
import { factLines, section, type Fact } from '../output/sections.ts';
import { TableWriter, type Column } from '../output/table.ts';
import { ageOf } from '../terminal/age.ts';
import { printable } from '../terminal/printable.ts';
import { styleFor } from '../terminal/style.ts';
import type { Terminal } from '../terminal/session.ts';
import { changesOf } from './changes.ts';
import { shortRevision } from './short-revision.ts';

/** The known state of a registry. */
export interface Known {
  readonly label: string;
  /** Its own status; absent: it cannot be asked. */
  readonly document?: RegistryStatusDocument | undefined;
  /** Its status in the cluster. */
  readonly object?: RegistryObject | undefined;
}

/** How a text is made. */
export interface Shown {
  readonly terminal: Terminal;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** How a registry is, in sections: facts, sources, conditions, and what sources say of their entries. */
export function statusText({ label, document, object }: Known, { terminal, now }: Shown): string {
  const style = styleFor(terminal.color);
  const table = { wide: false, width: terminal.columns, style, headers: true };
  const sources = document === undefined ? '' : new TableWriter(sourceColumns(document.sources, now), table).lines(document.sources);
  const conditions = new TableWriter(CONDITION_COLUMNS, table).lines(conditionsOf({ document, object }));
  const warnings = (document?.sources ?? [])
    .flatMap(({ name, warnings }) => warnings.map((one) => `  ${printable(`${name}: ${one}`)}\n`))
    .join('');
  const facts = [...objectFacts(object), ...(document === undefined ? [] : documentFacts(document, now))];
  return [
    factLines([['Registry', printable(label.replace(/^registry /, ''))], ...facts], style),
    section('Sources', sources, style),
    section('Conditions', conditions, style),
    section('Findings', warnings, style),
  ].join('');
}

function objectFacts(object: RegistryObject | undefined): Fact[] {
  if (object === undefined) return [];
  const { status, spec } = object;
  return [
    ['Title', printable(spec.displayName ?? '')],
    ['State', `${status?.phase ?? 'Pending'}, ${status?.readyReplicas ?? 0} of ${counted(status?.replicas ?? 0, 'pod')} ready`],
    ['Message', printable(status?.message ?? '')],
    ['URL', printable(status?.url ?? '')],
  ];
}

function documentFacts(document: RegistryStatusDocument, now: number): Fact[] {
  const { ready, serverCount, deployedServerCount, lastSync, lastChange, lastChangeTime, snapshotHash, rolledBackTo, nextSyncTime } =
    document;
  const deployed = deployedServerCount === 0 ? '' : `, ${deployedServerCount} deployed`;
  return [
    ['Servers', ready ? `${serverCount}${deployed}` : 'none: there is no catalog yet'],
    [
      'Catalog',
      `${(snapshotHash ?? 'none').slice(0, 12)}${lastChangeTime === null ? '' : `, changed ${ageOf(lastChangeTime, now)} ago`}${lastChange === undefined ? '' : ` (${changesOf(lastChange)})`}`,
    ],
    ['Rolled back', (rolledBackTo ?? null) === null ? '' : `to ${String(rolledBackTo).slice(0, 12)}`],
    [
      'Last sync',
      lastSync === null
        ? 'none yet'
        : `${lastSync.result} ${ageOf(lastSync.completionTime, now)} ago, ${lastSync.type}${lastSync.errorMessage === null ? '' : `: ${printable(lastSync.errorMessage)}`}`,
    ],
    ['Next sync', nextSyncTime === undefined ? '' : until(nextSyncTime, now)],
  ];
}

function until(time: string, now: number): string {
  const left = Date.parse(time) - now;
  return left <= 0 ? 'now' : `in ${ageOf(new Date(now - left).toISOString(), now)}`;
}

interface ShownCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

/** The conditions of the cluster, or where there is none those of the registry. */
function conditionsOf({ document, object }: Omit<Known, 'label'>): readonly ShownCondition[] {
  return object?.status?.conditions ?? document?.conditions ?? [];
}

/** Conditions that are bad when True. */
const BAD_WHEN_TRUE: readonly string[] = ['Stalled', 'Reconciling'];

const CONDITION_COLUMNS: readonly Column<ShownCondition>[] = [
  { title: 'TYPE', text: ({ type }) => type },
  {
    title: 'STATUS',
    text: ({ status }) => status,
    style: ({ type, status }, style) => ((status === 'True') === !BAD_WHEN_TRUE.includes(type) ? style.green : style.yellow),
  },
  { title: 'REASON', text: ({ reason }) => reason },
  { title: 'MESSAGE', text: ({ message }) => message, rest: true },
];

/** The column of revisions is there where a source has one. */
function sourceColumns(sources: readonly SourceStatus[], now: number): Column<SourceStatus>[] {
  const hasRevisions = sources.some(({ revision }) => revision !== undefined);
  return [
    { title: 'NAME', text: ({ name }) => name },
    { title: 'TYPE', text: ({ type }) => type },
    {
      title: 'STATE',
      text: ({ state, activity }) => (activity === undefined || activity === 'idle' ? state : `${state}, ${activity}`),
      style: ({ state }, style) => (state === 'ok' ? style.green : state === 'failed' ? style.red : style.yellow),
    },
    { title: 'SERVERS', text: ({ serverCount }) => String(serverCount) },
    { title: 'LEFT OUT', text: ({ counts }) => String(counts?.leftOut ?? '') },
    { title: 'REPAIRED', text: ({ counts }) => String(counts?.repaired ?? '') },
    { title: 'FILTERED', text: ({ counts }) => String(counts?.filtered ?? '') },
    ...(hasRevisions ? [{ title: 'REVISION', text: ({ revision = '' }: SourceStatus) => shortRevision(revision) }] : []),
    { title: 'READ', text: ({ lastSuccessTime }) => ageOf(lastSuccessTime, now) },
    { title: 'MESSAGE', text: ({ message, remedy }) => [message, remedy].filter(Boolean).join('; '), rest: true },
  ];
}
