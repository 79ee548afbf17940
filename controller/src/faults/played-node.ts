import { randomUUID } from 'node:crypto';
import { annotations, labels, type RegistryStatusDocument } from '@toolhive-registry/api';
import { fakeRegistry, type FakeRegistry } from '../pods/fake-registry.ts';
import { runningAt, type Cluster, type Obj } from '../testing.ts';
import { playServer } from './played-server.ts';

/** A running pod, with its registry server. */
export interface PlayedPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  readonly registry: string;
  readonly server: FakeRegistry;
  /** The server's report. */
  document: RegistryStatusDocument;
  /** The status that the node last wrote for it. */
  isReady: boolean;
  /** The annotation for which it last refreshed its volumes. */
  touched: string | undefined;
}

/** How long a pod takes to start, and a kubelet to refresh volumes after the pod's annotation changed, in milliseconds. */
const START_MS = 150;
const MOUNT_MS = 30;
const RETRY_MS = 200;

/**
 * Simulates a node: pods run as soon as they are created, each with a simulated registry server. Like a kubelet it refreshes mounted ConfigMaps when an
 * annotation of the pod changes, but never by itself, so that a forgotten annotation is found.
 */
export class PlayedNode {
  readonly #cluster: Cluster;
  readonly #onChange: (namespace: string, registry: string) => void;
  readonly #pods = new Map<string, PlayedPod | 'starting'>();
  #stopped = false;

  constructor(cluster: Cluster, onChange: (namespace: string, registry: string) => void) {
    this.#cluster = cluster;
    this.#onChange = onChange;
  }

  /** The running pods of a registry. */
  podsOf(namespace: string, registry: string): PlayedPod[] {
    return [...this.#pods.values()].filter(
      (pod): pod is PlayedPod => pod !== 'starting' && pod.namespace === namespace && pod.registry === registry,
    );
  }

  /** The API server has this version of a pod now. */
  seen(pod: Obj): void {
    const registry = pod.metadata.labels?.[labels.registryName];
    if (registry === undefined || this.#stopped) return;
    const running = this.#pods.get(pod.metadata.uid);
    if (running === undefined) return void this.#start(pod, registry);
    const touched = pod.metadata.annotations?.[annotations.contentTouched];
    if (running === 'starting' || touched === running.touched) return;
    running.touched = touched;
    void after(MOUNT_MS).then(() => this.mount(running));
  }

  /** A pod was deleted from the API server. */
  gone(uid: string): void {
    const pod = this.#pods.get(uid);
    this.#pods.delete(uid);
    if (pod !== undefined && pod !== 'starting') void pod.server.stop();
  }

  /** Makes a pod fail or pass its readiness probe. */
  async setReady(pod: PlayedPod, isReady: boolean): Promise<void> {
    pod.isReady = isReady;
    await this.#tell(pod);
    this.#onChange(pod.namespace, pod.registry);
  }

  /** Reads the ConfigMaps of a pod again, and updates its server. */
  async mount(pod: PlayedPod): Promise<void> {
    const document = await this.#retried(() => this.#document(pod.namespace, pod.registry, pod.document));
    if (document === undefined || !this.#pods.has(pod.uid)) return;
    const hasCatalog = document.ready && !pod.document.ready;
    this.report(pod, document);
    if (hasCatalog) await this.setReady(pod, true);
  }

  /** Changes what the server of a pod reports. */
  report(pod: PlayedPod, fields: Partial<RegistryStatusDocument>): void {
    pod.document = { ...pod.document, ...fields };
    pod.server.report(pod.document);
    this.#onChange(pod.namespace, pod.registry);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const pod of this.#pods.values()) if (pod !== 'starting') await pod.server.stop();
  }

  async #start(object: Obj, registry: string): Promise<void> {
    const { uid, namespace, name } = object.metadata;
    this.#pods.set(uid, 'starting');
    const touched = object.metadata.annotations?.[annotations.contentTouched];
    const [document, server] = await Promise.all([
      this.#retried(() => this.#document(namespace, registry, undefined)),
      fakeRegistry(),
      after(START_MS),
    ]);
    if (document === undefined || !this.#pods.has(uid)) return void server.stop();
    const pod: PlayedPod = { uid, namespace, name, registry, server, document, isReady: document.ready, touched };
    this.#pods.set(uid, pod);
    server.report(document);
    await this.#tell(pod);
    this.#onChange(namespace, registry);
  }

  /** Writes the pod's status, until that succeeds or the pod is gone. */
  async #tell(pod: PlayedPod): Promise<void> {
    await this.#retried(async () => {
      if (!this.#pods.has(pod.uid)) return;
      const status = { ...runningAt(pod.server.ip, pod.isReady), containerStatuses: [containerStatus(pod.isReady)] };
      await this.#cluster.patch('pods', pod.namespace, pod.name, { status }, 'status').catch((error: unknown) => {
        if (!String(error).includes(': 404 ')) throw error;
      });
    });
  }

  #document(namespace: string, registry: string, before: RegistryStatusDocument | undefined): Promise<RegistryStatusDocument> {
    const read = async (name: string, key: string): Promise<string | undefined> => {
      const data: unknown = (await this.#cluster.get('configmaps', namespace, name))?.['data']?.[key];
      return typeof data === 'string' ? data : undefined;
    };
    return playServer({ name: registry, namespace }, read, before);
  }

  async #retried<T>(work: () => Promise<T>): Promise<T | undefined> {
    while (!this.#stopped) {
      try {
        return await work();
      } catch {
        await after(RETRY_MS);
      }
    }
    return undefined;
  }
}

function containerStatus(ready: boolean): object {
  return {
    name: 'registry-api',
    image: 'x',
    imageID: 'x',
    ready,
    started: true,
    restartCount: 0,
    containerID: `containerd://${randomUUID()}`,
    state: { running: { startedAt: new Date().toISOString() } },
  };
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
