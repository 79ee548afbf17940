import type { SyncRecord } from '@toolhive-registry/api';
import type { Changes } from '@toolhive-registry/catalog';
import type { Configuration } from '../../config/configuration.ts';
import type { GoodData } from '../../store/good-data.ts';
import type { Found } from '../found.ts';
import type { FetchOutcome, SourceFailure, StagedData } from './outcome.ts';
import type { StoreState } from '../../store/store.ts';
import type { Round, Served, ServedBefore, Trigger } from './state.ts';

/** Events of the state machine. */
export type SyncEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'configured'; readonly configuration: Configuration }
  /** The files of a source have changed. */
  | { readonly kind: 'changed'; readonly source: string }
  /** Someone wants these sources to be read now. */
  | { readonly kind: 'requested'; readonly sources: readonly string[] }
  /** Someone wants an earlier snapshot served; without a hash, what the sources give again. */
  | { readonly kind: 'rollback'; readonly to?: string }
  /** What another replica had is in the storage. Counts only while nothing is served. */
  | { readonly kind: 'seeded'; readonly stored: StoreState | undefined; readonly served: ServedBefore }
  /** The timer of the last `wake` fired. */
  | { readonly kind: 'timer' }
  | { readonly kind: 'fetched'; readonly source: string; readonly attempt: number; readonly outcome: FetchOutcome }
  | { readonly kind: 'built'; readonly result: BuildResult }
  | { readonly kind: 'stopped' };

/** How a build ended. */
export type BuildResult =
  | {
      readonly kind: 'done';
      readonly verdicts: readonly Verdict[];
      /** What the build changed in what is served. */
      readonly changes: Changes;
      /** What is served now. Absent: no source had anything usable, and the catalog stays in service. */
      readonly served?: Served;
      /** Hash of the earlier snapshot that this is, by the current filters. */
      readonly rolledBackTo?: string;
      /** Why it is not the snapshot that was wanted. */
      readonly rollbackProblem?: string;
    }
  /** Out of memory with the new data of these sources. */
  | { readonly kind: 'outOfMemory'; readonly message: string }
  /** No data of a source are at fault. `lost`: sources whose last good data are gone from the storage. */
  | { readonly kind: 'failed'; readonly message: string; readonly lost: readonly string[] };

/** What a build found out about one source. */
export interface Verdict {
  readonly source: string;
  /** Its new data are served and stored: they are the last good ones. False as well when there were none. */
  readonly accepted: boolean;
  readonly failure?: SourceFailure;
  /** Of the data that are served. */
  readonly found?: Found;
}

/** Effects to perform. */
export type Effect =
  | {
      readonly kind: 'fetch';
      readonly source: string;
      readonly attempt: number;
      readonly known?: string | undefined;
      /** Its last good data. */
      readonly good?: GoodData | undefined;
    }
  /** The answer to this question is no longer needed. */
  | { readonly kind: 'abandon'; readonly attempt: number }
  /** Build from the last good data, and the new ones of these sources. `restore`: serve the snapshot with this hash instead. */
  | { readonly kind: 'build'; readonly fresh: ReadonlyMap<string, StagedData>; readonly restore?: string }
  /** Staged data that are no longer needed. */
  | { readonly kind: 'discard'; readonly path: string }
  | { readonly kind: 'announce'; readonly sync: SyncRecord; readonly round: Round }
  /** The annotation sync-source names what is not a source. */
  | { readonly kind: 'unknownSources'; readonly names: readonly string[] }
  | { readonly kind: 'save' }
  /** Call with `timer` at this tick and not before; absent: never. Replaces the one before. */
  | { readonly kind: 'wake'; readonly at?: number };

/** When something happens. */
export interface Moment {
  /** Milliseconds since 1970, for people: this clock may be set. */
  readonly now: number;
  /** Milliseconds since any time, for decisions: this one only goes forward. */
  readonly tick: number;
  /** From 0 to 1, to spread retries of several replicas. */
  readonly random: number;
}

/** The stronger of two triggers. */
export function stronger(one: Trigger | undefined, other: Trigger): Trigger {
  return one === 'manual' ? one : other;
}
