import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { catalogConfigMap, createPod, registryObject, runningAt, type Cluster } from '@toolhive-registry/controller/testing';
import { readServerOptions, startServer, type RunningServer } from '@toolhive-registry/registry-server/testing';
import { dump } from 'js-yaml';
import { pino } from 'pino';

/** Where a registry stands. */
export interface Place {
  readonly cluster: Cluster;
  readonly namespace: string;
  readonly name: string;
  /** An address of loopback that is nobody else's: the pod's. */
  readonly ip: string;
  /** For the server's files. */
  readonly folder: string;
}

/** A registry of the cluster, with a real registry server as its one pod. */
export interface Served extends Place {
  readonly url: string;
  /** Sets whether its pod is ready in the API server, as kubelet and Deployment controller do. */
  setReady(this: void, isReady: boolean): Promise<void>;
  /** As `kubectl scale` of its Deployment, carried out. */
  scaleToZero(this: void): Promise<void>;
  /** Replaces the file that its source ConfigMap is mounted as. */
  mount(this: void, text: string): Promise<void>;
  stop(): Promise<void>;
}

/** The text of a catalog with servers of these names. */
export function catalogOf(...names: string[]): string {
  return catalogConfigMap('data', ...names).data['registry.json'] ?? '';
}

/**
 * Creates an MCPRegistry, and plays Deployment controller and kubelet for it: its pod is a registry server of this process. Its source is the ConfigMap `data`
 * unless the spec has another one.
 */
export async function serve(place: Place, spec: object, catalog: string | undefined): Promise<Served> {
  const { cluster, namespace, name, ip, folder } = place;
  const config = join(folder, 'registry.yaml');
  const registry = registryObject(name, spec, { namespace });
  const mount = async (text: string | undefined): Promise<void> => {
    const data = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'data', namespace }, data: { 'registry.json': text } };
    await writeFile(`${config}.new`, [registry, ...(text === undefined ? [] : [data])].map((one) => dump(one)).join('---\n'));
    await rename(`${config}.new`, config);
  };
  await mkdir(folder);
  await mount(catalog);
  const server = await start(folder, config, ip);
  await cluster.create('mcpregistries', namespace, registryObject(name, spec));
  await createPod(cluster, namespace, { registry: name, name: `${name}-pod`, status: runningAt(ip, catalog !== undefined) });
  const setReady = async (isReady: boolean): Promise<void> => {
    const { metadata } = await cluster.until('deployments', namespace, `${name}-api`, () => true);
    const count = isReady ? 1 : 0;
    const replicas = { replicas: 1, updatedReplicas: 1, readyReplicas: count, availableReplicas: count };
    const status = { observedGeneration: metadata.generation, ...replicas };
    await cluster.patch('pods', namespace, `${name}-pod`, { status: runningAt(ip, isReady) }, 'status');
    await cluster.patch('deployments', namespace, `${name}-api`, { status }, 'status');
  };
  const scaleToZero = async (): Promise<void> => {
    await cluster.patch('deployments', namespace, `${name}-api`, { spec: { replicas: 0 } });
    const { metadata } = await cluster.until('deployments', namespace, `${name}-api`, () => true);
    const none = { replicas: 0, updatedReplicas: 0, readyReplicas: 0, availableReplicas: 0 };
    await cluster.patch(
      'deployments',
      namespace,
      `${name}-api`,
      { status: { observedGeneration: metadata.generation, ...none } },
      'status',
    );
    await cluster.delete('pods', namespace, `${name}-pod`);
  };
  await setReady(catalog !== undefined);
  return { ...place, url: `http://${ip}:8080`, setReady, scaleToZero, mount, stop: () => server.stop() };
}

/** With the ports of a pod. */
async function start(folder: string, config: string, ip: string): Promise<RunningServer> {
  const invocation = readServerOptions(
    [
      `--config=${config}`,
      `--address=${ip}:8080`,
      `--internal-address=${ip}:8081`,
      `--storage-path=${join(folder, 'data')}`,
      `--sources-path=${join(folder, 'sources')}`,
      `--secrets-path=${join(folder, 'secrets')}`,
      `--deployed-path=${join(folder, 'deployed.json')}`,
      '--log-level=silent',
    ],
    {},
  );
  if (invocation.kind !== 'run') throw new Error(`the server was asked for ${invocation.kind}`);
  return startServer({ ...invocation.options, drainTimeMs: 0 }, pino({ level: 'silent' }));
}
