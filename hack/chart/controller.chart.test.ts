import { describe, expect, test } from '@jest/globals';
import { productVersion } from '../generate/version.ts';
import { container, ofKind, only, refusal, render, type Values } from './render.ts';

/** The arguments that the controller is started with, and those of them that begin so. */
function args(values: Values = {}, prefix = '--'): string[] {
  return (container(render(values))['args'] as string[]).filter((arg) => arg.startsWith(prefix));
}

/** The tag of the images, where the values name none. */
const version = productVersion(new URL('../../', import.meta.url));
const PODS = 'app.kubernetes.io/component=controller,app.kubernetes.io/instance=check,app.kubernetes.io/name=toolhive-registry';

describe('the controller is started with', () => {
  test.each<[argument: string, values: Values]>([
    ['--registry-ui=true', {}],
    ['--registry-ui=false', { registryDefaults: { ui: false } }],
    ['--network-policy=true', {}],
    [`--controller-pods=system/${PODS}`, {}],
    ['--scraper-namespaces=a,b', { registryDefaults: { networkPolicy: { scraperNamespaces: ['a', 'b'] } } }],
    ['--network-policy=false', { registryDefaults: { networkPolicy: { enabled: false } } }],
    ['--expose=ingress,gateway', {}],
    ['--expose=gateway', { registryDefaults: { expose: { ingress: false } } }],
    ['--expose=none', { registryDefaults: { expose: { ingress: false, gateway: false } } }],
    ['--expose-hosts=a.example.com,*.mcp.example.com', { registryDefaults: { expose: { hosts: ['a.example.com', '*.mcp.example.com'] } } }],
    ['--leader-elect', {}],
    ['--leader-election-namespace=kube-system', {}],
    ['--no-leader-elect', { leaderElection: { enabled: false } }],
    ['--installation=system/check-toolhive-registry', {}],
    ['--watch-namespaces=a,b', { rbac: { scope: 'namespaces', watchNamespaces: ['b', 'a'] } }],
    ['--watch-namespaces=system', { rbac: { scope: 'namespaces' } }],
    ['--log-level=info', {}],
    ['--log-format=pretty', { log: { format: 'pretty' } }],
    ['--cluster-domain=example.internal', { clusterDomain: 'example.internal' }],
    ['--concurrency=16', { extraArgs: ['--concurrency=16'] }],
    [`--registry-server-image=ghcr.io/toolhive-registry/toolhive-registry-server:${version}`, {}],
    ['--registry-server-image=mirror/s:2', { registryDefaults: { image: { registry: 'mirror/', repository: 's', tag: '2' } } }],
  ])('%s with %j', (argument, values) => {
    expect(args(values)).toContain(argument);
  });

  test.each<[prefix: string, values: Values]>([
    ['--expose-hosts', {}],
    ['--watch-namespaces', {}],
    ['--scraper-namespaces', {}],
    ['--controller-pods', { registryDefaults: { networkPolicy: { enabled: false } } }],
  ])('no %s with %j', (prefix, values) => {
    expect(args(values, prefix)).toEqual([]);
  });
});

describe('values are refused', () => {
  test.each<[why: string, values: Values]>([
    ['ui', { registryDefaults: { ui: 'no-page' } }],
    ['scraperNamespaces', { registryDefaults: { networkPolicy: { scraperNamespaces: ['A'] } } }],
    ['hosts', { registryDefaults: { expose: { hosts: ['https://a.example.com'] } } }],
    ['needs registryDefaults.networkPolicy.enabled=false', { registryDefaults: { access: 'apiserver-proxy' } }],
    ["they would overwrite each other's changes", { leaderElection: { enabled: false }, replicas: 2 }],
    ['rbac.watchNamespaces needs rbac.scope=namespaces', { rbac: { watchNamespaces: ['a'] } }],
    ['resources.limits.memory is "1Ti"', { resources: { limits: { memory: '1Ti' } } }],
    ['extraArgs', { extraArgs: ['concurrency=3'] }],
  ])('%s: %j', (why, values) => {
    expect(refusal(values)).toContain(why);
  });
});

describe('the pod', () => {
  const pod = (values: Values = {}): Values => only(render(values), 'Deployment')['spec'].template.spec;

  test('is as restricted as pod security knows', () => {
    const { securityContext, containers, automountServiceAccountToken } = pod() as never as {
      securityContext: object;
      containers: { securityContext: object }[];
      automountServiceAccountToken: boolean;
    };
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(containers[0]?.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(automountServiceAccountToken).toBe(true);
  });

  test.each<[memory: string, percent: number, mebibytes: number | undefined]>([
    ['256Mi', 75, 192],
    ['1Gi', 50, 512],
    ['1G', 100 - 5, 905],
    ['256Mi', 0, undefined],
  ])('of %s has %i % for its heap', (memory, heapPercent, mebibytes) => {
    const env = container(render({ resources: { limits: { memory } }, heapPercent }))['env'];
    expect(env).toEqual(mebibytes === undefined ? undefined : [{ name: 'NODE_OPTIONS', value: `--max-old-space-size=${mebibytes}` }]);
  });

  test('without a memory limit leaves the heap to Node.js', () => {
    expect(container(render({ resources: { limits: { memory: null } } }))['env']).toBeUndefined();
  });

  test.each<[image: string, values: Values]>([
    [`ghcr.io/toolhive-registry/toolhive-registry-controller:${version}`, {}],
    ['mirror:5000/a/c:2', { image: { registry: 'mirror:5000/a/', repository: 'c', tag: '2' } }],
    ['c:2', { image: { registry: '', repository: 'c', tag: '2' } }],
    [`ghcr.io/toolhive-registry/c@sha256:${'0'.repeat(64)}`, { image: { repository: 'c', tag: '2', digest: `sha256:${'0'.repeat(64)}` } }],
  ])('runs %s', (image, values) => {
    expect(container(render(values))['image']).toBe(image);
  });

  test.each<[field: string, values: Values, expected: unknown]>([
    ['imagePullSecrets', { imagePullSecrets: [{ name: 'mirror' }] }, [{ name: 'mirror' }]],
    ['priorityClassName', { priorityClassName: 'high' }, 'high'],
    ['nodeSelector', { nodeSelector: { disk: 'ssd' } }, { disk: 'ssd' }],
    ['tolerations', { tolerations: [{ operator: 'Exists' }] }, [{ operator: 'Exists' }]],
    ['affinity', { affinity: { podAffinity: {} } }, { podAffinity: {} }],
    ['terminationGracePeriodSeconds', { terminationGracePeriodSeconds: 5 }, 5],
    ['topologySpreadConstraints', {}, undefined],
    ['topologySpreadConstraints', { replicas: 2, topologySpreadConstraints: [{ maxSkew: 2 }] }, [{ maxSkew: 2 }]],
  ])('has %s of %j', (field, values, expected) => {
    expect(pod(values)[field]).toEqual(expected);
  });

  test('of two is on another node than its like', () => {
    expect(pod({ replicas: 2 })['topologySpreadConstraints']).toMatchObject([{ topologyKey: 'kubernetes.io/hostname' }]);
  });

  test('probes only itself', () => {
    const { livenessProbe, readinessProbe, ports } = container(render({ livenessProbe: { periodSeconds: 20 } })) as never as Record<
      string,
      object
    >;
    expect(livenessProbe).toMatchObject({ httpGet: { path: '/healthz', port: 'health' }, periodSeconds: 20 });
    expect(readinessProbe).toMatchObject({ httpGet: { path: '/readyz', port: 'health' } });
    expect(ports).toMatchObject([
      { name: 'metrics', containerPort: 8080 },
      { name: 'health', containerPort: 8081 },
    ]);
  });
});

describe('the Deployment', () => {
  const deployment = (values: Values): Values => only(render(values), 'Deployment')['spec'];

  test.each<[what: string, values: Values, type: string]>([
    ['rolls', {}, 'RollingUpdate'],
    ['stops one before it starts another where nothing elects a leader', { leaderElection: { enabled: false } }, 'Recreate'],
  ])('%s', (_, values, type) => {
    expect(deployment(values)['strategy']).toMatchObject({ type });
  });

  test('selects its pods by labels that never change', () => {
    const { selector, template } = deployment({ commonLabels: { team: 'a' }, podLabels: { tier: 'b' } }) as never as {
      selector: { matchLabels: object };
      template: { metadata: { labels: object } };
    };
    expect(selector.matchLabels).toEqual({
      'app.kubernetes.io/name': 'toolhive-registry',
      'app.kubernetes.io/instance': 'check',
      'app.kubernetes.io/component': 'controller',
    });
    expect(template.metadata.labels).toMatchObject({ ...selector.matchLabels, team: 'a', tier: 'b' });
  });
});

describe('the Service of the metrics', () => {
  test('selects the pods, at their port', () => {
    const objects = render({ metrics: { service: { port: 9090, annotations: { a: 'b' }, labels: { c: 'd' } } } });
    const service = only(objects, 'Service', 'check-toolhive-registry-metrics');
    expect(service['spec']).toMatchObject({
      selector: only(objects, 'Deployment')['spec'].selector.matchLabels,
      ports: [{ name: 'metrics', port: 9090, targetPort: 'metrics' }],
    });
    expect(service.metadata).toMatchObject({ annotations: { a: 'b' }, labels: { c: 'd' } });
  });

  test('can be left out', () => {
    const services = ofKind(render({ metrics: { service: { enabled: false } } }), 'Service');
    expect(services.map(({ metadata }) => metadata.name)).not.toContain('check-toolhive-registry-metrics');
  });
});

describe('names', () => {
  test.each<[values: Values, release: string, name: string]>([
    [{}, 'check', 'check-toolhive-registry'],
    [{}, 'toolhive-registry', 'toolhive-registry'],
    [{ nameOverride: 'catalogs' }, 'check', 'check-catalogs'],
    [{ fullnameOverride: 'catalogs' }, 'check', 'catalogs'],
    [{}, 'a'.repeat(53), `${'a'.repeat(53)}-t`],
  ])('%j of release %s: %s', (values, release, name) => {
    expect(only(render(values, { release }), 'Deployment').metadata.name).toBe(name);
  });

  test('a common label is on every object', () => {
    const objects = render({ commonLabels: { team: 'a' }, replicas: 2 });
    expect(objects.filter(({ metadata }) => metadata.labels?.['team'] !== 'a')).toEqual([]);
  });
});

describe('the ServiceAccount', () => {
  test.each<[values: Values, name: string, made: boolean]>([
    [{}, 'check-toolhive-registry', true],
    [{ serviceAccount: { name: 'mine' } }, 'mine', true],
    [{ serviceAccount: { create: false, name: 'mine' } }, 'mine', false],
    [{ serviceAccount: { create: false } }, 'default', false],
  ])('%j: %s', (values, name, made) => {
    const objects = render(values);
    expect(only(objects, 'Deployment')['spec'].template.spec.serviceAccountName).toBe(name);
    expect(objects.filter(({ kind }) => kind === 'ServiceAccount').map(({ metadata }) => metadata.name)).toEqual(made ? [name] : []);
  });

  test('has annotations, such as those of a cloud', () => {
    const objects = render({ serviceAccount: { annotations: { 'example.com/role': 'r' } } });
    expect(only(objects, 'ServiceAccount').metadata.annotations).toEqual({ 'example.com/role': 'r' });
  });
});
