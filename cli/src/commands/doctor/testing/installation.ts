import { groups, type RegistryGroup } from '@toolhive-registry/api';
import { registryObject, type Cluster } from '@toolhive-registry/controller/testing';
import { VERSION } from '../../../version.ts';
import { condition, NO_IMAGE, READY } from './facts.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const ALL = { apiGroups: ['*'], resources: ['*'], verbs: ['*'] };

/** For tests: a registry that is made. */
export interface MadeRegistry {
  readonly spec?: object;
  readonly group?: RegistryGroup;
  /** Default: true. */
  readonly isReady?: boolean;
}

/** For tests: sends a request as an administrator. Throws for every answer that is none. */
export async function send(cluster: Cluster, method: string, path: string, body?: object): Promise<Record<string, unknown>> {
  const answer = await cluster.api.request(method, path, body);
  if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body as Record<string, unknown>;
}

/** For tests: makes a ServiceAccount that may do this in the whole cluster, or in its namespace alone. */
export async function createAccount(
  cluster: Cluster,
  namespace: string,
  name: string,
  rules: readonly object[],
  isEverywhere: boolean,
): Promise<void> {
  await cluster.create('serviceaccounts', namespace, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name } });
  const [kind, path] = isEverywhere ? ['ClusterRole', RBAC] : ['Role', `${RBAC}/namespaces/${namespace}`];
  const metadata = { name: `${namespace}-${name}` };
  const common = { apiVersion: 'rbac.authorization.k8s.io/v1', metadata };
  await send(cluster, 'POST', `${path}/${kind.toLowerCase()}s`, { ...common, kind, rules });
  const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind, name: metadata.name };
  const subjects = [{ kind: 'ServiceAccount', namespace, name }];
  await send(cluster, 'POST', `${path}/${kind.toLowerCase()}bindings`, { ...common, kind: `${kind}Binding`, roleRef, subjects });
}

/** For tests: installs what the chart would, in a namespace of its own, as if its pod ran. Its account may do what these rules say. Answers the namespace. */
export async function install(
  cluster: Cluster,
  args: readonly string[],
  rules: readonly object[] = [ALL],
  version = VERSION,
): Promise<string> {
  const namespace = await cluster.namespace();
  await createAccount(cluster, namespace, 'controller', rules, true);
  const labels = {
    'app.kubernetes.io/part-of': 'toolhive-registry',
    'app.kubernetes.io/component': 'controller',
    'app.kubernetes.io/instance': namespace,
  };
  const containers = [{ name: 'controller', image: `example.com/controller:${version}`, args }];
  await cluster.create('deployments', namespace, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'controller', labels },
    spec: {
      replicas: 1,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { serviceAccountName: 'controller', containers } },
    },
  });
  const status = { replicas: 1, readyReplicas: 1, observedGeneration: 1 };
  await cluster.patch('deployments', namespace, 'controller', { status }, 'status');
  return namespace;
}

/** For tests: takes an installation away. */
export async function uninstall(cluster: Cluster, namespace: string): Promise<void> {
  await cluster.delete('deployments', namespace, 'controller');
}

/** For tests: a Lease that a controller has just renewed. */
export async function holdLease(cluster: Cluster, namespace: string, name: string): Promise<void> {
  const renewTime = new Date().toISOString().replace('Z', '000Z');
  const spec = { holderIdentity: 'controller-1', leaseDurationSeconds: 15, renewTime };
  await cluster.create('leases', namespace, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name }, spec });
}

/** For tests: makes a registry with a pod, and reports what a controller would. */
export async function createRegistry(
  cluster: Cluster,
  namespace: string,
  name: string,
  { spec = {}, group = groups[0], isReady = true }: MadeRegistry = {},
): Promise<void> {
  const resource = group === groups[0] ? 'mcpregistries' : 'mcpregistries.io';
  await cluster.create(resource, namespace, registryObject(name, spec, {}, group));
  const ready = isReady ? condition('Ready', 'True', 'Ready') : condition('Ready', 'False', 'NotReady');
  const reported = { phase: isReady ? 'Running' : 'Pending', observedGeneration: 1, readyReplicas: isReady ? 1 : 0, conditions: [ready] };
  await cluster.patch(resource, namespace, name, { status: reported }, 'status');
  const pod = `${name}-${group.split('.').at(-1) ?? ''}`;
  const labels = { app: 'mcp-registry-api', 'toolhive.stacklok.io/registry-name': name };
  const containers = [{ name: 'registry-api', image: 'x' }];
  await cluster.create('pods', namespace, { apiVersion: 'v1', kind: 'Pod', metadata: { name: pod, labels }, spec: { containers } });
  const stuck = NO_IMAGE.containerStatuses?.map((one) => ({ ...one, image: 'x', imageID: '', ready: false, restartCount: 0 }));
  await cluster.patch('pods', namespace, pod, { status: isReady ? READY : { ...NO_IMAGE, containerStatuses: stuck } }, 'status');
}
