import type { Cluster, Obj } from './cluster.ts';

/** For tests: a pod as created by ReplicaSet controller, scheduler and kubelet. */
export interface TestPod {
  /** Default: `a`. */
  readonly registry?: string;
  readonly name?: string;
  /** Name and uid of its ReplicaSet; default: a new one, the first. */
  readonly replicaSet?: { readonly name: string; readonly uid: string };
  readonly status?: object;
}

/** For tests: creates a pod of a registry whose Deployment exists. */
export async function createPod(cluster: Cluster, namespace: string, pod: TestPod = {}): Promise<Obj> {
  const { registry = 'a', name = 'pod', status } = pod;
  const replicaSet = pod.replicaSet ?? (await createReplicaSet(cluster, namespace, 1, registry));
  const { labels } = (await cluster.until('deployments', namespace, `${registry}-api`, () => true))['spec'].template.metadata;
  const created = await cluster.create('pods', namespace, {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', controller: true, ...replicaSet }] },
    spec: { containers: [{ name: 'registry-api', image: 'x' }] },
  });
  return status === undefined ? created : cluster.patch('pods', namespace, name, { status }, 'status');
}

/** For tests: the status of a pod that runs at an address. */
export function runningAt(podIP: string, isReady: boolean): object {
  return { phase: 'Running', podIP, podIPs: [{ ip: podIP }], conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] };
}

/** For tests: a ReplicaSet of a registry, as the Deployment controller makes one for each template. */
export async function createReplicaSet(
  cluster: Cluster,
  namespace: string,
  revision: number,
  registry = 'a',
): Promise<{ name: string; uid: string }> {
  const api = `${registry}-api`;
  const deployment = await cluster.until('deployments', namespace, api, () => true);
  const { selector, template } = deployment['spec'];
  const name = `${api}-${revision}`;
  const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: api, uid: deployment.metadata.uid, controller: true };
  const created = await cluster.create('replicasets', namespace, {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name,
      labels: template.metadata.labels,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [owner],
    },
    spec: { replicas: 1, selector, template },
  });
  return { name, uid: created.metadata.uid };
}
