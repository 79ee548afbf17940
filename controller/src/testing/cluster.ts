import { fileURLToPath } from 'node:url';
import { groups, type RegistryGroup } from '@toolhive-registry/api';
import { startApiServer, waitFor, type ApiServer, type ApiServerOptions } from '@toolhive-registry/testenv';

/** For tests: the file of a group's CRD. */
export function crdFile(group: RegistryGroup): string {
  return fileURLToPath(new URL(`../../../crds/${group}_mcpregistries.yaml`, import.meta.url));
}

/** For tests: the file of HTTPRoute's CRD. */
export const HTTP_ROUTE_CRD = fileURLToPath(
  new URL('../../../e2e/testenv/testdata/gateway.networking.k8s.io_httproutes.yaml', import.meta.url),
);

/** For tests: any Kubernetes object, untyped. */
export interface Obj {
  metadata: {
    name: string;
    namespace: string;
    uid: string;
    resourceVersion: string;
    generation?: number;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: { uid: string; controller?: boolean }[];
    deletionTimestamp?: string;
  };
  // Tests read any field.
  [field: string]: any; // oxlint-disable-line typescript/no-explicit-any
}

/** For tests: API paths of the kinds that are used, below a namespace. A dot suffix distinguishes resources of the same name. */
const PATHS: Record<string, string> = {
  'mcpregistries.io': 'apis/toolhive.stacklok.io/v1alpha1',
  'mcpregistries.v1beta1': 'apis/toolhive.stacklok.dev/v1beta1',
  mcpregistries: 'apis/toolhive.stacklok.dev/v1alpha1',
  'mcpservers.toolhive': 'apis/toolhive.stacklok.dev/v1beta1',
  'mcpservers.kagent': 'apis/kagent.dev/v1alpha1',
  'remotemcpservers.kagent': 'apis/kagent.dev/v1alpha2',
  deployments: 'apis/apps/v1',
  replicasets: 'apis/apps/v1',
  services: 'api/v1',
  resourcequotas: 'api/v1',
  serviceaccounts: 'api/v1',
  configmaps: 'api/v1',
  pods: 'api/v1',
  events: 'apis/events.k8s.io/v1',
  networkpolicies: 'apis/networking.k8s.io/v1',
  poddisruptionbudgets: 'apis/policy/v1',
  ingresses: 'apis/networking.k8s.io/v1',
  httproutes: 'apis/gateway.networking.k8s.io/v1',
  leases: 'apis/coordination.k8s.io/v1',
};

/** For tests: a real API server with shortcuts to its objects. */
export interface Cluster {
  readonly api: ApiServer;
  get(plural: string, namespace: string, name: string): Promise<Obj | undefined>;
  create(plural: string, namespace: string, object: object): Promise<Obj>;
  /** Merge patch; `sub` is a subresource. */
  patch(plural: string, namespace: string, name: string, body: object, sub?: string): Promise<Obj>;
  delete(plural: string, namespace: string, name: string, options?: { foreground: boolean }): Promise<void>;
  /** Creates a namespace for a test. */
  namespace(): Promise<string>;
  /** Waits until an object satisfies the condition. */
  until(plural: string, namespace: string, name: string, condition: (object: Obj) => unknown): Promise<Obj>;
  gone(plural: string, namespace: string, name: string): Promise<void>;
}

/** For tests: starts etcd and kube-apiserver with our CRDs, and counts writes. */
export async function startCluster(
  crds: readonly string[] = groups.map(crdFile),
  options: Pick<ApiServerOptions, 'controllers'> = {},
): Promise<Cluster> {
  const api = await startApiServer({ crds, auditLog: true, ...options });
  let namespaces = 0;
  const path = (plural: string, namespace: string, name = '', sub = ''): string =>
    `/${PATHS[plural] ?? ''}/namespaces/${namespace}/${plural.split('.', 1)[0] ?? ''}${name === '' ? '' : `/${name}`}${sub === '' ? '' : `/${sub}`}`;
  const send = async (method: string, target: string, body?: object, contentType?: string): Promise<Obj> => {
    const answer = await api.request(method, target, body, contentType);
    if (answer.status >= 300) throw new Error(`${method} ${target}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as Obj;
  };
  const cluster: Cluster = {
    api,
    get: async (plural, namespace, name) => {
      const answer = await api.request('GET', path(plural, namespace, name));
      return answer.status === 404 ? undefined : (answer.body as Obj);
    },
    create: (plural, namespace, object) => send('POST', path(plural, namespace), object),
    patch: (plural, namespace, name, body, sub) => send('PATCH', path(plural, namespace, name, sub), body, 'application/merge-patch+json'),
    delete: async (plural, namespace, name, options) => {
      await send('DELETE', `${path(plural, namespace, name)}${options?.foreground === true ? '?propagationPolicy=Foreground' : ''}`);
    },
    namespace: async () => {
      namespaces += 1;
      const name = `test-${namespaces}`;
      await send('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
      return name;
    },
    until: (plural, namespace, name, condition) =>
      waitFor(
        async () => {
          const object = await cluster.get(plural, namespace, name);
          return object !== undefined && Boolean(condition(object)) ? object : undefined;
        },
        { message: `${plural} ${namespace}/${name} to be as wanted`, deadlineMs: 15_000 },
      ),
    gone: async (plural, namespace, name) => {
      await waitFor(async () => (await cluster.get(plural, namespace, name)) === undefined, {
        message: `${plural} ${name} to be gone`,
        deadlineMs: 15_000,
      });
    },
  };
  return cluster;
}
