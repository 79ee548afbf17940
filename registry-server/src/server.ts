import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { fieldsWithoutEffect } from '@toolhive-registry/api';
import { messageOf, StartError } from './errors.ts';
import { createRequestIds } from './http/chain/request-id.ts';
import { createHandler } from './http/handler.ts';
import { listen, type ListeningServer } from './http/listen.ts';
import type { RegistryDeps } from './http/routes/deps.ts';
import { registryRoutes } from './http/routes/registry.ts';
import type { PortRole } from './http/routes/route.ts';
import type { Logger } from './logger.ts';
import { ManifestError } from './manifest/documents.ts';
import { loadManifest, manifestWatched, type Manifest } from './manifest/load.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { ServerOptions } from './options.ts';
import { openStore, type Store } from './store/store.ts';
import { createSyncEngine, type EngineDeps, type EngineStatus, type LoadedManifest, type SyncEngine } from './sync/engine.ts';
import { buildInfo } from './version.ts';
import { watchDirectories } from './watch/directories.ts';

/** A running registry server. */
export interface RunningServer {
  /** Base URL of the API. */
  readonly url: string;
  /** Base URL of the internal port; the same as `url` when there is none. */
  readonly internalUrl: string;
  readonly engine: SyncEngine;
  /** Becomes not ready, waits the drain time, lets requests in flight finish, stops. */
  stop(): Promise<void>;
}

/** Longest wait for requests in flight at the end; Kubernetes kills after 30 s. */
const SHUTDOWN_LIMIT_MS = 20_000;

/** Starts the server: manifest, storage, ports, first sync. Throws StartError. */
export async function startServer(options: ServerOptions, logger: Logger): Promise<RunningServer> {
  let onDiskChange = (): void => undefined;
  const watch = watchDirectories(() => onDiskChange(), logger);
  let store: Store | undefined;
  try {
    // The folder is watched before the manifest is read, so that no edit falls between the two.
    await watch.set([await manifestWatched(options.config)]);
    const manifest = await loadManifest(options.config);
    warnOfFieldsWithoutEffect(manifest, logger);
    store = await openStore(options.storagePath);
    const stored = await loadStored(store, manifest, logger);
    const metrics = createMetrics(manifest.registry.metadata.name);
    metrics.setServers(stored.snapshot?.header.serverCount ?? 0);
    const engine = createSyncEngine({
      manifest,
      sourcesPath: options.sourcesPath,
      store,
      stored,
      logger,
      metrics,
      watch: (watched) => watch.set(watched),
      clock: Date.now,
      random: Math.random,
    });
    // One after the other: an older reading must not win over a newer one.
    let reloading = Promise.resolve();
    onDiskChange = () => {
      reloading = reloading.then(async () => engine.changed(await reloadManifest(options.config, engine.status(), logger)));
    };
    const draining = new AbortController();
    const ports = await openPorts(options, { engine, metrics, build: buildInfo(), logger, draining: draining.signal });
    const url = ports[0]?.url ?? '';
    logger.info({ url, registry: manifest.registry.metadata.name, config: options.config, storage: options.storagePath }, 'serving');
    engine.start();
    const stop = async (): Promise<void> => {
      draining.abort();
      logger.info({ drainMs: options.drainTimeMs }, 'shutting down');
      watch.close();
      await pause(options.drainTimeMs);
      await Promise.all([engine.stop(), ...ports.map((port) => port.close(SHUTDOWN_LIMIT_MS))]);
      await store?.close();
      logger.info('stopped');
    };
    return { url, internalUrl: ports.at(-1)?.url ?? url, engine, stop };
  } catch (error) {
    watch.close();
    await store?.close();
    throw error instanceof ManifestError ? new StartError(2, error.message, { cause: error }) : error;
  }
}

/** What the ports need of the server. */
type PortDeps = RegistryDeps & { readonly engine: SyncEngine; readonly metrics: Metrics; readonly logger: Logger };

/** Opens the main port, and the internal one where there is one. */
async function openPorts(options: ServerOptions, deps: PortDeps): Promise<ListeningServer[]> {
  const { engine, metrics, logger, draining } = deps;
  const routes = registryRoutes(deps);
  const handlerDeps = {
    registry: engine.registry().metadata.name,
    snapshot: () => engine.snapshot(),
    requests: metrics.requests,
    logger,
    draining,
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

/** What an earlier run left, if it was the same registry's. */
async function loadStored(store: Store, manifest: Manifest, logger: Logger): Promise<EngineDeps['stored']> {
  const { snapshot, state, problem } = await store.load();
  if (problem !== undefined) logger.warn({ problem }, 'the storage holds something that cannot be used; it is replaced with the next sync');
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
  return { ...(snapshot === undefined ? {} : { snapshot }), ...(state === undefined ? {} : { state }) };
}

function warnOfFieldsWithoutEffect(manifest: Manifest, logger: Logger): void {
  const fields = fieldsWithoutEffect(manifest.registry);
  if (fields.length > 0) logger.warn({ fields }, 'fields of the manifest that have no effect in this version');
}

/** The manifest as it is now, or the one before when that cannot be used. */
async function reloadManifest(
  config: string,
  { manifest: before, manifestProblem: previousProblem }: Pick<EngineStatus, 'manifest' | 'manifestProblem'>,
  logger: Logger,
): Promise<LoadedManifest> {
  try {
    const loaded = await loadManifest(config);
    const { name, namespace } = before.registry.metadata;
    if (loaded.registry.metadata.name !== name || loaded.registry.metadata.namespace !== namespace) {
      const is = loaded.registry.metadata;
      return kept(`the manifest is now of registry ${is.namespace}/${is.name}, not ${namespace}/${name}; start another server for that`);
    }
    if (JSON.stringify(loaded.files) !== JSON.stringify(before.files)) warnOfFieldsWithoutEffect(loaded, logger);
    if (previousProblem !== undefined) logger.info({ config }, 'the manifest can be used again');
    return { manifest: loaded };
  } catch (error) {
    return kept(messageOf(error));
  }

  function kept(problem: string): LoadedManifest {
    logger.error({ err: problem }, 'the manifest cannot be used; what was served is served on');
    return { manifest: before, problem };
  }
}
