import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import type { ValidRegistry } from '../resource.ts';
import { renderDeployment } from './deployment.ts';
import { renderNetworkPolicy } from './network-policy.ts';
import { renderConfigMap } from './config-map.ts';
import type { Fields } from './pod-template.ts';
import { renderServiceAccount } from './service-account.ts';
import { renderInternalService, renderService } from './services.ts';
import { validRegistry } from './testing.ts';

const settings = { serverImage: 'registry.example.com/server:1', ui: true };
const renderers: readonly (readonly [string, string, string, (registry: ValidRegistry) => object])[] = [
  ['ConfigMap', 'v1', 'a-config', renderConfigMap],
  ['ServiceAccount', 'v1', 'a-api', renderServiceAccount],
  ['Service', 'v1', 'a-api', renderService],
  ['Service', 'v1', 'a-int', renderInternalService],
  ['NetworkPolicy', 'networking.k8s.io/v1', 'a-int', (registry) => renderNetworkPolicy(registry, { scraperNamespaces: [] })],
  ['Deployment', 'apps/v1', 'a-api', (registry) => renderDeployment(registry, settings)],
];

const LABELS = {
  app: 'mcp-registry-api',
  'toolhive.stacklok.io/registry-name': 'a',
  'app.kubernetes.io/name': 'toolhive-registry-server',
  'app.kubernetes.io/instance': 'a',
  'app.kubernetes.io/component': 'registry-api',
  'app.kubernetes.io/managed-by': 'toolhive-registry-controller',
  'app.kubernetes.io/part-of': 'toolhive-registry',
};
const SELECTOR = { app: 'mcp-registry-api', 'toolhive.stacklok.io/registry-name': 'a' };

/** The rendered pod template, with any additional labels. */
function template(spec: object = {}): { metadata: Fields; spec: Fields } {
  return renderDeployment(validRegistry(spec), settings).spec['template'] as { metadata: Fields; spec: Fields };
}
function container(spec: object = {}): Fields {
  return (template(spec).spec['containers'] as Fields[])[0] ?? {};
}

describe.each(renderers)('%s', (kind, apiVersion, name, render) => {
  test('has kind, name, labels and owner', () => {
    expect(render(validRegistry())).toMatchObject({
      apiVersion,
      kind,
      metadata: {
        name,
        namespace: 'team',
        labels: LABELS,
        ownerReferences: [
          {
            apiVersion: 'toolhive.stacklok.dev/v1alpha1',
            kind: 'MCPRegistry',
            name: 'a',
            uid: 'uid-of-a',
            controller: true,
            blockOwnerDeletion: true,
          },
        ],
      },
    });
  });

  test('has the same bytes for the same spec, whatever the order of its fields', () => {
    const spec = {
      displayName: 'A',
      env: [{ name: 'A', value: '1' }],
      service: { type: 'NodePort', annotations: { x: '1', y: '2' } },
      filter: { names: { include: ['a*'], exclude: ['b*'] } },
      podTemplateSpec: { metadata: { annotations: { x: '1' } }, spec: { nodeSelector: { disk: 'ssd' } } },
    };
    const otherOrder = Object.fromEntries(Object.entries(structuredClone(spec)).reverse());
    expect(JSON.stringify(render(validRegistry(otherOrder)))).toBe(JSON.stringify(render(validRegistry(spec))));
  });
});

describe('ConfigMap', () => {
  const document = (registry: ValidRegistry): unknown => load(renderConfigMap(registry).data?.['spec.yaml'] ?? '');

  test('holds the manifest with defaults and without fields that change by themselves', () => {
    const registry = validRegistry({ displayName: 'A' });
    const { object } = registry;
    expect(
      document({ ...registry, object: { ...object, status: { phase: 'Running' }, metadata: { ...object.metadata, generation: 3 } } }),
    ).toEqual({
      apiVersion: 'toolhive.stacklok.dev/v1alpha1',
      kind: 'MCPRegistry',
      metadata: { name: 'a', namespace: 'team' },
      spec: expect.objectContaining({
        displayName: 'A',
        source: expect.objectContaining({ type: 'configmap', configmap: { name: 'data', key: 'registry.json' } }),
      }),
    });
  });

  test('keeps long lines as they are', () => {
    const long = `${'word '.repeat(30)}end`;
    expect(renderConfigMap(validRegistry({ displayName: long })).data?.['spec.yaml']).toContain(long);
  });
});

describe('ServiceAccount', () => {
  test.each<[string, object, object | undefined]>([
    ['has no token and no pull Secret', {}, undefined],
    ['passes pull Secrets on', { imagePullSecrets: [{ name: 'one' }, { name: 'two' }] }, [{ name: 'one' }, { name: 'two' }]],
  ])('%s', (_, spec, secrets) => {
    const account = renderServiceAccount(validRegistry(spec));
    expect(account.automountServiceAccountToken).toBe(false);
    expect(account.imagePullSecrets).toEqual(secrets);
    expect(template(spec).spec['imagePullSecrets']).toEqual(secrets);
  });
});

describe('Service', () => {
  test.each<[string, object, string, object | undefined]>([
    ['is for the cluster', {}, 'ClusterIP', undefined],
    ['may be of another type', { service: { type: 'LoadBalancer' } }, 'LoadBalancer', undefined],
    ['may have annotations', { service: { annotations: { x: 'y' } } }, 'ClusterIP', { x: 'y' }],
  ])('%s', (_, spec, type, annotations) => {
    const service = renderService(validRegistry(spec));
    expect(service.metadata.annotations).toEqual(annotations);
    expect(service.spec).toEqual({
      type,
      selector: SELECTOR,
      ports: [{ name: 'http', port: 8080, protocol: 'TCP', targetPort: 8080 }],
    });
  });

  test.each<[string, object]>([
    ['by itself', {}],
    ['when the API is for the world', { service: { type: 'LoadBalancer', annotations: { x: 'y' } } }],
  ])('for the internal port is headless and cluster-internal: %s', (_, spec) => {
    const service = renderInternalService(validRegistry(spec));
    expect(service.metadata.annotations).toBeUndefined();
    expect(service.spec).toEqual({
      type: 'ClusterIP',
      clusterIP: 'None',
      selector: SELECTOR,
      ports: [{ name: 'internal', port: 8081, protocol: 'TCP', targetPort: 8081 }],
    });
  });
});

describe('NetworkPolicy', () => {
  const siblings = { podSelector: { matchLabels: SELECTOR } };
  const controllerPods = { namespace: 'system', labels: { app: 'controller' } };
  const controller = {
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'system' } },
    podSelector: { matchLabels: { app: 'controller' } },
  };
  const monitoring = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } };
  test.each<[string, Parameters<typeof renderNetworkPolicy>[1], object[]]>([
    ['sibling pods', { scraperNamespaces: [] }, [siblings]],
    ['the controller', { controllerPods, scraperNamespaces: [] }, [controller, siblings]],
    ['all pods of the scrapers', { controllerPods, scraperNamespaces: ['monitoring'] }, [controller, siblings, monitoring]],
  ])('opens the API to all and the internal port to %s', (_, settings, from) => {
    expect(renderNetworkPolicy(validRegistry(), settings).spec).toEqual({
      podSelector: { matchLabels: SELECTOR },
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ protocol: 'TCP', port: 8080 }] }, { from, ports: [{ protocol: 'TCP', port: 8081 }] }],
    });
  });
});

describe('Deployment', () => {
  test.each([
    [undefined, undefined],
    [1, 1],
    [3, 3],
  ])('with replicas %p has %p', (replicas, expected) => {
    expect(renderDeployment(validRegistry(replicas === undefined ? {} : { replicas }), settings).spec.replicas).toBe(expected);
  });

  test('selects by two labels that never change, and its pods have both', () => {
    expect(renderDeployment(validRegistry(), settings).spec['selector']).toEqual({ matchLabels: SELECTOR });
    expect(template().metadata['labels']).toEqual(LABELS);
  });

  test.each<[string, unknown, object]>([
    ['of the user are kept', { labels: { team: 'x' } }, { ...LABELS, team: 'x' }],
    ['of ours cannot be changed', { labels: { app: 'mine', 'toolhive.stacklok.io/registry-name': 'b' } }, LABELS],
    ['are there where the template has nothing in metadata', null, LABELS],
    ['are there where the template has no labels in metadata', { labels: null }, LABELS],
  ])('labels %s', (_, metadata, labels) => {
    expect(template({ podTemplateSpec: { metadata } }).metadata['labels']).toEqual(labels);
  });

  test('shows browsers the page by default, without an argument', () => {
    const argsWith = (ui: boolean): unknown => {
      const { spec } = renderDeployment(validRegistry(), { ...settings, ui }).spec['template'] as { spec: { containers: Fields[] } };
      return spec.containers[0]?.['args'];
    };
    expect(argsWith(true)).toEqual((argsWith(false) as string[]).filter((arg) => arg !== '--no-ui'));
    expect(argsWith(false)).toContain('--no-ui');
  });

  test.each<[string, object, unknown]>([
    ['the image that the controller was given', {}, settings.serverImage],
    ['the image of podTemplateSpec', { podTemplateSpec: { spec: { containers: [{ name: 'registry-api', image: 'mine:1' }] } } }, 'mine:1'],
  ])('runs %s', (_, spec, image) => {
    expect(container(spec)['image']).toBe(image);
  });

  test.each<[string, object, unknown]>([
    ['none', {}, undefined],
    ['values', { env: [{ name: 'A', value: '1' }] }, [{ name: 'A', value: '1' }]],
    ['an empty value where there is none', { env: [{ name: 'A' }] }, [{ name: 'A', value: '' }]],
    [
      'values from elsewhere',
      { env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }] },
      [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
    ],
  ])('environment: %s', (_, spec, env) => {
    expect(container(spec)['env']).toEqual(env);
  });

  test('is probed at the port that a NetworkPolicy leaves open', () => {
    const probes = ['startupProbe', 'livenessProbe', 'readinessProbe'].map((name) => container()[name]);
    const get = (path: string): object => expect.objectContaining({ httpGet: { path, port: 'http', scheme: 'HTTP' } });
    expect(probes).toEqual([get('/health'), get('/health'), get('/readiness')]);
  });

  test('starts with what the ready pods of its registry serve', () => {
    expect(container()['args']).toContain('--seed-from=http://a-int:8081');
  });

  test('mounts each source ConfigMap as a separate optional file', () => {
    const sources = [
      { name: 'one', configmap: { name: 'data', key: 'a.json' } },
      { name: 'two', configmap: { name: 'data', key: 'b.json' } },
      { name: 'three', configmap: { name: 'other' } },
      { name: 'four', type: 'file', file: { path: '/mnt/servers.json' } },
    ];
    const item = (name: string, key: string, path: string): object => ({ configMap: { name, items: [{ key, path }], optional: true } });
    expect(template({ source: undefined, sources }).spec['volumes']).toEqual([
      { name: 'config', configMap: { name: 'a-config' } },
      {
        name: 'sources',
        projected: {
          sources: [
            item('data', 'a.json', 'one/a.json'),
            item('data', 'b.json', 'two/b.json'),
            item('other', 'registry.json', 'three/registry.json'),
          ],
        },
      },
      { name: 'deployed', configMap: { name: 'a-deployed', optional: true } },
      { name: 'data', emptyDir: {} },
    ]);
  });

  test('an edit of the catalog changes no pod', () => {
    const before = JSON.stringify(template());
    const edit = {
      displayName: 'B',
      filter: { names: { include: ['x*'] } },
      syncPolicy: { interval: '5m' },
      service: { type: 'NodePort' },
    };
    expect(JSON.stringify(template(edit))).toBe(before);
  });

  test('meets the restricted pod security standard', () => {
    expect(template().spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
    });
    expect(container()['securityContext']).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });
});
