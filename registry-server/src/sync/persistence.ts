import type { Snapshot } from '@toolhive-registry/catalog';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { SeedFile } from '../seed/frames.ts';
import { goodDataOf, type GoodData } from '../store/good-data.ts';
import type { RememberedSource, Store, StoredData } from '../store/store.ts';
import { wantedRollback } from './machine/build.ts';
import type { SourceState, SyncState } from './machine/state.ts';

/** Pause before something is stored again that could not be. */
const RESTORE_AFTER_MS = 60_000;

/** What is served, as far as it is stored. */
export interface Served {
  readonly snapshot: Snapshot | undefined;
  /** It is what the sources give, and no earlier snapshot. */
  readonly good: boolean;
}

/** What the persistence of an engine needs. */
export interface PersistenceDeps {
  readonly store: Store;
  readonly logger: Logger;
  /** As it is at the moment. */
  readonly state: () => SyncState;
  readonly served: () => Served;
  /** Called when {@link Persistence.problem} may be another one. */
  readonly onProblem: () => void;
}

/** Persists the state of the engine: one write at a time, in the order of requests. */
export interface Persistence {
  /** Stores what is served. */
  saveSnapshot(): void;
  /** Stores the state of the sources, and removes unreferenced data. */
  saveState(): void;
  /** Why what is served is not stored; undefined: it is, or is about to be. */
  problem(): string | undefined;
  /** The files for another replica. They are open, and the caller closes them. */
  seed(): Promise<SeedFile[]>;
  /** Lets `fill` fill the storage while nothing is served, between two writes. Returns what is stored then, if it did. */
  adopt(fill: () => Promise<boolean>): Promise<StoredData | undefined>;
  /** Stores what is served and known once more. */
  saveAll(): void;
  /** Waits for what is being stored, and tries nothing again. */
  stop(): Promise<void>;
}

/** Creates the persistence of an engine. What cannot be stored is reported, and retried until it can. */
export function createPersistence({ store, logger, state, served, onProblem }: PersistenceDeps): Persistence {
  const problems: { snapshot?: string | undefined; state?: string | undefined } = {};
  let storing = Promise.resolve();
  let again: NodeJS.Timeout | undefined;

  function saveSnapshot(): void {
    const { snapshot, good } = served();
    if (snapshot === undefined) return;
    const kept = { good, pinned: wantedRollback(state()) };
    keep('snapshot', () => store.saveSnapshot(snapshot, kept));
  }

  function saveState(): void {
    const remembered = rememberedOf(state());
    keep('state', () => store.saveState(remembered));
    storing = storing
      // As it is by then: what a new source is just staging must stay, and so must what a build reads.
      // What the stored state speaks of must stay, too.
      .then(() => (state().build === undefined && problems.state === undefined ? forgetOthers() : undefined))
      .catch(() => undefined);
  }

  /** Stores something after what is being stored. */
  function keep(what: 'snapshot' | 'state', work: () => Promise<void>): void {
    storing = storing.then(work).then(
      () => note(what, undefined),
      (error: unknown) => {
        logger.error({ err: messageOf(error) }, `the ${what} could not be stored; it is served anyway`);
        note(what, `the ${what} could not be stored, and would be lost at a restart: ${messageOf(error)}`);
        clearTimeout(again);
        again = setTimeout(saveAll, RESTORE_AFTER_MS);
        again.unref();
      },
    );
  }

  function note(what: 'snapshot' | 'state', problem: string | undefined): void {
    if (problem === problems[what]) return;
    problems[what] = problem;
    onProblem();
  }

  function saveAll(): void {
    saveSnapshot();
    saveState();
  }

  function forgetOthers(): Promise<void> {
    return store.forgetOthers([...state().sources.keys()], goodData(state()));
  }

  return {
    saveSnapshot,
    saveState,
    saveAll,
    problem: () => problems.snapshot ?? problems.state,
    seed: async () => {
      saveState();
      await storing;
      return store.seed(goodData(state()));
    },
    adopt: (fill) => {
      const filling = storing.then(async () => {
        if (served().snapshot !== undefined || !(await fill())) return undefined;
        return store.load();
      });
      storing = filling.then(
        () => undefined,
        () => undefined,
      );
      return filling;
    },
    stop: async () => {
      clearTimeout(again);
      // Syncs that found nothing new are stored with the next one that did, or here.
      if (state().history.length > 0) saveState();
      await storing;
    },
  };
}

function goodData({ sources }: SyncState): GoodData[] {
  return [...sources.values()].flatMap(({ name, memory }) => (memory === undefined ? [] : [goodDataOf(name, memory)]));
}

function rememberedOf(state: SyncState): Parameters<Store['saveState']>[0] {
  const { name, namespace } = state.configuration.manifest.registry.metadata;
  return {
    registry: { name, namespace },
    rulesHash: state.builtRules ?? '',
    snapshotHash: state.served?.hash ?? null,
    sources: Object.fromEntries(
      [...state.sources].flatMap(([source, known]) => remembered(known, placeOf(source, state)).map((memory) => [source, memory])),
    ),
    lastChangeTime: state.lastChangeTime,
    ...(state.lastChange === undefined ? {} : { lastChange: state.lastChange }),
    ...(state.rollbackTo === undefined ? {} : { rollbackTo: state.rollbackTo }),
    ...(state.rolledBackTo === undefined ? {} : { rolledBackTo: state.rolledBackTo }),
    lastSyncTrigger: state.lastSyncTrigger,
    history: state.history,
  };
}

function remembered({ memory, refusal }: SourceState, place: string | undefined): RememberedSource[] {
  if (memory === undefined) return [];
  const placed = place === undefined ? memory : { ...memory, place };
  return [refusal?.hash === memory.hash ? { ...placed, refusal: refusal.failure } : placed];
}

/** A hash, since a place may hold an address with a token. */
function placeOf(source: string, { configuration }: SyncState): string | undefined {
  return configuration.plan.sources.get(source)?.placeHash;
}
