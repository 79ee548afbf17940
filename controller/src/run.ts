import { hostname } from 'node:os';
import { fieldManager, group } from '@toolhive-registry/api';
import {
  Applier,
  createFrameworkMetrics,
  EventRecorder,
  forgetDeleted,
  guardWrites,
  KubeClient,
  loadKubeConfig,
  Manager,
  sleep,
  systemClock,
  type ApiClient,
  type Controller,
  type Logger,
  type ObjectKey,
  type Runnable,
} from '@toolhive-registry/reconciler';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createLeadership } from './leadership.ts';
import { createFactsPoller, type FactsPoller } from './pods/poller.ts';
import { directStatus, proxiedStatus } from './pods/status-client.ts';
import type { ControllerSettings } from './options.ts';
import { createRegistryController } from './registry/controller.ts';
import { childInformers, createInformers } from './registry/informers.ts';
import { createVolumesController } from './registry/volumes/controller.ts';

/**
 * How long running passes may go on after the stop, in milliseconds: a pass takes far less, and one that hangs must leave the kubelet's 30 s enough to
 * record the last Events and release the Lease.
 */
const GRACE_MS = 8_000;

/** A controller that has not been started yet. */
export interface ControllerProgram {
  readonly manager: Manager;
  /** Runs until the signal fires and everything has ended in order. */
  run(signal: AbortSignal): Promise<void>;
}

/** Puts the controller together. */
export async function createControllerProgram(settings: ControllerSettings, logger: Logger): Promise<ControllerProgram> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const metrics = createFrameworkMetrics(registry);
  const access = await loadKubeConfig(settings.kubeconfig === undefined ? {} : { kubeconfigPath: settings.kubeconfig });
  const client = new KubeClient({
    access,
    observe: metrics.observeRequest,
    userAgent: `${fieldManager} (${hostname()})`,
  });
  // One for the cluster and one for namespaces hold different Leases; by the same name they would not notice each other.
  const scope = settings.watchNamespaces === undefined ? '' : '-namespace';
  const installation = settings.installation ?? `${client.namespace}/${fieldManager}${scope}`;
  const leadership =
    settings.leaderElection &&
    createLeadership(settings.leaderElection, {
      client,
      watchNamespaces: settings.watchNamespaces,
      installation,
      observe: metrics.observeLeadership,
      logger,
    });
  let term = 0;
  leadership?.onChange(() => (term += 1));
  // What only the leader may write, it writes with this one.
  const writer = leadership === undefined ? client : guardWrites(client, leadership);
  const informers = createInformers(client, settings.watchNamespaces, logger);
  const events = new EventRecorder({ client, controller: `${group}/${fieldManager}`, instance: hostname(), logger });
  // The poller reports to the controller, which is made of what the poller knows.
  const controllers: Controller[] = [];
  const enqueue = (key: ObjectKey): void => controllers.forEach((controller) => controller.enqueue(key));
  const { poller, runnables } = createPoller(settings, client, enqueue, logger);
  const applier = new Applier(writer, fieldManager);
  forgetDeleted([informers.registries, ...childInformers(informers)], applier);
  const common = {
    client,
    informers,
    clock: Date.now,
    concurrency: settings.concurrency,
    logger,
    ...(poller === undefined ? {} : { poller }),
  };
  controllers.push(
    createRegistryController({
      ...common,
      applier,
      events,
      installation,
      leadershipTerm: () => term,
      pods: { serverImage: settings.serverImage },
      networkPolicy: settings.networkPolicy,
      clusterDomain: settings.clusterDomain,
    }),
  );
  if (settings.refreshVolumes)
    controllers.push(createVolumesController({ ...common, leads: (namespace) => leadership?.leads(namespace) ?? true }));
  const manager = new Manager({
    informers: Object.values(informers),
    controllers,
    ...(leadership === undefined ? {} : { leadership }),
    graceMs: GRACE_MS,
    runnables: [events, ...runnables],
    registry,
    metrics,
    healthAddress: settings.healthAddress,
    metricsAddress: settings.metricsAddress,
    logger,
  });
  return {
    manager,
    run: async (signal) => {
      const { watchNamespaces: namespaces = 'all', serverImage: image } = settings;
      const leaderElection = leadership !== undefined;
      logger.info({ server: client.server, namespaces, image, installation, leaderElection }, 'starting');
      try {
        await manager.run(signal);
      } finally {
        await client.close();
      }
      logger.info({}, 'stopped');
    },
  };
}

function createPoller(
  settings: ControllerSettings,
  client: ApiClient,
  onChange: (key: ObjectKey) => void,
  logger: Logger,
): { poller?: FactsPoller; runnables: Runnable[] } {
  if (settings.registryAccess === 'none') return { runnables: [] };
  const clock = systemClock();
  const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(clock, ms, signal);
  const direct = settings.registryAccess === 'direct' ? directStatus() : undefined;
  const ask = direct?.ask ?? proxiedStatus(client, pause);
  const poller = createFactsPoller({ ask, onChange, sleep: pause, random: Math.random, now: () => performance.now(), logger });
  return {
    poller,
    runnables: [
      ...(direct === undefined ? [] : [{ name: 'status client', stop: () => direct.close() }]),
      { name: 'facts poller', stop: () => poller.close() },
    ],
  };
}
