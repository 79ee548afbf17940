import { annotations, type LastSync } from '@toolhive-registry/api';
import { openSnapshot, type Snapshot } from '@toolhive-registry/catalog';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Manifest } from '../manifest/load.ts';
import type { Metrics } from '../metrics.ts';
import { createSource } from '../sources/create.ts';
import type { CatalogSource, Mounted } from '../sources/source.ts';
import { writeAtomic } from '../store/atomic.ts';
import type { Store, StoreState } from '../store/store.ts';
import type { Watched } from '../watch/directories.ts';
import { fetchSources, type FetchResult } from './fetch.ts';
import { buildStaged, resultsOf, stageChanges } from './rebuild.ts';
import { announceSync, syncRecord, withSync } from './record.ts';
import { planOf, type SyncPlan } from './rules.ts';
import { dueTime, MAX_TIMER_MS, MIN_TIMER_MS } from './schedule.ts';
import { createSourceStates, type SourceState } from './source-states.ts';

/** Why a sync runs. `timer`: an interval or a retry is due. */
export type Trigger = 'start' | 'change' | 'timer' | 'manual';

/** What the engine knows, for status and metrics. */
export interface EngineStatus {
  readonly manifest: Manifest;
  /** Why the manifest as it is on disk now is not the one above; undefined: it is. */
  readonly manifestProblem?: string;
  readonly snapshot?: Snapshot;
  readonly syncing: boolean;
  readonly sources: readonly SourceState[];
  readonly history: readonly LastSync[];
  readonly lastChangeTime: string | null;
  readonly lastSyncTrigger: string | null;
  /** SHA-256 of mounted files as they were last read. */
  readonly files: Readonly<Record<string, string>>;
  /** Milliseconds since 1970. */
  readonly nextSync?: number;
}

/** The manifest to work by, and what is wrong with the one on disk if that is another. */
export interface LoadedManifest {
  readonly manifest: Manifest;
  readonly problem?: string;
}

/** Keeps the snapshot in step with the sources. */
export interface SyncEngine {
  /** Starts the first sync. */
  start(): void;
  /** Asks for a sync of all sources; false when one is running already. */
  request(): boolean;
  /** Something on disk may have changed, or the manifest has. */
  readonly changed: (loaded: LoadedManifest) => void;
  /** All that is known, assembled anew: for the status and for readiness, not for every request. */
  status(): EngineStatus;
  /** What is served; undefined while there is nothing. Costs nothing. */
  snapshot(): Snapshot | undefined;
  /** The MCPRegistry as it was last read. Costs nothing. */
  registry(): Manifest['registry'];
  /** Called after every sync and when one begins. */
  readonly onUpdate: (listener: () => void) => () => void;
  stop(): Promise<void>;
}

/** What the engine needs from outside. */
export interface EngineDeps {
  readonly manifest: Manifest;
  readonly sourcesPath: string;
  readonly store: Store;
  readonly stored: { readonly snapshot?: Snapshot; readonly state?: StoreState };
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Watches these folders from now on; resolved when no later change can be missed. */
  readonly watch: (watched: readonly Watched[]) => Promise<void>;
  readonly clock: () => number;
  readonly random: () => number;
}

/** Creates an engine that serves what is stored until the first sync is done. */
export function createSyncEngine(deps: EngineDeps): SyncEngine {
  const { store, logger, metrics, clock } = deps;
  const stopping = new AbortController();
  const listeners = new Set<() => void>();
  let manifest = deps.manifest;
  let manifestProblem: string | undefined;
  let plan = planOf(manifest.registry);
  let watching = Promise.resolve();
  let readers = readersFor();
  let snapshot = deps.stored.snapshot;
  let rulesHash = deps.stored.state?.rulesHash;
  let lastChangeTime = deps.stored.state?.lastChangeTime ?? null;
  let lastSyncTrigger = deps.stored.state?.lastSyncTrigger ?? null;
  let history: readonly LastSync[] = deps.stored.state?.history ?? [];
  /** What each source last read of its mount. */
  const mounted = new Map<string, Mounted>();
  const states = createSourceStates(namesOf(plan), deps.stored.state?.sources ?? {});
  let running: Promise<void> | undefined;
  let again: Trigger | undefined;
  let timer: NodeJS.Timeout | undefined;
  let nextSync: number | undefined;

  function readersFor(): Map<string, CatalogSource> {
    const context = { manifest, sourcesPath: deps.sourcesPath };
    const made = new Map(plan.sources.map(({ source }) => [source.name, createSource(source, context)]));
    watching = deps.watch([manifest.watched, ...[...made.values()].flatMap((reader) => reader.watched)]);
    return made;
  }

  function notify(): void {
    for (const listener of listeners) listener();
  }

  function run(trigger: Trigger): void {
    if (stopping.signal.aborted) return;
    if (running !== undefined) {
      // One more afterwards covers everything that happened meanwhile.
      again = again === 'manual' ? again : trigger;
      return;
    }
    clearTimeout(timer);
    running = sync(trigger)
      // Nothing outside of the rebuild is known to throw; if it does, the program serves on.
      .catch((error: unknown) => logger.error({ err: messageOf(error) }, 'a sync failed unexpectedly'))
      .finally(() => {
        running = undefined;
        const next = again;
        again = undefined;
        if (next === undefined) schedule();
        else run(next);
        notify();
      });
    notify();
  }

  function schedule(): void {
    if (stopping.signal.aborted) return;
    const due = plan.sources.flatMap(
      ({ source, schedule: times }) => dueTime(times, states.get(source.name), clock(), deps.random()) ?? [],
    );
    nextSync = due.length === 0 ? undefined : Math.min(...due);
    if (nextSync === undefined) return;
    timer = setTimeout(() => run('timer'), Math.min(Math.max(nextSync - clock(), MIN_TIMER_MS), MAX_TIMER_MS));
    timer.unref();
  }

  function wanted(trigger: Trigger, asked: boolean): Set<string> {
    const now = clock();
    const chosen = plan.sources.filter(({ source, schedule: times, manual }) => {
      if (asked) return true;
      if (trigger === 'timer') return (dueTime(times, states.get(source.name), now, 0) ?? Infinity) <= now;
      return !manual || states.get(source.name).memory === undefined;
    });
    return new Set(chosen.map(({ source }) => source.name));
  }

  async function sync(trigger: Trigger): Promise<void> {
    const startTime = clock();
    await watching;
    const annotation = manifest.registry.metadata.annotations?.[annotations.syncTrigger] ?? '';
    const asked = trigger === 'manual' || (annotation !== '' && annotation !== lastSyncTrigger);
    const current = plan;
    const names = new Set([...wanted(trigger, asked), ...(await lostSources(current))]);
    const fetched = await fetchSources(current, readers, names, stopping.signal);
    if (stopping.signal.aborted) return;
    for (const { name, mounted: found } of fetched) if (found !== undefined) mounted.set(name, found);
    const failedBefore = states.all().flatMap(({ name, state }) => (state === 'failed' ? [name] : []));
    const changed = await rebuild(fetched, current).catch((error: unknown) => {
      if (stopping.signal.aborted) return false;
      // Whatever it was: it is said, and the sources are tried again as after any other failure.
      const message = `the catalogue could not be built: ${messageOf(error)}`;
      logger.error({ err: messageOf(error) }, 'a sync failed unexpectedly');
      const failure = { reason: 'SyncFailed', message };
      states.apply(
        [...names].map((name) => ({ name, asked: true, error: failure })),
        clock(),
      );
      return false;
    });
    if (asked && annotation !== '') lastSyncTrigger = annotation;
    const served = { hash: snapshot?.header.hash ?? null, serverCount: snapshot?.header.serverCount ?? 0, changed };
    const record = syncRecord(asked ? 'manual' : 'automatic', startTime, clock(), states.all(), served);
    history = withSync(history, record);
    const recovered = failedBefore.filter((name) => states.get(name).state === 'ok');
    announceSync(record, fetched, states, { changed, recovered }, { logger, metrics });
    await saveState().catch((error: unknown) =>
      logger.error({ err: messageOf(error) }, 'the state could not be stored; it is served all the same'),
    );
  }

  /** Sources whose last good data are remembered and no longer on the disk. */
  async function lostSources(current: SyncPlan): Promise<string[]> {
    const remembered = namesOf(current).filter((name) => states.get(name).memory !== undefined);
    const there = await Promise.all(remembered.map((name) => store.hasGood(name)));
    return remembered.filter((_, index) => there[index] === false);
  }

  /** Builds and serves what the fetched data make of the snapshot. Returns whether it changed. */
  async function rebuild(fetched: readonly FetchResult[], current: SyncPlan): Promise<boolean> {
    const staged = await stageChanges(fetched, states, store);
    const unchanged = staged.fresh.size === 0 && current.rulesHash === rulesHash && snapshot !== undefined;
    const built = unchanged
      ? undefined
      : await buildStaged({ plan: current, manifest, states, store, now: clock() }, staged, stopping.signal);
    states.apply(resultsOf(fetched, staged, built), clock());
    return built?.outcome.block === undefined ? false : await exchange(built.outcome.block, current);
  }

  /** Serves the new snapshot and stores it. Returns whether it differs from the one before. */
  async function exchange(block: Uint8Array<ArrayBuffer>, current: SyncPlan): Promise<boolean> {
    const next = openSnapshot(block, { verify: false });
    const changed = next.header.hash !== snapshot?.header.hash;
    // What is served first, what is stored second: a full disk must not keep good data from users.
    snapshot = next;
    rulesHash = current.rulesHash;
    if (changed) lastChangeTime = new Date(clock()).toISOString();
    notify();
    await writeAtomic(store.snapshotPath, next.block).catch((error: unknown) =>
      logger.error({ err: messageOf(error) }, 'the snapshot could not be stored; it is served all the same'),
    );
    await store.forgetOthers(namesOf(current)).catch(() => undefined);
    return changed;
  }

  function saveState(): Promise<void> {
    const sources = Object.fromEntries(states.all().flatMap((state) => (state.memory === undefined ? [] : [[state.name, state.memory]])));
    const { name, namespace } = manifest.registry.metadata;
    return store.saveState({
      registry: { name, namespace },
      rulesHash: rulesHash ?? '',
      sources,
      lastChangeTime,
      lastSyncTrigger,
      history,
    });
  }

  return {
    start: () => {
      metrics.knowSources(namesOf(plan));
      run('start');
    },
    request: () => {
      if (running !== undefined) return false;
      run('manual');
      return true;
    },
    changed: (loaded) => {
      manifest = loaded.manifest;
      manifestProblem = loaded.problem;
      plan = planOf(manifest.registry);
      readers = readersFor();
      states.keepOnly(namesOf(plan));
      metrics.knowSources(namesOf(plan));
      for (const name of mounted.keys()) if (!readers.has(name)) mounted.delete(name);
      run('change');
    },
    status: () => ({
      manifest,
      ...(manifestProblem === undefined ? {} : { manifestProblem }),
      ...(snapshot === undefined ? {} : { snapshot }),
      syncing: running !== undefined,
      sources: states.all(),
      history,
      lastChangeTime,
      lastSyncTrigger,
      files: { ...manifest.files, ...Object.fromEntries([...mounted.values()].map(({ file, hash }) => [file, hash])) },
      ...(nextSync === undefined ? {} : { nextSync }),
    }),
    snapshot: () => snapshot,
    registry: () => manifest.registry,
    onUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      stopping.abort(new Error('the server is shutting down'));
      clearTimeout(timer);
      await running;
    },
  };
}

function namesOf(plan: SyncPlan): string[] {
  return plan.sources.map(({ source }) => source.name);
}
