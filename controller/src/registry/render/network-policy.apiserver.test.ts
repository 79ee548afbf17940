import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { condition, startBench, type Bench, type Cluster, type Obj } from '../../testing.ts';

let bench: Bench;
let cluster: Cluster;

beforeAll(async () => {
  bench = await startBench();
  ({ cluster } = bench);
}, 60_000);

afterEach(async () => bench.restart(), 60_000);

afterAll(async () => {
  await bench?.stop();
}, 60_000);

const policy = (name: string, metadata: object = {}): object => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name, ...metadata },
  spec: { podSelector: {} },
});

test('admits the controller, sibling pods and scrapers to the internal port', async () => {
  const namespace = await bench.settled();
  const { spec } = await cluster.until('networkpolicies', namespace, 'a-int', () => true);
  const inNamespace = (name: string): object => ({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } } });
  const pods = { matchLabels: { app: 'mcp-registry-api', 'toolhive.stacklok.io/registry-name': 'a' } };
  expect(spec).toEqual({
    podSelector: pods,
    policyTypes: ['Ingress'],
    ingress: [
      { ports: [{ protocol: 'TCP', port: 8080 }] },
      {
        from: [
          { ...inNamespace('toolhive-system'), podSelector: { matchLabels: { 'app.kubernetes.io/name': 'toolhive-registry' } } },
          { podSelector: pods },
          inNamespace('monitoring'),
        ],
        ports: [{ protocol: 'TCP', port: 8081 }],
      },
    ],
  });
});

test("is deleted when disabled, a user's own stays, and it comes back when enabled", async () => {
  const namespace = await bench.settled();
  await cluster.until('networkpolicies', namespace, 'a-int', () => true);
  await cluster.create('networkpolicies', namespace, policy('mine'));
  await bench.restart({ networkPolicy: undefined });
  await cluster.gone('networkpolicies', namespace, 'a-int');
  await bench.passAgain(namespace);
  expect(await cluster.get('networkpolicies', namespace, 'mine')).toBeDefined();
  expect((await bench.writes(namespace)).filter((write) => write === 'delete networkpolicies')).toHaveLength(1);
  await bench.restart();
  await cluster.until('networkpolicies', namespace, 'a-int', () => true);
});

test('what only looks like a policy of the registry stays when they are disabled, and so do objects of other kinds', async () => {
  const namespace = await bench.settled();
  const { metadata } = await cluster.until('networkpolicies', namespace, 'a-int', () => true);
  const { labels, ownerReferences } = metadata;
  await cluster.create('networkpolicies', namespace, policy('only-labeled', { labels }));
  await cluster.create('networkpolicies', namespace, policy('only-owned', { ownerReferences }));
  const labelsOfB = { ...labels, 'toolhive.stacklok.io/registry-name': 'b' };
  await cluster.create('networkpolicies', namespace, policy('labeled-for-another', { labels: labelsOfB, ownerReferences }));
  const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'labeled-and-owned', labels, ownerReferences } };
  await cluster.create('configmaps', namespace, configMap);
  await bench.restart({ networkPolicy: undefined });
  await cluster.gone('networkpolicies', namespace, 'a-int');
  await bench.passAgain(namespace);
  for (const name of ['only-labeled', 'only-owned', 'labeled-for-another'])
    expect(await cluster.get('networkpolicies', namespace, name)).toBeDefined();
  expect(await cluster.get('configmaps', namespace, 'labeled-and-owned')).toBeDefined();
  expect((await bench.writes(namespace)).filter((write) => write.startsWith('delete'))).toEqual(['delete networkpolicies']);
});

test.each<[string, object]>([
  ['a user made', {}],
  [
    'another registry controls',
    {
      labels: { 'app.kubernetes.io/managed-by': 'toolhive-registry-controller' },
      ownerReferences: [{ apiVersion: 'toolhive.stacklok.dev/v1alpha1', kind: 'MCPRegistry', name: 'b', uid: 'another', controller: true }],
    },
  ],
])('one of that name that %s is refused, and left alone when policies are disabled', async (_, metadata) => {
  await bench.restart({ networkPolicy: undefined });
  const namespace = await bench.settled();
  await bench.available(namespace, 1);
  await cluster.until('mcpregistries', namespace, 'a', (found) => found['status'].phase === 'Running');
  const foreign = await cluster.create('networkpolicies', namespace, policy('a-int', metadata));
  await bench.passAgain(namespace);
  expect((await cluster.get('networkpolicies', namespace, 'a-int'))?.metadata.uid).toBe(foreign.metadata.uid);
  await bench.restart();
  const object = await cluster.until('mcpregistries', namespace, 'a', (found) => condition(found, 'Stalled') !== undefined);
  expect(condition(object, 'Stalled')).toMatchObject({
    reason: 'NetworkPolicyFailed',
    message: expect.stringContaining(`NetworkPolicy ${namespace}/a-int exists and is`),
  });
  expect(object['status'].phase).toBe('Running');
});

test.each(['ClusterIP', 'NodePort', 'LoadBalancer'])('an upgrade removes the internal port from a Service of type %s', async (type) => {
  const namespace = await bench.settled({ service: { type } });
  const live = await cluster.until('services', namespace, 'a-api', () => true);
  // As the previous version applied it.
  const { name, labels, ownerReferences } = live.metadata;
  const former = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, labels, ownerReferences },
    spec: {
      type,
      selector: live['spec'].selector,
      ports: [
        { name: 'http', port: 8080, protocol: 'TCP', targetPort: 'http' },
        { name: 'internal', port: 8081, protocol: 'TCP', targetPort: 'internal' },
      ],
    },
  };
  const path = `/api/v1/namespaces/${namespace}/services/a-api?fieldManager=toolhive-registry-controller&force=true`;
  const applied = await cluster.api.request('PATCH', path, former, 'application/apply-patch+yaml');
  expect((applied.body as Obj)['spec'].ports).toHaveLength(2);
  const { spec } = await cluster.until('services', namespace, 'a-api', (object) => object['spec'].ports.length === 1);
  const [port] = spec.ports as { name: string; port: number; nodePort?: number }[];
  expect(port).toMatchObject({ name: 'http', port: 8080 });
  // Whoever uses the node port keeps using it.
  expect(port?.nodePort).toBe((live['spec'].ports as { nodePort?: number }[])[0]?.nodePort);
  expect(spec.type).toBe(type);
});
