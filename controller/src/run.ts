import { hostname } from 'node:os';
import { createCrdSearch, declaredPart, fieldManager, group, groups, missingFields, rootSchema } from '@toolhive-registry/api';
import {
  Applier,
  createFrameworkMetrics,
  EventRecorder,
  forgetDeleted,
  guardWrites,
  isNotFound,
  keyOf,
  KubeClient,
  loadKubeConfig,
  Manager,
  sleep,
  systemClock,
  type ApiClient,
  type Logger,
} from '@toolhive-registry/reconciler';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createLeadership } from './leadership.ts';
import { outdatedCrdMessage } from './crds/events.ts';
import { noCrdMessage } from './crds/messages.ts';
import { createGates } from './groups/gate.ts';
import { createGroup, type GroupDeps } from './groups/group.ts';
import { createEnforcement } from './enforcement/enforcement.ts';
import { directPods, proxiedPods, type AskPod } from './pods/pod-client.ts';
import { createFactsPoller, type PollerFactory } from './pods/poller.ts';
import { directStatus, proxiedStatus } from './pods/status-client.ts';
import { addEnforcementMetrics, addRegistryMetrics } from './metrics.ts';
import { addStatusMetrics } from './status-metrics.ts';
import type { ControllerSettings } from './options.ts';
import { childInformers, createInformers } from './registry/informers.ts';
import { createNamesakes } from './registry/namesakes.ts';
import { createServers } from './servers/informers.ts';
import { createServedKinds } from './servers/served.ts';

/**
 * How long running passes may continue after a stop, in milliseconds. A pass takes far less, and one that hangs must leave enough of the kubelet's 30 s to
 * record the last Events and release the Lease.
 */
const GRACE_MS = 8_000;

/** A controller that has not been started yet. */
export interface ControllerProgram {
  readonly manager: Manager;
  /** Runs until the signal fires and everything has shut down. */
  run(signal: AbortSignal): Promise<void>;
}

/** Assembles the controller. */
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
  // A cluster-wide controller and one for namespaces hold different Leases; with the same name they would not notice each other.
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
  // For everything that only the leader may write.
  const writer = leadership === undefined ? client : guardWrites(client, leadership);
  const clock = systemClock();
  const events = new EventRecorder({ client, controller: `${group}/${fieldManager}`, instance: hostname(), logger });
  const gates = createGates({
    find: createCrdSearch(
      (path, signal) =>
        client.request({ method: 'GET', path, signal, retry: false }).catch((error: unknown) => {
          if (!isNotFound(error)) throw error;
        }),
      (one, schema) => missingFields(declaredPart(schema), declaredPart(rootSchema(one))),
    ),
    logger,
    // An Event about a cluster-scoped object needs a permission in `default`, which a controller for certain namespaces does not have.
    onEvent: settings.watchNamespaces === undefined ? (crd, event) => events.event(crd, event) : () => undefined,
    sleep: (ms, signal) => sleep(clock, ms, signal),
  });
  const informers = createInformers({ client, namespaces: settings.watchNamespaces, gates, logger });
  const kinds = createServedKinds({
    client,
    namespaces: settings.watchNamespaces,
    sleep: (ms, signal) => sleep(clock, ms, signal),
    now: () => performance.now(),
    logger,
  });
  const servers = createServers({ client, namespaces: settings.watchNamespaces, kinds, logger });
  const applier = new Applier(writer, fieldManager);
  const enforcement = createEnforcement({
    client,
    applier,
    writer,
    events,
    installation,
    namespaces: settings.watchNamespaces,
    policies: settings.enforcementPolicies,
    kinds,
    servers,
    pods: informers.shared.pods,
    ask: podAsker(settings, client),
    concurrency: settings.concurrency,
    logger,
  });
  forgetDeleted([enforcement.configMaps, ...Object.values(informers.registries), ...childInformers(informers.shared)], applier);
  const common: Omit<GroupDeps, 'group'> = {
    gates,
    informers,
    applier,
    writer,
    events,
    installation,
    leadershipTerm: () => term,
    namesakes: createNamesakes(),
    createPoller: pollerFactory(settings, client, logger),
    volumes: settings.refreshVolumes ? { leads: (namespace) => leadership?.leads(namespace) ?? true } : undefined,
    client,
    pods: { serverImage: settings.serverImage, ui: settings.registryUi },
    defaults: settings.registryDefaults,
    networkPolicy: settings.networkPolicy,
    expose: settings.expose,
    servers,
    enforcementOf: enforcement.facts,
    onFacts: enforcement.onFacts,
    clusterDomain: settings.clusterDomain,
    clock: Date.now,
    concurrency: settings.concurrency,
    logger,
  };
  const parts = groups.map((one) => createGroup({ ...common, group: one }));
  const enforcing = enforcement.start(parts.map(({ of }) => of));
  addRegistryMetrics(registry, () => parts.flatMap(({ reported }) => reported()));
  addEnforcementMetrics(registry, enforcement.all);
  addStatusMetrics(registry, () =>
    parts.flatMap(({ of }) =>
      (of.isServed() ? of.registries.store.list() : [])
        .filter((object) => (leadership?.leads(keyOf(object).namespace) ?? true) && of.holdsName(object))
        .map((object) => [keyOf(object), object] as const),
    ),
  );
  leadership?.onChange((change) => {
    // What another process wrote under our name while it led is no fight.
    if (change === 'gained') applier.forgetAll();
    if (change !== 'lost') return;
    for (const part of parts) part.leadershipLost((namespace) => leadership.leads(namespace));
    enforcement.forget((namespace) => !leadership.leads(namespace));
  });
  const manager = new Manager({
    informers: [
      ...Object.values(informers.shared),
      ...Object.values(informers.registries),
      ...servers.map(({ informer }) => informer),
      ...enforcement.informers,
    ],
    controllers: [...parts.flatMap(({ controllers }) => controllers), enforcing],
    ...(leadership === undefined ? {} : { leadership }),
    graceMs: GRACE_MS,
    runnables: [events, ...parts.flatMap(({ runnables }) => runnables)],
    registry,
    metrics,
    healthAddress: settings.healthAddress,
    metricsAddress: settings.metricsAddress,
    metricsTls: settings.metricsTls,
    logger,
  });
  manager.addReadyCheck('crds', () => {
    if (!Object.values(informers.registries).some(({ present }) => present)) throw new Error(noCrdMessage());
    // Only a warning, since a controller works with an older CRD: an error would end a working controller, and block upgrades.
    const outdated = groups.filter((one) => gates[one].lacks().length > 0).map((one) => outdatedCrdMessage(one, gates[one].lacks()));
    return outdated.length === 0 ? undefined : outdated.join('; ');
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

/** How pods are asked for other documents, if at all. */
function podAsker({ registryAccess }: ControllerSettings, client: ApiClient): AskPod | undefined {
  if (registryAccess === 'none') return undefined;
  return registryAccess === 'direct' ? directPods() : proxiedPods(client);
}

/** How pods are asked for their status, if at all. */
function pollerFactory(settings: ControllerSettings, client: ApiClient, logger: Logger): PollerFactory | undefined {
  if (settings.registryAccess === 'none') return undefined;
  const clock = systemClock();
  const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(clock, ms, signal);
  const ask = settings.registryAccess === 'direct' ? directStatus() : proxiedStatus(client, pause);
  return (onChange) => createFactsPoller({ ask, onChange, sleep: pause, random: Math.random, now: () => performance.now(), logger });
}
