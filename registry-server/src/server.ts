import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { loadConfiguration, reloadConfiguration, type Configuration } from './config/configuration.ts';
import { ManifestError } from './config/documents.ts';
import { manifestTarget } from './config/load.ts';
import { followDeployed } from './deployed.ts';
import { messageOf, StartError } from './errors.ts';
import { createRequestIds } from './http/chain/request-id.ts';
import { createCatalogFiles, followSnapshots } from './http/files/catalog-files.ts';
import { createHandler } from './http/handler.ts';
import { createLane } from './http/lane.ts';
import { listen, type ListeningServer } from './http/listen.ts';
import type { RegistryDeps } from './http/routes/deps.ts';
import { registryRoutes } from './http/routes/registry.ts';
import type { PortRole } from './http/routes/route.ts';
import { createPageSource, type PageSource } from './http/ui/page-source.ts';
import type { Logger } from './logger.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { ServerOptions } from './options.ts';
import { proxySettings } from './outbound/proxy.ts';
import type { SourceTypes, Surroundings } from './sources/contract.ts';
import { SOURCE_TYPES } from './sources/types.ts';
import { seedStore } from './seed/receive.ts';
import { catalogFacts } from './status/catalog-facts.ts';
import { openStore, type Store, type StoredData } from './store/store.ts';
import { createSyncEngine, type SyncEngine } from './sync/engine.ts';
import { buildInfo } from './version.ts';
import { createWatch } from './watch/watch.ts';

/** A running registry server. */
export interface RunningServer {
  /** Base URL of the API. */
  readonly url: string;
  /** Base URL of the internal port; the same as `url` when there is none. */
  readonly internalUrl: string;
  readonly engine: SyncEngine;
  /** Prepares the page for browsers. Returns whether there is one. */
  preparePage(): Promise<boolean>;
  /** Becomes not ready, waits the drain time, lets requests in flight finish, stops. */
  stop(): Promise<void>;
}

/** Longest wait for requests in flight at the end; Kubernetes kills after 30 s. */
const SHUTDOWN_LIMIT_MS = 20_000;

/** The environment of the server, and replacements for tests. */
export interface ServerParts {
  readonly types?: SourceTypes;
  /** Environment variables, for PATH and the proxies. Default: those of the process, without its proxies. */
  readonly env?: Surroundings['env'];
  /** Makes the page for browsers. */
  readonly page?: PageSource;
}

/** Starts the server: manifest, storage, ports, first sync. Throws StartError. */
export async function startServer(options: ServerOptions, logger: Logger, parts: ServerParts = {}): Promise<RunningServer> {
  const watch = createWatch(logger);
  let changedEarly = false;
  let onDiskChange = (): void => {
    changedEarly = true;
  };
  let store: Store | undefined;
  try {
    // Watched before it is read, so that no edit is missed.
    await watch.add(await manifestTarget(options.config), () => onDiskChange());
    // One port only: a laptop.
    const place = options.internalAddress === undefined ? 'laptop' : 'cluster';
    const configuration = await loadConfiguration(options.config, place, logger);
    const { name } = configuration.manifest.registry.metadata;
    store = await openStore(options.storagePath, {
      onWait: (pid) => logger.info({ storage: options.storagePath, pid }, 'another server uses the storage; waiting for it to exit'),
    });
    const seed = (await store.isEmpty()) ? seedOf(options, configuration, store, logger) : undefined;
    const stored = await loadStored(store, configuration, logger);
    const build = buildInfo();
    const metrics = createMetrics(name, build, Date.now());
    const engine = createSyncEngine({
      configuration,
      types: parts.types ?? SOURCE_TYPES,
      sourcesPath: options.sourcesPath,
      secretsPath: options.secretsPath,
      addresses: { privateNetworks: options.privateAddresses === 'allow', loopback: place === 'laptop' },
      proxies: proxySettings(parts.env ?? {}),
      temporaryPath: options.tempPath,
      env: parts.env ?? process.env,
      store,
      stored,
      logger,
      metrics,
      watch,
      clock: Date.now,
      tick: () => performance.now(),
      random: Math.random,
    });
    metrics.follow(() => catalogFacts(engine.status()));
    // Serialized: an older read must not win over a newer one.
    let reloading = Promise.resolve();
    onDiskChange = () => {
      reloading = reloading
        .then(async () => engine.configure(await reloadConfiguration(options.config, engine.status().configuration, place, logger)))
        .catch((error: unknown) => logger.error({ err: messageOf(error) }, 'the manifest could not be taken over'));
    };
    if (changedEarly) onDiskChange();
    await followDeployed(options.deployedPath, { watch, logger, onChange: engine.setDeployed });
    const draining = new AbortController();
    const files = createCatalogFiles(join(options.storagePath, 'files'));
    const endFollowing = followSnapshots(files, engine, (error) =>
      logger.warn({ err: messageOf(error) }, 'the catalog could not be written as a file; this is retried when it is requested'),
    );
    const page = options.ui ? (parts.page ?? createPageSource(logger)) : undefined;
    const ports = await openPorts(options, { engine, metrics, build, files, lane: createLane(), page, logger, draining: draining.signal });
    const url = ports[0]?.url ?? '';
    logger.info({ url, registry: name, config: options.config, storage: options.storagePath }, 'serving');
    // Before the sources are asked, so that entries keep their times. The ports are already open for probes.
    const isSeeded = seed === undefined || (await engine.adopt(seed));
    engine.start();
    if (!isSeeded) void seedLater(engine, seed, draining.signal);
    const stop = async (): Promise<void> => {
      draining.abort();
      endFollowing();
      logger.info({ drainMs: options.drainTimeMs }, 'shutting down');
      watch.close();
      await pause(options.drainTimeMs);
      await Promise.all([engine.stop(), ...ports.map((port) => port.close(SHUTDOWN_LIMIT_MS))]);
      await store?.close();
      logger.info('stopped');
    };
    const preparePage = async (): Promise<boolean> => (await page?.()) !== undefined;
    return { url, internalUrl: ports.at(-1)?.url ?? url, engine, preparePage, stop };
  } catch (error) {
    watch.close();
    await store?.close();
    throw error instanceof ManifestError ? new StartError(2, error.message, { cause: error }) : error;
  }
}

function seedOf(
  { seedFrom }: ServerOptions,
  { manifest }: Configuration,
  store: Store,
  logger: Logger,
): (() => Promise<boolean>) | undefined {
  if (seedFrom === undefined) return undefined;
  return () => seedStore({ url: seedFrom, registry: manifest.registry.metadata, store, logger, clock: Date.now });
}

/** First and longest pause before another replica is asked again, in milliseconds. Names are remembered as unknown for up to 30 seconds. */
const SEED_AGAIN_MS = { first: 2_000, longest: 15_000 } as const;

/** A replica may become ready, or known by its name, only later: it is asked again for as long as there is nothing to serve. */
async function seedLater(engine: SyncEngine, seed: () => Promise<boolean>, stopped: AbortSignal): Promise<void> {
  for (let waitMs: number = SEED_AGAIN_MS.first; ; waitMs = Math.min(2 * waitMs, SEED_AGAIN_MS.longest)) {
    await pause(waitMs, undefined, { signal: stopped, ref: false }).catch(() => undefined);
    if (stopped.aborted || engine.snapshot() !== undefined || (await engine.adopt(seed))) return;
  }
}

/** Dependencies of the ports. */
type PortDeps = RegistryDeps & { readonly engine: SyncEngine; readonly metrics: Metrics; readonly logger: Logger };

/** Opens the main port, and the internal one where there is one. */
async function openPorts(options: ServerOptions, deps: PortDeps): Promise<ListeningServer[]> {
  const { engine, metrics, lane, logger, draining } = deps;
  const routes = registryRoutes(deps);
  const handlerDeps = {
    registry: engine.registry().metadata.name,
    basePath: options.basePath ?? '',
    snapshot: () => engine.snapshot(),
    requests: metrics.requests,
    logger,
    draining,
    lane,
    clock: () => performance.now() / 1000,
    requestId: createRequestIds(randomBytes(6).toString('base64url')),
  };
  const open = (flag: string, address: ServerOptions['address'], role: PortRole): Promise<ListeningServer> =>
    listen(flag, address, createHandler(role, routes, handlerDeps));
  const { address, internalAddress } = options;
  const main = await open('address', address, internalAddress === undefined ? 'both' : 'public');
  if (internalAddress === undefined) return [main];
  try {
    return [main, await open('internal-address', internalAddress, 'internal')];
  } catch (error) {
    await main.close(0);
    throw error;
  }
}

/** The state of an earlier run, if it was of the same registry. */
async function loadStored(store: Store, { manifest, plan }: Configuration, logger: Logger): Promise<StoredData> {
  const { snapshot, state, problem } = await store.load();
  if (problem !== undefined) logger.warn({ problem }, 'the storage holds data that cannot be used; the next sync replaces it');
  const { name, namespace } = manifest.registry.metadata;
  const owner = snapshot?.header.registry ?? state?.registry;
  if (owner !== undefined && (owner.name !== name || owner.namespace !== namespace)) {
    throw new StartError(
      1,
      `the storage belongs to registry ${owner.namespace}/${owner.name}, not to ${namespace}/${name}; name another folder with --storage-path`,
    );
  }
  if (snapshot !== undefined)
    logger.info({ servers: snapshot.header.serverCount, hash: snapshot.header.hash.slice(0, 12) }, 'serving what was stored');
  if (state !== undefined || snapshot === undefined)
    return { ...(snapshot === undefined ? {} : { snapshot }), ...(state === undefined ? {} : { state }) };
  const sources = await store.adopt([...plan.sources.keys()]);
  const adopted = { registry: { name, namespace }, rulesHash: '', sources, lastChangeTime: null, lastSyncTrigger: null, history: [] };
  return { snapshot, state: adopted };
}
