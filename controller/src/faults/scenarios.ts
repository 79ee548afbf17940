import { annotations, labels } from '@toolhive-registry/api';
import { catalogConfigMap, registryObject, type Cluster } from '../testing.ts';

/** Something that a user does to registry `a`, and what undoes it. */
export interface Scenario {
  readonly name: string;
  readonly act: (cluster: Cluster, namespace: string) => Promise<unknown>;
  readonly undo: (cluster: Cluster, namespace: string) => Promise<unknown>;
  /** It ends as it began. */
  readonly isRoundTrip?: boolean;
  /** An empty ConfigMap stays: the controller may not delete any. */
  readonly leavesTraces?: boolean;
}

/** An edit of the spec; the second patch undoes the first. */
function edit(name: string, spec: object, undo: object): Scenario {
  const patch =
    (body: object): Scenario['act'] =>
    (cluster, namespace) =>
      cluster.patch('mcpregistries', namespace, 'a', { spec: body });
  return { name: `edit ${name}`, act: patch(spec), undo: patch(undo) };
}

function annotate(name: string, key: string, value: string): Scenario {
  const patch =
    (to: string | null): Scenario['act'] =>
    (cluster, namespace) =>
      cluster.patch('mcpregistries', namespace, 'a', { metadata: { annotations: { [key]: to } } });
  return { name, act: patch(value), undo: patch(null) };
}

const SOURCE = { type: 'configmap', configmap: { name: 'data' } };

async function create(cluster: Cluster, namespace: string): Promise<void> {
  await cluster.create('mcpregistries', namespace, registryObject('a'));
}

async function remove(cluster: Cluster, namespace: string): Promise<void> {
  await cluster.delete('mcpregistries', namespace, 'a');
}

async function recreate(cluster: Cluster, namespace: string): Promise<void> {
  await remove(cluster, namespace);
  await create(cluster, namespace);
}

/** Each of them begins with registry `a`, which has one ConfigMap source `data` and runs with one pod. */
export const SCENARIOS: readonly Scenario[] = [
  edit('displayName', { displayName: 'Edited' }, { displayName: null }),
  edit('format', { format: 'toolhive' }, { format: null }),
  edit('syncPolicy', { syncPolicy: { type: 'automatic', interval: '30m', maxRemovedPercent: 50 } }, { syncPolicy: null }),
  edit('filter', { filter: { names: { include: ['*'] }, tags: { exclude: ['deprecated'] } } }, { filter: null }),
  edit('filter in the short form', { filter: { include: ['*'], exclude: ['none'] } }, { filter: null }),
  edit('validation', { validation: 'strict' }, { validation: null }),
  { ...edit('enforceServers', { enforceServers: true }, { enforceServers: null }), leavesTraces: true },
  {
    ...edit('enforceServers to audit', { enforceServers: true, enforcementMode: 'audit' }, { enforceServers: null, enforcementMode: null }),
    leavesTraces: true,
  },
  {
    name: 'run a server from it',
    leavesTraces: true,
    act: (cluster, namespace) => cluster.create('mcpservers.toolhive', namespace, serverOf(namespace)),
    undo: (cluster, namespace) => cluster.delete('mcpservers.toolhive', namespace, 'time'),
  },
  edit('replicas', { replicas: 3 }, { replicas: null }),
  edit('env', { env: [{ name: 'LOG_LEVEL', value: 'debug' }] }, { env: null }),
  edit('service', { service: { type: 'NodePort', annotations: { 'example.com/a': 'b' } } }, { service: null }),
  edit('imagePullSecrets', { imagePullSecrets: [{ name: 'pull' }] }, { imagePullSecrets: null }),
  edit(
    'podTemplateSpec',
    { podTemplateSpec: { metadata: { labels: { team: 'a' } }, spec: { priorityClassName: null, nodeSelector: { disk: 'ssd' } } } },
    { podTemplateSpec: null },
  ),
  edit(
    'source to sources',
    {
      source: null,
      sources: [
        { name: 'default', ...SOURCE },
        { name: 'more', type: 'configmap', configmap: { name: 'more' } },
      ],
    },
    { source: SOURCE, sources: null },
  ),
  edit(
    'to a URL with its own login, certificate and limits',
    {
      source: {
        type: 'url',
        configmap: null,
        url: 'https://example.com/registry.json',
        auth: { secretRef: { name: 'login' } },
        tls: { caConfigMapRef: { name: 'more', key: 'registry.json' } },
        timeout: '10s',
        filter: { names: { include: ['*'] } },
        syncPolicy: { interval: '1h' },
      },
    },
    { source: { ...SOURCE, url: null, auth: null, tls: null, timeout: null, filter: null, syncPolicy: null } },
  ),
  edit('expose', { expose: { host: 'mcp.example.com', ingress: { className: 'nginx' } } }, { expose: null }),
  edit('to a source that is not there', { source: { configmap: { name: 'nobody' } } }, { source: { configmap: { name: 'data' } } }),
  edit(
    'to a pod template that is refused',
    { podTemplateSpec: { spec: { containers: [{ name: 'registry-api', image: 7 }] } } },
    { podTemplateSpec: null },
  ),
  annotate('ask for a sync', annotations.syncTrigger, 'now'),
  annotate('roll back', annotations.rollbackTo, 'a'.repeat(64)),
  {
    name: 'edit the source',
    act: (cluster, namespace) => cluster.patch('configmaps', namespace, 'data', catalogConfigMap('data', 'x', 'y', 'z')),
    undo: (cluster, namespace) => cluster.patch('configmaps', namespace, 'data', catalogConfigMap('data', 'x')),
  },
  {
    name: 'delete the source',
    act: (cluster, namespace) => cluster.delete('configmaps', namespace, 'data'),
    undo: (cluster, namespace) => cluster.create('configmaps', namespace, catalogConfigMap('data', 'x')),
  },
  { name: 'delete, and create later', act: remove, undo: create },
  { name: 'recreate at once', act: recreate, undo: recreate, isRoundTrip: true },
  {
    name: 'take a Service away',
    isRoundTrip: true,
    act: (cluster, namespace) => cluster.delete('services', namespace, 'a-api'),
    undo: (cluster, namespace) => cluster.delete('services', namespace, 'a-int'),
  },
  {
    name: 'change a Deployment by hand',
    isRoundTrip: true,
    act: (cluster, namespace) =>
      cluster.patch('deployments', namespace, 'a-api', { spec: { template: { spec: { automountServiceAccountToken: true } } } }),
    undo: (cluster, namespace) => cluster.patch('deployments', namespace, 'a-api', { metadata: { labels: { app: 'other' } } }),
  },
  {
    name: 'lose a pod',
    isRoundTrip: true,
    act: loseAPod,
    undo: loseAPod,
  },
];

function serverOf(namespace: string): object {
  return {
    apiVersion: 'toolhive.stacklok.dev/v1beta1',
    kind: 'MCPServer',
    metadata: { name: 'time', labels: { [labels.registryName]: 'a', [labels.registryNamespace]: namespace } },
    spec: { image: 'mcp/time:1' },
  };
}

async function loseAPod(cluster: Cluster, namespace: string): Promise<void> {
  const { items } = (await cluster.get('pods', namespace, '')) as unknown as { items: { metadata: { name: string } }[] };
  const [first] = items;
  if (first !== undefined) await cluster.delete('pods', namespace, first.metadata.name);
}
