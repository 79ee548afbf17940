import { fileKeys, type LastChange, type SyncRecord } from '@toolhive-registry/api';
import type { FilterRules, Snapshot } from '@toolhive-registry/catalog';
import type { Configuration } from '../config/configuration.ts';
import type { Manifest } from '../config/load.ts';
import { NONE_DEPLOYED, type Deployed } from '../deployed.ts';
import { messageOf } from '../errors.ts';
import type { Logger } from '../logger.ts';
import type { Metrics } from '../metrics.ts';
import type { AddressPolicy } from '../outbound/addresses.ts';
import type { ProxySettings } from '../outbound/proxy.ts';
import type { SourceTypes, Surroundings } from '../sources/contract.ts';
import type { SeedFile } from '../seed/frames.ts';
import { goodDataOf } from '../store/good-data.ts';
import type { KeptSnapshot } from '../store/ring.ts';
import type { Store, StoredData } from '../store/store.ts';
import type { Watch } from '../watch/watch.ts';
import type { Effect, SyncEvent } from './machine/events.ts';
import { findingsIn } from './found.ts';
import { freeReplaced } from './free-memory.ts';
import { fetchSource } from './stages/fetch.ts';
import { createOpenSources } from './open-sources.ts';
import { announceSync } from './record.ts';
import { createPersistence } from './persistence.ts';
import { createTimings } from './timings.ts';
import { MAX_TIMER_MS, MIN_TIMER_MS } from './machine/schedule.ts';
import { runStages } from './stages/run.ts';
import { initialState, isSyncing, type ServedBefore, type SourceState, type SyncState } from './machine/state.ts';
import { transition } from './machine/transition.ts';

/** The state of the engine, for status and metrics. Immutable; the same object while nothing changes. */
export interface EngineStatus {
  readonly configuration: Configuration;
  /** Milliseconds to add to ticks for a time since 1970. */
  readonly tickOffset: number;
  readonly snapshot?: Snapshot;
  readonly syncing: boolean;
  readonly sources: readonly SourceState[];
  /** Why the catalog cannot be built, although no source is at fault. */
  readonly buildProblem?: string;
  /** Why what is served is not stored. */
  readonly storageProblem?: string;
  /** Hash of the earlier snapshot that is served. */
  readonly rolledBackTo?: string;
  /** Why that is not the requested one. */
  readonly rollbackProblem?: string;
  readonly history: readonly SyncRecord[];
  readonly lastChangeTime: string | null;
  /** What that change did; absent: not known. */
  readonly lastChange?: LastChange;
  readonly lastSyncTrigger: string | null;
  /** SHA-256 of mounted files as they were last read. */
  readonly files: Readonly<Record<string, string>>;
  /** What runs in the cluster. */
  readonly deployed: Deployed;
  /** Milliseconds since 1970. */
  readonly nextSync?: number;
}

/** The answer to a sync request. `running`: all of these sources are being read already. */
export type SyncAnswer =
  { readonly kind: 'started' } | { readonly kind: 'running'; readonly sources: readonly string[] } | { readonly kind: 'unknown' };

/** The answer to a rollback request. `annotated`: the annotation of the manifest takes precedence. */
export type RollbackAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'unknown'; readonly kept: readonly string[] }
  | { readonly kind: 'annotated'; readonly to: string };

/** The last good data of a source, including what is not served of them. */
export interface SourceData {
  readonly name: string;
  /** The file on the disk; it may go when the source gives others. */
  readonly path: string;
  /** The registry's own filter, and the source's. */
  readonly filters: readonly (FilterRules | undefined)[];
}

/** Keeps the snapshot in step with the sources. */
export interface SyncEngine {
  /** Asks every source for the first time. */
  start(): void;
  /** Requests a sync of one source, or of all that are idle: a request while one is being read shares its result. */
  request(source?: string): SyncAnswer;
  /** Serves an earlier snapshot, by its hash or the first digits of it; without one, what the sources give again. */
  rollback(to?: string): RollbackAnswer;
  /** Everything that another replica needs to start from the state of this one. The caller closes the files. */
  seed(): Promise<SeedFile[]>;
  /**
   * Fills the storage while nothing else is stored, with what `fill` gets from another replica, and goes on from that if nothing is served by
   * then. Answers whether it did.
   */
  adopt(fill: () => Promise<boolean>): Promise<boolean>;
  /** The snapshots that can be served again, the newest first. */
  kept(): readonly KeptSnapshot[];
  /** The last good data of the sources, in order of precedence. */
  sourceData(): SourceData[];
  /** The manifest on disk has changed; it may be unusable. */
  readonly configure: (configuration: Configuration) => void;
  /** The list of servers that run in the cluster has changed. */
  readonly setDeployed: (deployed: Deployed) => void;
  /** What is served; undefined while there is nothing. Costs nothing. */
  readonly snapshot: () => Snapshot | undefined;
  readonly status: () => EngineStatus;
  /** The MCPRegistry as it was last read. */
  readonly registry: () => Manifest['registry'];
  /** Called whenever the status may have changed. Returns a function that unsubscribes. */
  readonly onUpdate: (listener: () => void) => () => void;
  stop(): Promise<void>;
}

/** Dependencies of the engine. */
export interface EngineDeps {
  readonly configuration: Configuration;
  readonly types: SourceTypes;
  readonly sourcesPath: string;
  readonly secretsPath: string;
  readonly addresses: AddressPolicy;
  readonly proxies: ProxySettings;
  readonly temporaryPath: string;
  readonly env: Surroundings['env'];
  readonly store: Store;
  readonly stored: StoredData;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly watch: Watch;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Milliseconds on a monotonic clock. */
  readonly tick: () => number;
  readonly random: () => number;
}

/**
 * Creates an engine that serves what is stored until the first sync is done. {@link transition} makes all decisions; this performs their
 * effects: each source is asked in its own loop, with one build and one write to the storage at a time.
 */
export function createSyncEngine(deps: EngineDeps): SyncEngine {
  const { store, stored, logger, metrics, watch, types } = deps;
  const stopping = new AbortController();
  const listeners = new Set<() => void>();
  const questions = new Map<number, AbortController>();
  const running = new Set<Promise<void>>();
  const timings = createTimings(metrics, deps.tick);
  let snapshot = stored.snapshot;
  let state = initialState(deps.configuration, stored.state, snapshot === undefined ? undefined : servedBefore(snapshot));
  /** What is served is what the sources give, and no earlier snapshot. */
  let isGood = state.rolledBackTo === undefined;
  let endFreeing = (): void => undefined;
  let status: EngineStatus | undefined;
  let timer: NodeJS.Timeout | undefined;
  let configuration = deps.configuration;
  let deployed = NONE_DEPLOYED;
  const open = createOpenSources({
    types,
    sourcesPath: deps.sourcesPath,
    secretsPath: deps.secretsPath,
    addresses: deps.addresses,
    proxies: deps.proxies,
    temporaryPath: deps.temporaryPath,
    env: deps.env,
    manifest: () => configuration.manifest,
    watch,
    onChange: (source) => dispatch({ kind: 'changed', source }),
  });

  const persistence = createPersistence({
    store,
    logger,
    state: () => state,
    served: () => ({ snapshot, good: isGood }),
    onProblem: tellOfNews,
  });

  function tellOfNews(): void {
    status = undefined;
    for (const listener of listeners) listener();
  }

  function dispatch(event: SyncEvent): void {
    const step = transition(state, event, { now: deps.clock(), tick: deps.tick(), random: deps.random() });
    state = step.state;
    status = undefined;
    for (const effect of step.effects) perform(effect);
    for (const listener of listeners) listener();
  }

  function perform(effect: Effect): void {
    switch (effect.kind) {
      case 'fetch':
        return background(fetchFrom(effect));
      case 'abandon':
        return questions.get(effect.attempt)?.abort(new Error('the source has changed'));
      case 'build':
        return background(buildFrom(effect));
      case 'discard':
        return background(store.discard(effect.path));
      case 'announce':
        return announceSync(effect, { state, snapshot, times: timings.take(effect.round.sources) }, { logger, metrics });
      case 'unknownSources':
        return logger.warn(
          { unknown: effect.names, sources: [...state.sources.keys()] },
          'the annotation sync-source names an unknown source; correct it and give sync-trigger a new value',
        );
      case 'save':
        return persistence.saveState();
      case 'wake':
        return wake(effect.at);
    }
  }

  /** Runs work until it is done or the engine stops. It is not expected to throw; if it does, the program keeps serving. */
  function background(work: Promise<void>): void {
    const tracked = work
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) logger.error({ err: messageOf(error) }, 'a sync failed unexpectedly');
      })
      .finally(() => running.delete(tracked));
    running.add(tracked);
  }

  async function fetchFrom({ source: name, attempt, known, good }: Extract<Effect, { kind: 'fetch' }>): Promise<void> {
    const planned = state.configuration.plan.sources.get(name);
    const opened = open.get(name);
    if (planned === undefined || opened === undefined) return;
    const question = new AbortController();
    questions.set(attempt, question);
    const { source, location } = opened;
    const isKnownGood = known === state.sources.get(name)?.memory?.validator;
    const job = { name, source, location, known, good, isKnownGood, timeoutMs: planned.source.timeoutMs };
    const outcome = await timings.ofFetch(name, fetchSource(job, store, AbortSignal.any([stopping.signal, question.signal])));
    questions.delete(attempt);
    dispatch({ kind: 'fetched', source: name, attempt, outcome });
  }

  async function buildFrom({ fresh, restore }: Extract<Effect, { kind: 'build' }>): Promise<void> {
    const input = {
      configuration: state.configuration,
      sources: state.sources,
      fresh,
      previous: snapshot,
      restore,
      types,
      store,
      now: deps.clock(),
      serve,
    };
    const work = runStages(input, stopping.signal).catch((error: unknown) => {
      stopping.signal.throwIfAborted();
      return { kind: 'failed', message: messageOf(error), lost: [] } as const;
    });
    const result = await timings.ofBuild(work);
    dispatch({ kind: 'built', result });
  }

  function serve(next: Snapshot, good: boolean): void {
    endFreeing();
    endFreeing = freeReplaced(snapshot?.block.byteLength ?? 0);
    snapshot = next;
    isGood = good;
    status = undefined;
    persistence.saveSnapshot();
  }

  function wake(at: number | undefined): void {
    clearTimeout(timer);
    if (at === undefined) return;
    timer = setTimeout(() => dispatch({ kind: 'timer' }), Math.min(Math.max(at - deps.tick(), MIN_TIMER_MS), MAX_TIMER_MS));
    timer.unref();
  }

  return {
    start: () => {
      metrics.knowSources([...configuration.plan.sources.keys()]);
      open.follow(configuration.plan);
      dispatch({ kind: 'started' });
    },
    request: (source) => {
      if (source !== undefined && !state.sources.has(source)) return { kind: 'unknown' };
      const meant = [...state.sources.values()].filter(({ name }) => source === undefined || name === source);
      const idle = meant.filter(({ activity }) => activity.kind === 'idle').map(({ name }) => name);
      if (idle.length === 0) return { kind: 'running', sources: meant.map(({ name }) => name) };
      dispatch({ kind: 'requested', sources: idle });
      return { kind: 'started' };
    },
    rollback: (to) => {
      if (state.configuration.plan.rollbackTo !== undefined) return { kind: 'annotated', to: state.configuration.plan.rollbackTo };
      const found = to === undefined ? undefined : store.ring.find(to);
      if (to !== undefined && found === undefined) return { kind: 'unknown', kept: store.ring.list().map(({ hash }) => hash) };
      dispatch({ kind: 'rollback', ...(found === undefined ? {} : { to: found.hash }) });
      persistence.saveState();
      return { kind: 'accepted' };
    },
    seed: () => persistence.seed(),
    adopt: async (fill) => {
      const loaded = await persistence.adopt(fill);
      if (loaded?.snapshot === undefined) return false;
      if (snapshot !== undefined) {
        // The sources were quicker: what they gave is stored again.
        persistence.saveAll();
        return false;
      }
      ({ snapshot } = loaded);
      isGood = loaded.state?.rolledBackTo === undefined;
      dispatch({ kind: 'seeded', stored: loaded.state, served: servedBefore(loaded.snapshot) });
      return true;
    },
    kept: () => store.ring.list(),
    sourceData: () =>
      [...state.sources.values()].flatMap(({ name, memory }) => {
        const { plan } = state.configuration;
        if (memory === undefined) return [];
        return { name, path: store.goodPath(goodDataOf(name, memory)), filters: [plan.filter, plan.sources.get(name)?.rules.filter] };
      }),
    configure: (next) => {
      configuration = next;
      metrics.knowSources([...next.plan.sources.keys()]);
      open.follow(next.plan);
      dispatch({ kind: 'configured', configuration: next });
      // ConfigMaps beside the manifest have changed with it.
      background(watch.check());
    },
    setDeployed: (next) => {
      deployed = next;
      metrics.setDeployedServers(next.servers.length);
      tellOfNews();
    },
    snapshot: () => snapshot,
    status: () => (status ??= statusOf(state, snapshot, persistence.problem(), deployed)),
    registry: () => configuration.manifest.registry,
    onUpdate: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: async () => {
      dispatch({ kind: 'stopped' });
      stopping.abort(new Error('the server is shutting down'));
      clearTimeout(timer);
      endFreeing();
      const closed = open.close();
      await Promise.all(running);
      await closed;
      await persistence.stop();
    },
  };
}

function servedBefore(snapshot: Snapshot): ServedBefore {
  const { hash, serverCount } = snapshot.header;
  return { hash, serverCount, isOfThisLayout: snapshot.isOfThisLayout, findingsIn: (source) => findingsIn(snapshot, source) };
}

function statusOf(state: SyncState, snapshot: Snapshot | undefined, storageProblem: string | undefined, deployed: Deployed): EngineStatus {
  const sources = [...state.sources.values()];
  const due = sources.flatMap(({ activity, dueAt }) => (activity.kind === 'idle' && dueAt !== undefined ? [dueAt] : []));
  return {
    configuration: state.configuration,
    tickOffset: state.tickOffset,
    ...(snapshot === undefined ? {} : { snapshot }),
    syncing: isSyncing(state),
    sources,
    ...(state.problem === undefined ? {} : { buildProblem: state.problem.message }),
    ...(storageProblem === undefined ? {} : { storageProblem }),
    ...(state.rolledBackTo === undefined ? {} : { rolledBackTo: state.rolledBackTo }),
    ...(state.rollbackProblem === undefined ? {} : { rollbackProblem: state.rollbackProblem }),
    history: state.history,
    lastChangeTime: state.lastChangeTime,
    ...(state.lastChange === undefined ? {} : { lastChange: state.lastChange }),
    lastSyncTrigger: state.lastSyncTrigger,
    deployed,
    files: Object.assign(
      {},
      state.configuration.manifest.files,
      ...sources.map(({ files }) => files ?? {}),
      deployed.hash === undefined ? {} : { [fileKeys.deployed]: deployed.hash },
    ) as Record<string, string>,
    ...(due.length === 0 ? {} : { nextSync: Math.min(...due) + state.tickOffset }),
  };
}
