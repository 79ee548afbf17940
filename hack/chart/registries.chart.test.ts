import { describe, expect, test } from '@jest/globals';
import { groups, maxNameLength, names, registryOfConfigMap } from '@toolhive-registry/api';
import { nameOf, ofKind, only, refusal, render, renderText, type RenderOptions, type Rendered, type Values } from './render.ts';

const FILE = '{"servers": {}}';
const URL_SOURCE = { type: 'url', url: 'https://example.com/registry.json' };
const read = (key?: string): Values => ({ configmap: { name: 'team-catalog', ...(key === undefined ? {} : { key }) } });

const registries = (fields: Values, values: Values = {}): Values => ({ ...values, registries: fields });
const team = (fields: Values, values: Values = {}): Values => registries({ team: fields }, values);
const registry = (values: Values, options: RenderOptions = {}): Rendered => only(render(values, options), 'MCPRegistry');

describe('what a release creates', () => {
  test('is nothing by itself', () => {
    expect(ofKind(render(), 'MCPRegistry')).toEqual([]);
    expect(ofKind(render(), 'ConfigMap')).toEqual([]);
  });

  test('is a registry and the ConfigMap of its file, which is its source, in the namespace of the release', () => {
    const objects = render(team({ files: { 'registry.json': FILE } }));
    expect(only(objects, 'MCPRegistry')).toMatchObject({
      apiVersion: 'toolhive.stacklok.dev/v1alpha1',
      metadata: { name: 'team', namespace: 'system' },
      spec: { source: { configmap: { name: 'team-catalog', key: 'registry.json' } } },
    });
    expect(only(objects, 'ConfigMap')).toMatchObject({
      metadata: { name: 'team-catalog', namespace: 'system' },
      data: { 'registry.json': FILE },
    });
  });

  test('is nothing where a later values file takes a registry away', () => {
    expect(ofKind(render(registries({ team: null })), 'MCPRegistry')).toEqual([]);
  });

  test('keeps the rest of a spec that names no source', () => {
    const { spec } = registry(team({ files: { 'own.yaml': 'servers: {}\n' }, spec: { replicas: 2 } }));
    expect(spec).toEqual({ replicas: 2, source: { configmap: { name: 'team-catalog', key: 'own.yaml' } } });
  });

  test.each<[string, Values]>([
    ['one source', { spec: { source: URL_SOURCE } }],
    ['several', { files: { a: 'x', b: 'y' }, spec: { sources: [read('a'), read('b'), URL_SOURCE] } }],
    ['the default key', { files: { 'registry.json': 'x' }, spec: { source: read() } }],
    ['any pod template', { spec: { source: URL_SOURCE, podTemplateSpec: { spec: { hostAliases: [{ ip: '1.2.3.4' }] } } } }],
    ['labels of a Service', { spec: { source: URL_SOURCE, service: { annotations: { any: 'x' } } } }],
  ])('has the spec as it is written: %s', (_, fields) => {
    expect(registry(team(fields))['spec']).toEqual(fields['spec']);
  });

  test('is several registries, in their namespaces', () => {
    const objects = render(registries({ b: { spec: { source: URL_SOURCE }, namespace: 'other' }, a: { files: { f: 'x' } } }));
    const made = objects.filter(({ kind }) => ['MCPRegistry', 'ConfigMap'].includes(kind)).map(nameOf);
    expect(made.sort()).toEqual(['ConfigMap system/a-catalog', 'MCPRegistry other/b', 'MCPRegistry system/a']);
  });

  test('has the labels of the chart and its own, and its annotations, on both objects', () => {
    const own = { labels: { team: 'blue' }, annotations: { 'helm.sh/resource-policy': 'keep' } };
    const objects = render(team({ files: { f: 'x' }, ...own }, { commonLabels: { all: 'y' } }));
    for (const kind of ['MCPRegistry', 'ConfigMap'])
      expect(only(objects, kind).metadata).toMatchObject({
        labels: { team: 'blue', all: 'y', 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/component': 'catalog' },
        annotations: own.annotations,
      });
  });

  test('has a ConfigMap that no registry owns', () => {
    expect(registryOfConfigMap(only(render(team({ files: { f: 'x' } })), 'ConfigMap').metadata.name)).toBeUndefined();
  });

  test('keeps the bytes of a file', () => {
    const file = '{\n  "a": "{{ .Values }} \\u00e9 é",\n\t"n": 12345678901234567890.10\n}\n\n';
    expect(only(render(team({ files: { 'registry.json': file } })), 'ConfigMap')['data']).toEqual({ 'registry.json': file });
  });
});

describe('the group', () => {
  const TOOLHIVE = { apiVersions: ['toolhive.stacklok.dev/v1beta1/MCPRegistry'] };

  test.each<[group: string, fields: Values, options: RenderOptions]>([
    [groups[0], {}, {}],
    [groups[1], {}, TOOLHIVE],
    [groups[1], { group: groups[1] }, {}],
    [groups[0], { group: groups[0] }, TOOLHIVE],
  ])('is %s: %j, %j', (group, fields, options) => {
    expect(registry(team({ spec: { source: URL_SOURCE }, ...fields }), options)['apiVersion']).toBe(`${group}/v1alpha1`);
  });
});

describe('namespaced mode', () => {
  const watch = (...watchNamespaces: string[]): Values => ({ rbac: { scope: 'namespaces', watchNamespaces } });
  const fields = { spec: { source: URL_SOURCE } };

  test.each<[namespace: string, values: Values]>([
    ['system', team(fields, watch())],
    ['system', team(fields, watch('system', 'b'))],
    ['b', team({ ...fields, namespace: 'b' }, watch('a', 'b'))],
  ])('puts it into a watched namespace, %s: %j', (namespace, values) => {
    expect(registry(values).metadata.namespace).toBe(namespace);
  });

  test('refuses it where the controller does not watch', () => {
    expect(refusal(team(fields, watch('a', 'b')))).toContain(
      'registries.team would be in namespace system, which the controller does not watch; set registries.team.namespace to one of rbac.watchNamespaces (a, b), or add it there',
    );
  });
});

describe('what cannot work is refused', () => {
  const tooLong = 'a'.repeat(maxNameLength + 1);
  const RULE = "a registry's name starts with a lower-case letter";
  const source = { spec: { source: URL_SOURCE } };

  test.each<[why: string, values: Values]>([
    ['registries.team has no source; set registries.team.spec.source, or bring a file', team({})],
    ['registries.team has no source', team({ spec: { displayName: 'Team' } })],
    [`registries.${tooLong}: ${RULE}`, registries({ [tooLong]: source })],
    [`registries.Team: ${RULE}`, registries({ Team: source })],
    [`registries.a.b: ${RULE}`, registries({ 'a.b': source })],
    ['registries.team.files has a, b, and nothing says which of them wins', team({ files: { b: 'x', a: 'x' } })],
    ['no source reads registries.team.files, file b', team({ files: { a: 'x', b: 'x' }, spec: { source: read('a') } })],
    ['no source reads registries.team.files, file a', team({ files: { a: 'x' }, spec: { source: URL_SOURCE } })],
    [
      'reads file registry.json of ConfigMap team-catalog, and registries.team.files has no such file; it has a',
      team({ files: { a: 'x' }, spec: { sources: [read('a'), read()] } }),
    ],
    ['registries.team.files has 900001 bytes, and a ConfigMap holds 1 MiB at most', team({ files: { a: 'é'.repeat(450_000) + 'x' } })],
    ['registries.team.spec.replica is not a field of an MCPRegistry', team({ spec: { source: URL_SOURCE, replica: 2 } })],
    ['registries.team.spec.source.ur is not a field', team({ spec: { source: { ur: 'x' } } })],
    ['registries.team.spec.sources[1].git.repo is not a field', team({ spec: { sources: [URL_SOURCE, { git: { repo: 'x' } }] } })],
    ['group', team({ ...source, group: 'example.com' })],
    ['namespace', team({ ...source, namespace: 'A' })],
    ['files', team({ files: { 'registry.json': { servers: {} } } })],
    ["'a/b' does not match pattern", team({ files: { 'a/b': 'x' } })],
  ])('%s', (why, values) => {
    expect(refusal(values)).toContain(why);
  });

  test('the longest name is taken', () => {
    const longest = 'a'.repeat(maxNameLength);
    expect(registry(registries({ [longest]: source })).metadata.name).toBe(longest);
    expect(names.api(longest)).toHaveLength(63);
  });
});

test('a registry of the values changes nothing else but what is tested of a release', () => {
  const own = /^---\n# Source: toolhive-registry\/templates\/(?:registries|release-test)\.yaml\n(?:(?!---$).*\n)*/gm;
  const others = (values: Values): string => renderText(values).replaceAll(own, '');
  expect(others(team({ files: { f: 'x' } }))).toBe(others({}));
  expect(others({})).toContain('kind: Deployment');
});
