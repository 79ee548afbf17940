import { describe, expect, test } from '@jest/globals';
import { load } from 'js-yaml';
import type { RegistryDefaults } from './defaults.ts';
import { renderObjects } from './objects.ts';
import { validRegistry } from './testing.ts';

const ALL: RegistryDefaults = {
  imagePullSecrets: ['mirror'],
  resources: { limits: { memory: '1Gi' } },
  syncInterval: '30m',
  env: { LOG_LEVEL: 'debug', HTTPS_PROXY: 'http://proxy:3128' },
};

/** A part of an object, wherever it is. */
type Part = Readonly<Record<string, unknown>>;

/** What a registry is made of, by kind and name. */
function objects(spec: object, defaults?: RegistryDefaults): Record<string, Part> {
  const settings = { pods: { serverImage: 'registry.example.com/server:1', ui: true }, installation: 'system/r', defaults };
  const rendered = renderObjects(validRegistry(spec), { replicas: 1 }, settings);
  return Object.fromEntries(rendered.map(({ object }) => [`${object.kind} ${object.metadata.name}`, object as unknown as Part]));
}

/** The pods' template, and the registry server's container in it. */
function pod(spec: object, defaults?: RegistryDefaults): { readonly template: Part; readonly container: Part } {
  const deployment = objects(spec, defaults)['Deployment a-api'] as { spec: { template: { spec: Part & { containers: Part[] } } } };
  const template = deployment.spec.template.spec;
  return { template, container: template.containers[0] ?? {} };
}

/** The spec that the server reads. */
function served(spec: object, defaults: RegistryDefaults): Part {
  const { data } = objects(spec, defaults)['ConfigMap a-config'] as unknown as { data: Record<string, string> };
  return (load(data['spec.yaml'] ?? '') as { spec: Part }).spec;
}

const git = { type: 'git', git: { repository: 'https://example.com/r.git', path: 'a.json' } };

test.each<[string, object]>([
  ['a ConfigMap', {}],
  ['another place', { source: git }],
  ['another place, with everything said', { source: git, syncPolicy: { type: 'manual' }, env: [{ name: 'A', value: '1' }] }],
])('without defaults a registry with %s is rendered as before: nothing rolls', (_, spec) => {
  expect(objects(spec, {})).toEqual(objects(spec));
  expect(objects(spec, { imagePullSecrets: [], env: {} })).toEqual(objects(spec));
});

describe('an empty spec inherits', () => {
  test('pull Secrets, in the pods and their account', () => {
    expect(pod({}, ALL).template['imagePullSecrets']).toEqual([{ name: 'mirror' }]);
    expect(objects({}, ALL)['ServiceAccount a-api']?.['imagePullSecrets']).toEqual([{ name: 'mirror' }]);
  });

  test('variables', () => {
    expect(pod({}, ALL).container['env']).toEqual([
      { name: 'LOG_LEVEL', value: 'debug' },
      { name: 'HTTPS_PROXY', value: 'http://proxy:3128' },
    ]);
  });

  test('resources, all of them', () => {
    expect(pod({}, ALL).container['resources']).toEqual({ limits: { memory: '1Gi' } });
  });

  test("none of this in the server's configuration, and no interval for watched sources", () => {
    expect(served({}, ALL)).toEqual(served({}, {}));
  });
});

describe('the spec wins for', () => {
  test('its pull Secrets', () => {
    const spec = { imagePullSecrets: [{ name: 'own' }] };
    expect(pod(spec, ALL).template['imagePullSecrets']).toEqual([{ name: 'own' }]);
  });

  test('each of its variables', () => {
    const own = { name: 'LOG_LEVEL', value: 'warn' };
    expect(pod({ env: [own] }, ALL).container['env']).toEqual([{ name: 'HTTPS_PROXY', value: 'http://proxy:3128' }, own]);
  });

  test('resources and variables in podTemplateSpec', () => {
    const container = { name: 'registry-api', resources: { limits: { memory: '2Gi' } }, env: [{ name: 'LOG_LEVEL', value: 'error' }] };
    const { container: merged } = pod({ podTemplateSpec: { spec: { containers: [container] } } }, ALL);
    expect(merged['resources']).toEqual({ limits: { memory: '2Gi' } });
    expect(merged['env']).toEqual([
      { name: 'LOG_LEVEL', value: 'error' },
      { name: 'HTTPS_PROXY', value: 'http://proxy:3128' },
    ]);
  });
});

describe('the interval', () => {
  const inherited = { type: 'automatic', interval: '30m' };
  const own = { type: 'automatic', interval: '1h' };

  test.each<[what: string, spec: object, expected: object]>([
    ['is that of a source elsewhere', { source: git }, { source: { syncPolicy: inherited } }],
    [
      'applies to each source without its own policy, except ConfigMaps',
      {
        source: undefined,
        sources: [
          { name: 'a', ...git },
          { name: 'b', ...git, syncPolicy: own },
          { name: 'c', type: 'url', url: 'https://example.com/a.json' },
          { name: 'd', type: 'api', api: { endpoint: 'https://example.com' } },
          { name: 'e', type: 'configmap', configmap: { name: 'x' } },
        ],
      },
      {
        sources: [
          { syncPolicy: inherited },
          { syncPolicy: own },
          { syncPolicy: inherited },
          { syncPolicy: inherited },
          { type: 'configmap' },
        ],
      },
    ],
    ['gives way to a policy of the registry', { source: git, syncPolicy: own }, { syncPolicy: own, source: { type: 'git' } }],
    ['gives way to a manual one', { source: git, syncPolicy: { type: 'manual' } }, { syncPolicy: { type: 'manual' } }],
  ])('%s', (_, spec, expected) => {
    expect(served(spec, ALL)).toMatchObject(expected);
  });

  test('rolls no pods', () => {
    expect(pod({ source: git }, { syncInterval: '30m' })).toEqual(pod({ source: git }, { syncInterval: '1h' }));
    expect(served({ source: git }, { syncInterval: '30m' })).not.toEqual(served({ source: git }, { syncInterval: '1h' }));
  });
});
