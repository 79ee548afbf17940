import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { appLabelValue, group, groups, labels, normalizedSources, parseMCPRegistry } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  Informer,
  INGRESSES,
  KubeClient,
  loadKubeConfig,
  NETWORK_POLICIES,
  POD_DISRUPTION_BUDGETS,
  PODS,
  SERVICE_ACCOUNTS,
  SERVICES,
  silentLogger,
  type KubeObject,
} from '@toolhive-registry/reconciler';
import { waitFor } from '@toolhive-registry/testenv';
import { registryKind } from '../registry/resource.ts';
import { PARAMETERS } from '../enforcement/names.ts';
import { installPolicies, SERVER_KIND_CRDS } from '../enforcement/testing.ts';
import { crdFile, startCluster, type Cluster, type Obj } from '../testing.ts';
import { GRACE_MS, StatusChecker } from './checker.ts';
import type { StatusStep } from './expected-events.ts';
import { History, statusOf, type Facts } from './facts.ts';
import { PlayedNode } from './played-node.ts';
import type { Program } from './program.ts';

const BUILD = fileURLToPath(new URL('../../../hack/build.ts', import.meta.url));
/** Name prefix of the admission policies. */
export const POLICIES = 'registry';
/** How much history is kept for comparisons. */
const KEPT_MS = 60_000;

/** The objects of a registry, and those that describe it. */
const KINDS = {
  registries: registryKind(group),
  configMaps: CONFIG_MAPS,
  serviceAccounts: SERVICE_ACCOUNTS,
  services: SERVICES,
  networkPolicies: NETWORK_POLICIES,
  disruptionBudgets: POD_DISRUPTION_BUDGETS,
  deployments: DEPLOYMENTS,
  ingresses: INGRESSES,
  pods: PODS,
  // Objects that users create for it.
  servers: { group: 'toolhive.stacklok.dev', version: 'v1beta1', plural: 'mcpservers', kind: 'MCPServer', namespaced: true },
} as const;
type Kind = keyof typeof KINDS;

/** A cluster whose objects and pods are watched without the controller, unaffected by faults. */
export interface World {
  readonly cluster: Cluster;
  /** A directory for files, deleted with the world. */
  readonly folder: string;
  /** The bundled controller. */
  readonly bundle: string;
  readonly node: PlayedNode;
  readonly checker: StatusChecker;
  /** Controllers started here; those still running are killed with the world. */
  readonly programs: Set<Program>;
  /** The facts about a registry; undefined: there never was one. */
  facts(namespace: string, registry: string): Facts | undefined;
  /** The number of object changes in a namespace so far, and when the last one was seen (`performance.now()`). */
  changes(namespace: string): { readonly count: number; readonly at: number };
  /** Every status that a registry of this name has had. */
  statuses(namespace: string, registry: string): readonly StatusStep[];
  /** The objects of a kind in a namespace, from our own watch. */
  objects(kind: Kind, namespace: string): Obj[];
  /**
   * Sets whether a leading controller reaches the API server; if none does, statuses need not be true. `settled`: everything is consistent, so that there is no
   * grace period.
   */
  setAble(this: void, isAble: boolean | 'settled'): void;
  stop(): Promise<void>;
}

/** Starts API server, Deployment controller and garbage collector, simulates the node, and bundles the controller. */
export async function startWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  await promisify(execFile)(process.execPath, [BUILD, folder, 'controller']);
  const cluster = await startCluster([...groups.map(crdFile), ...SERVER_KIND_CRDS], { controllers: true });
  await installPolicies(cluster, 'admin', POLICIES);
  const client = new KubeClient({ access: await loadKubeConfig({ kubeconfigPath: cluster.api.kubeconfigPath }) });
  const ending = new AbortController();
  const histories = new Map<string, History>();
  const changes = new Map<string, { count: number; at: number }>();
  const statuses = new Map<string, StatusStep[]>();
  const informers = Object.fromEntries(
    Object.entries(KINDS).map(([name, kind]) => [
      name,
      new Informer({
        client,
        kind,
        logger: silentLogger(),
        ...(name === 'pods' ? { labelSelector: `${labels.app}=${appLabelValue}` } : {}),
      }),
    ]),
  ) as Record<Kind, Informer>;
  const node = new PlayedNode(cluster, (namespace, registry) => note(namespace, registry));

  const find = (kind: Kind, namespace: string, name: string): Obj | undefined =>
    informers[kind].store.get({ namespace, name }) as Obj | undefined;

  function factsOf(namespace: string, name: string): Facts {
    const registry = find('registries', namespace, name);
    const running = node.podsOf(namespace, name);
    const pods = (informers.pods.store.list(namespace) as Obj[]).flatMap((pod) => {
      const played = running.find(({ uid }) => uid === pod.metadata.uid);
      if (played === undefined || pod.metadata.deletionTimestamp !== undefined) return [];
      const isReady = pod['status']?.conditions?.some(
        (condition: { type: string; status: string }) => condition.type === 'Ready' && condition.status === 'True',
      ) as boolean | undefined;
      return [{ name: pod.metadata.name, isReady: isReady ?? false, document: played.document }];
    });
    const deployment = owned(find('deployments', namespace, `${name}-api`), registry);
    return {
      since: performance.now(),
      registry,
      deployment,
      hasService: owned(find('services', namespace, `${name}-api`), registry) !== undefined,
      exposedAt: exposedAt(owned(find('ingresses', namespace, `${name}-api`), registry)),
      // Those of a deleted registry of the name exist for a while longer, and do not count for this one.
      pods: deployment === undefined ? [] : pods,
      spec: String(find('configMaps', namespace, `${name}-config`)?.['data']?.['spec.yaml'] ?? ''),
      missing: missingOf(registry),
      parameters: (find('configMaps', namespace, PARAMETERS)?.['data'] ?? {}) as Record<string, string>,
    };
  }

  function missingOf(registry: Obj | undefined): string[] {
    if (registry === undefined) return [];
    const { status: _status, ...manifest } = registry;
    const parsed = parseMCPRegistry(manifest, { unknownFields: 'ignore' });
    const sources = parsed.ok ? normalizedSources(parsed.registry) : [];
    return sources.flatMap((source) =>
      source.type === 'configmap' && find('configMaps', registry.metadata.namespace, source.configmap.name) === undefined
        ? [source.name]
        : [],
    );
  }

  function note(namespace: string, registry: string): void {
    const key = `${namespace}/${registry}`;
    let history = histories.get(key);
    if (history === undefined) histories.set(key, (history = new History()));
    history.add(factsOf(namespace, registry), KEPT_MS);
  }

  function noteStatus(registry: Obj): void {
    const { namespace, name, uid } = registry.metadata;
    const key = `${namespace}/${name}`;
    statuses.set(key, [...(statuses.get(key) ?? []), { uid, status: statusOf(registry) ?? {} }]);
  }

  function changed(kind: Kind, object: KubeObject): void {
    const { namespace = '', name } = object.metadata;
    const registry = kind === 'registries' ? name : object.metadata.labels?.[labels.registryName];
    if (registry !== undefined) return note(namespace, registry);
    if (kind !== 'configMaps') return;
    for (const one of informers.registries.store.list(namespace)) note(namespace, one.metadata.name);
  }

  for (const kind of Object.keys(KINDS) as Kind[]) {
    informers[kind].onEvent(({ type, object }) => {
      if (kind === 'pods' && type === 'delete') node.gone(object.metadata.uid ?? '');
      else if (kind === 'pods') node.seen(object as Obj);
      if (kind === 'registries' && type !== 'delete') noteStatus(object as Obj);
      const { namespace = '' } = object.metadata;
      changes.set(namespace, { count: (changes.get(namespace)?.count ?? 0) + 1, at: performance.now() });
      changed(kind, object);
    });
  }
  const running = Object.values(informers).map((informer) => informer.run(ending.signal));
  await Promise.all(Object.values(informers).map((informer) => informer.waitForSync(ending.signal)));

  let ableSince: number | undefined;
  const checker = new StatusChecker(histories, () => ableSince);
  const programs = new Set<Program>();
  return {
    cluster,
    folder,
    bundle: join(folder, 'controller', 'main.cjs'),
    node,
    checker,
    programs,
    facts: (namespace, registry) => histories.get(`${namespace}/${registry}`)?.latest,
    changes: (namespace) => changes.get(namespace) ?? { count: 0, at: 0 },
    statuses: (namespace, registry) => statuses.get(`${namespace}/${registry}`) ?? [],
    objects: (kind, namespace) => informers[kind].store.list(namespace) as Obj[],
    setAble: (isAble) => {
      if (isAble === 'settled') ableSince = performance.now() - GRACE_MS;
      else ableSince = isAble ? (ableSince ?? performance.now()) : undefined;
    },
    stop: async () => {
      checker.stop();
      await Promise.all([...programs].map((program) => program.kill()));
      ending.abort(new Error('the world ends'));
      await Promise.all(running);
      await node.stop();
      await client.close();
      await cluster.api.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Host and path of an Ingress. */
function exposedAt(ingress: Obj | undefined): string | undefined {
  const rule = ingress?.['spec'].rules?.[0] as { host: string; http: { paths: { path: string }[] } } | undefined;
  return rule && `${rule.host}${rule.http.paths[0]?.path ?? ''}`.replace(/\/$/, '');
}

/** The object if it belongs to this registry, and not to an earlier one of the same name. */
function owned(object: Obj | undefined, registry: Obj | undefined): Obj | undefined {
  return object?.metadata.ownerReferences?.some(({ uid }) => uid === registry?.metadata.uid) === true ? object : undefined;
}

/** Waits until a condition holds; the error says what held instead. */
export function until(world: World, message: string, isSo: () => boolean, deadlineMs = 30_000): Promise<true> {
  return waitFor(isSo, {
    message: `${message}; controllers: ${[...world.programs]
      .map((program) => program.log())
      .join('\n')
      .slice(-4_000)}`,
    deadlineMs,
    intervalMs: 20,
  });
}
