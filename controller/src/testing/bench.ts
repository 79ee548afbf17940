import { randomUUID } from 'node:crypto';
import { fieldManager } from '@toolhive-registry/api';
import { waitFor } from '@toolhive-registry/testenv';
import type { ControllerSettings } from '../options.ts';
import { startCluster, type Cluster } from './cluster.ts';
import { startController } from './controller.ts';
import { catalogConfigMap, registryObject } from './objects.ts';

/** For tests: a cluster with a controller, and operations on registries called `a`, each in its own namespace. */
export interface Bench {
  readonly cluster: Cluster;
  /** Creates registry `a` in its own namespace, and waits until its children exist. Returns the namespace. */
  settled(spec?: object): Promise<string>;
  /** Plays the Deployment controller. */
  available(namespace: string, count: number): Promise<void>;
  /** Writes of the controller in a namespace, except Events. */
  writes(namespace: string): Promise<string[]>;
  /** Waits until the controller has reconciled the registry after an irrelevant change. */
  passAgain(namespace: string): Promise<void>;
  /** Stops the controller and starts another one with these settings changed. */
  restart(settings?: Partial<ControllerSettings>): Promise<void>;
  stop(): Promise<void>;
}

/** For tests: starts a cluster and a controller in it. */
export async function startBench(): Promise<Bench> {
  const cluster = await startCluster();
  let controller = await startController(cluster).catch(async (error: unknown) => {
    await cluster.api.stop();
    throw error;
  });
  const passes = async (): Promise<number> => {
    const text = await (await fetch(`http://${controller.addresses.metrics}/metrics`)).text();
    return [...text.matchAll(/^controller_runtime_reconcile_total\{controller="mcpregistry"[^}]*\} (\d+)$/gm)].reduce(
      (sum, [, count]) => sum + Number(count),
      0,
    );
  };
  return {
    cluster,
    settled: async (spec = {}) => {
      const namespace = await cluster.namespace();
      await cluster.create('configmaps', namespace, catalogConfigMap('data', 'x'));
      await cluster.create('mcpregistries', namespace, registryObject('a', spec));
      await cluster.until('mcpregistries', namespace, 'a', (object) => object['status']?.observedGeneration === 1);
      return namespace;
    },
    available: async (namespace, count) => {
      const { metadata } = await cluster.until('deployments', namespace, 'a-api', () => true);
      const replicas = { replicas: 1, updatedReplicas: 1, readyReplicas: count, availableReplicas: count };
      await cluster.patch(
        'deployments',
        namespace,
        'a-api',
        { status: { observedGeneration: metadata.generation, ...replicas } },
        'status',
      );
    },
    writes: async (namespace) => {
      const events = await cluster.api.auditEvents();
      return events
        .filter(({ userAgent, objectRef }) => userAgent?.startsWith(fieldManager) === true && objectRef?.namespace === namespace)
        .filter(({ verb, objectRef }) => ['create', 'update', 'patch', 'delete'].includes(verb) && objectRef?.resource !== 'events')
        .map(({ verb, objectRef: { resource, subresource } = {} }) =>
          [verb, ' ', resource, subresource === undefined ? '' : `/${subresource}`].join(''),
        );
    },
    passAgain: async (namespace) => {
      const before = await passes();
      await cluster.patch('mcpregistries', namespace, 'a', { metadata: { annotations: { 'example.com/note': randomUUID() } } });
      await waitFor(async () => (await passes()) > before, { message: 'another pass' });
    },
    restart: async (settings = {}) => {
      await controller.stop();
      controller = await startController(cluster, settings);
    },
    stop: async () => {
      await controller.stop();
      await cluster.api.stop();
    },
  };
}
