import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { groups } from '@toolhive-registry/api';
import { installPolicies, SERVER_KIND_CRDS } from '@toolhive-registry/controller/enforcement/testing';
import { crdFile, runController, startCluster, type Cluster, type Run } from '@toolhive-registry/controller/testing';
import { selfSigned } from '@toolhive-registry/reconciler/testing';
import { waitFor } from '@toolhive-registry/testenv';
import { startProxy, type Proxy } from '../../controller/src/faults/proxy.ts';
import { serve, type Served } from './served.ts';

/** How the names of the admission policies begin. */
export const POLICIES = 'registry';

/** A real API server, the controller as a process that reaches it through a proxy, and registries with real registry servers. */
export interface Scene {
  readonly cluster: Cluster;
  readonly controller: Run;
  /** Stands between the controller and the API server. */
  readonly proxy: Proxy;
  /** `HOST:PORT` of the controller's metrics, which are served over TLS to those who show a certificate. */
  readonly metrics: string;
  /** What a Prometheus needs for that, in files. */
  readonly scraper: { readonly caFile: string; readonly certFile: string; readonly keyFile: string };
  /** Where the pod of a registry listens, even before it is there. */
  addressOf(registry: string): string;
  /** Creates a registry in a namespace of its name, with one pod. Without a catalog its source has no data. */
  serve(registry: string, spec?: object, catalog?: string): Promise<Served>;
  /** One that was created so. @throws Error when it was not */
  registry(name: string): Served;
  stop(): Promise<void>;
}

/** Starts API server, policies and controller. `names` are those of the registries that `serve` may be asked for. */
export async function startScene(names: readonly string[]): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'alerts-'));
  const stops: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true, maxRetries: 5 })];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).toReversed()) await end();
  };
  try {
    const cluster = await startCluster([...groups.map(crdFile), ...SERVER_KIND_CRDS]);
    stops.push(() => cluster.api.stop());
    await installPolicies(cluster, 'admin', POLICIES);
    const proxy = await startProxy(cluster.api, 'controller', folder);
    stops.push(() => proxy.close());
    const scraper = await writeCertificates(folder);
    const controller = runController([
      `--kubeconfig=${proxy.kubeconfigPath}`,
      '--health-address=127.0.0.1:0',
      '--metrics-address=127.0.0.1:0',
      `--metrics-cert-file=${join(folder, 'server.crt')}`,
      `--metrics-key-file=${join(folder, 'server.key')}`,
      `--metrics-client-ca-file=${scraper.certFile}`,
      '--registry-server-image=registry.example.com/server:1',
      `--enforcement-policies=${POLICIES}`,
    ]);
    stops.push(async () => {
      controller.child.kill('SIGKILL');
      await controller.exit;
    });
    const { health, metrics } = await controller.logged('serving');
    await waitFor(async () => (await fetch(`http://${String(health)}/readyz`)).ok, {
      message: 'the controller to be ready',
      deadlineMs: 30_000,
    });
    const registries = new Map<string, Served>();
    const addressOf = (registry: string): string => `127.88.90.${names.indexOf(registry) + 1}`;
    return {
      cluster,
      controller,
      proxy,
      metrics: String(metrics),
      scraper,
      addressOf,
      serve: async (name, spec = {}, catalog) => {
        await namespace(cluster, name);
        const served = await serve({ cluster, namespace: name, name, ip: addressOf(name), folder: join(folder, name) }, spec, catalog);
        stops.push(() => served.stop());
        registries.set(name, served);
        return served;
      },
      registry: (name) => {
        const found = registries.get(name);
        if (found === undefined) throw new Error(`registry ${name} was not created`);
        return found;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function namespace({ api }: Cluster, name: string): Promise<void> {
  await api.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
}

/** Of the controller and of its scraper, each its own CA. */
async function writeCertificates(folder: string): Promise<Scene['scraper']> {
  for (const who of ['server', 'scraper']) {
    const { cert, key } = selfSigned();
    await writeFile(join(folder, `${who}.crt`), cert);
    await writeFile(join(folder, `${who}.key`), key, { mode: 0o600 });
  }
  return { caFile: join(folder, 'server.crt'), certFile: join(folder, 'scraper.crt'), keyFile: join(folder, 'scraper.key') };
}
