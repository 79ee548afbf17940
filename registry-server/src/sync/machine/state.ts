import type { LastChange, SourceReason, SyncRecord } from '@toolhive-registry/api';
import type { Changes } from '@toolhive-registry/catalog';
import type { Configuration } from '../../config/configuration.ts';
import type { FileHashes } from '../../sources/source-error.ts';
import { goodDataOf, type SourceMemory } from '../../store/good-data.ts';
import type { RememberedSource, StoreState } from '../../store/store.ts';
import { NO_FINDINGS, type Found } from '../found.ts';
import { storedChange } from '../history.ts';
import type { SourceFailure, StagedData } from './outcome.ts';

/** Why a source is asked: on schedule, or on request. */
export type Trigger = 'automatic' | 'manual';

/** The activity of a source. A busy source is not asked again before it is idle: there is one question at a time. */
export type Activity =
  | { readonly kind: 'idle' }
  | (Busy & { readonly kind: 'fetching'; readonly attempt: number })
  /** Its new data wait for a build, or are in one. `alone`: together with data of other sources they were too much. */
  | (Busy & { readonly kind: 'staged' | 'building'; readonly data: StagedData; readonly alone: boolean });

interface Busy {
  /** When it was asked, milliseconds since 1970. */
  readonly since: number;
  readonly trigger: Trigger;
  /** Something happened in the meantime: it has to be asked again. */
  readonly again?: Trigger;
}

/** Data that were refused. */
export interface Refusal {
  readonly failure: SourceFailure;
  /** SHA-256 of the data, hexadecimal. */
  readonly hash: string;
}

/** The state of one source while the server runs. */
export interface SourceState {
  readonly name: string;
  readonly state: 'pending' | 'ok' | 'failed';
  readonly activity: Activity;
  readonly error?: SourceFailure;
  /** Its last good data; absent: it has never had any. */
  readonly memory?: SourceMemory;
  /** The validator of its last answer, good or not. */
  readonly known?: string;
  /** Data that the current rules refuse: its last answer, or its last good data. Absent: none. They are refused again, unseen. */
  readonly refusal?: Refusal;
  /** Mounted files as they were last read. */
  readonly files?: FileHashes;
  /** Failures since the last success. */
  readonly failures: number;
  /** When the last question was over, in ticks. Absent: never. */
  readonly lastAttempt?: number;
  /** When it is to be asked again, in ticks. Absent: not by itself. */
  readonly dueAt?: number;
  /** In the data that are served. */
  readonly found: Found;
}

/** A sync that changed nothing. */
export const NO_CHANGES: Changes = { added: 0, changed: 0, removed: 0 };

/** What happened since the last sync was recorded. */
export interface Round {
  /** Milliseconds since 1970. */
  readonly since: number;
  readonly trigger: Trigger;
  /** Sources that were asked and are done. */
  readonly sources: ReadonlySet<string>;
  /** Sources that had failed and recovered. */
  readonly recovered: ReadonlySet<string>;
  /** What is served changed. */
  readonly changed: boolean;
  /** The changes of all builds combined. */
  readonly changes: Changes;
}

/** Why the catalog cannot be built, although no source is at fault. */
export interface BuildProblem {
  readonly message: string;
  /** The rules under which it could not. */
  readonly rulesHash: string;
  /** Sources whose new data were discarded; they are fetched again. */
  readonly waitingFor: ReadonlySet<string>;
  /** Sources whose last good data are gone from the storage. */
  readonly lost: ReadonlySet<string>;
  /** In ticks. */
  readonly retryAt: number;
}

/** A running build. */
export interface RunningBuild {
  /** When it began, milliseconds since 1970. */
  readonly since: number;
  readonly rulesHash: string;
  /** Sources with new data in it. */
  readonly fresh: ReadonlySet<string>;
}

/** Everything that decides what happens next. Immutable. */
export interface SyncState {
  readonly configuration: Configuration;
  /** By name, in the order of the plan. */
  readonly sources: ReadonlyMap<string, SourceState>;
  /** Questions asked so far; each has its number. */
  readonly attempts: number;
  /** The one build that runs. */
  readonly build?: RunningBuild;
  /** The rules by which the last catalog was built. Absent: none was, or by unknown ones. */
  readonly builtRules?: string;
  readonly problem?: BuildProblem;
  /** Deadline for sources that have never answered, in ticks. */
  readonly newcomersBy?: number;
  /** Deadline for sources that are being asked while staged data wait, in ticks. */
  readonly buildBy?: number;
  readonly served?: Served;
  /** Hash of the snapshot that someone asked to go back to. The annotation counts for more. */
  readonly rollbackTo?: string;
  /** Hash of the earlier snapshot that is served; absent: what the sources give is. */
  readonly rolledBackTo?: string;
  /** Why that is not the requested one. */
  readonly rollbackProblem?: string;
  readonly round?: Round;
  /** The current value of the annotation sync-trigger, and the sources that it still waits for. */
  readonly pendingTrigger?: { readonly value: string; readonly waitingFor: ReadonlySet<string> };
  readonly lastSyncTrigger: string | null;
  /** RFC 3339. */
  readonly lastChangeTime: string | null;
  /** What that change did; absent: not known. */
  readonly lastChange?: LastChange;
  /** The last syncs, the newest last. */
  readonly history: readonly SyncRecord[];
  /** What was stored last, as a text; absent: nothing yet. */
  readonly storedFacts?: string;
  /** Milliseconds to add to ticks for a time since 1970. */
  readonly tickOffset: number;
  readonly stopped: boolean;
}

/** What is served. */
export interface Served {
  readonly hash: string;
  readonly serverCount: number;
}

/** The snapshot that an earlier run stored. */
export interface ServedBefore extends Served {
  /** Whether it has all that a snapshot of this version has. */
  readonly isOfThisLayout: boolean;
  findingsIn(source: string): Found;
}

/** The initial state of a server, from what an earlier run stored. */
export function initialState(configuration: Configuration, stored: StoreState | undefined, served: ServedBefore | undefined): SyncState {
  const remembered = rememberedByName(configuration, stored);
  const history = (stored?.history ?? []).map((sync) => ({ ...NO_CHANGES, ...sync }));
  const lastChange = storedChange(stored, history, served?.hash);
  return {
    configuration,
    sources: new Map(
      [...configuration.plan.sources.keys()].map((name) => {
        const memory = remembered.get(name);
        return [name, memory === undefined ? blankSource(name) : rememberedSource(name, memory, served)];
      }),
    ),
    attempts: 0,
    // If the last snapshot could not be stored, the state belongs to another one; one of an earlier layout is rebuilt.
    ...(stored !== undefined && stored.snapshotHash === served?.hash && served?.isOfThisLayout !== false
      ? { builtRules: stored.rulesHash }
      : {}),
    ...(served === undefined ? {} : { served: { hash: served.hash, serverCount: served.serverCount } }),
    ...(stored?.rollbackTo === undefined ? {} : { rollbackTo: stored.rollbackTo }),
    ...(stored?.rolledBackTo === undefined ? {} : { rolledBackTo: stored.rolledBackTo }),
    lastSyncTrigger: stored?.lastSyncTrigger ?? null,
    lastChangeTime: stored?.lastChangeTime ?? null,
    ...(lastChange === undefined ? {} : { lastChange }),
    history,
    tickOffset: 0,
    stopped: false,
  };
}

/** What is remembered of the sources of the manifest. One whose name is new may be known by its place: it was called otherwise. */
function rememberedByName({ plan }: Configuration, stored: StoreState | undefined): ReadonlyMap<string, RememberedSource> {
  const before = new Map(Object.entries(stored?.sources ?? {}));
  const gone = new Map([...before].filter(([name]) => !plan.sources.has(name)));
  const remembered = new Map<string, RememberedSource>();
  for (const [name, { placeHash }] of plan.sources) {
    const own = before.get(name);
    const [old, memory] = own === undefined ? ([...gone].find(([, { place }]) => place === placeHash) ?? []) : [name, own];
    if (old === undefined || memory === undefined) continue;
    gone.delete(old);
    remembered.set(name, old === name ? memory : { ...memory, storedFor: goodDataOf(old, memory).source });
  }
  return remembered;
}

/** A source of which nothing is known. */
export function blankSource(name: string): SourceState {
  return { name, state: 'pending', activity: { kind: 'idle' }, failures: 0, found: NO_FINDINGS };
}

function rememberedSource(name: string, stored: RememberedSource, served: ServedBefore | undefined): SourceState {
  const { refusal: failure, place: _place, ...memory } = stored;
  const { validator, files } = memory;
  return {
    ...blankSource(name),
    ...(served === undefined ? {} : { found: served.findingsIn(name) }),
    state: 'ok',
    memory,
    ...(failure === undefined ? {} : { state: 'failed', error: failure, refusal: { failure, hash: memory.hash } }),
    ...(validator === undefined ? {} : { known: validator }),
    ...(files === undefined ? {} : { files }),
  };
}

/** Whether anything is being asked or built. */
export function isSyncing({ sources, build }: SyncState): boolean {
  return build !== undefined || [...sources.values()].some(({ activity }) => activity.kind !== 'idle');
}

/** The reason for which a source failed last; absent: it has not. */
export function failureReason(source: SourceState | undefined): SourceReason | undefined {
  return source?.state === 'failed' ? source.error?.reason : undefined;
}
