import { expect, test } from '@jest/globals';
import {
  checkBeyondSchema,
  fieldsWithoutEffect,
  type Place,
  normalizedSources,
  parseMCPRegistry,
  syncSchedule,
  toSpecDocument,
  type MCPRegistry,
} from './index.ts';

function registryOf(spec: unknown, metadata: Readonly<Record<string, unknown>> = {}): MCPRegistry {
  const result = parseMCPRegistry({
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name: 'a', namespace: 'prod', ...metadata },
    spec,
  });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.registry;
}

const source = { configmap: { name: 'catalog' } };

test('one source is named default and takes the format of the spec', () => {
  expect(normalizedSources(registryOf({ format: 'upstream', source }))).toEqual([
    { name: 'default', type: 'configmap', configmap: { name: 'catalog', key: 'registry.json' }, format: 'upstream', timeoutMs: 30_000 },
  ]);
});

test.each<[Place, string[], object]>([
  ['cluster', [], { source, replicas: 2 }],
  ['cluster', [], { source, enforceServers: true }],
  ['laptop', ['spec.enforceServers'], { source, enforceServers: true }],
  ['cluster', [], { source, expose: { host: 'a.example.com' } }],
  ['laptop', ['spec.expose'], { source, expose: { host: 'a.example.com' } }],
  ['laptop', [], { source, syncPolicy: { interval: '1h', maxRemovedPercent: 10 } }],
])('fields that have no effect in a %s: %j', (place, fields, spec) => {
  expect(fieldsWithoutEffect(registryOf(spec), place)).toEqual(fields);
});

test.each([
  ['api', { type: 'api', api: { endpoint: 'https://a.b' } }],
  ['api in a registry', { type: 'registry', api: { endpoint: 'https://a.b' } }],
  ['registry', { type: 'registry', registry: { endpoint: 'https://a.b' } }],
])('%s becomes a registry', (_, written) => {
  expect(normalizedSources(registryOf({ source: written }))).toMatchObject([
    { type: 'registry', registry: { endpoint: 'https://a.b' }, format: 'auto' },
  ]);
});

test.each([
  ['branch', { branch: 'main' }, { kind: 'branch', name: 'main' }],
  ['tag', { tag: 'v1' }, { kind: 'tag', name: 'v1' }],
  ['commit', { commit: '0123456789' }, { kind: 'commit', name: '0123456789' }],
  ['no ref', {}, undefined],
])('git with %s', (_, revision, ref) => {
  const git = { repository: 'https://a.b/c', path: '/dir/registry.json', ...revision };
  const [normalized] = normalizedSources(registryOf({ source: { type: 'git', git, timeout: '1m' } }));
  expect(normalized).toMatchObject({ type: 'git', timeoutMs: 60_000 });
  expect(normalized?.type === 'git' && normalized.git).toEqual({
    repository: 'https://a.b/c',
    path: 'dir/registry.json',
    ...(ref && { ref }),
  });
});

test('filters and policies of registry and source stay separate, the short form becomes names', () => {
  const sources = [
    { name: 'a', ...source, filter: { tags: { include: ['t'] } }, syncPolicy: { interval: '1m' } },
    { name: 'b', ...source },
  ];
  const filter = { include: ['x'], names: { include: ['y'] }, exclude: ['z'] };
  const [a, b] = normalizedSources(registryOf({ sources, filter, syncPolicy: { type: 'manual' } }));
  const registryFilter = { names: { include: ['y', 'x'], exclude: ['z'] }, tags: { include: [], exclude: [] } };
  expect(a).toMatchObject({
    registryFilter,
    sourceFilter: { names: { include: [], exclude: [] }, tags: { include: ['t'], exclude: [] } },
    registrySyncPolicy: { type: 'manual' },
    sourceSyncPolicy: { type: 'automatic', interval: '1m' },
  });
  expect(b).toMatchObject({ registryFilter });
  expect(b).not.toHaveProperty('sourceFilter');
});

test.each([
  ['absent: every five minutes without end', undefined, { retry: { backoffMs: 300_000, multiplier: 1 } }],
  [
    'automatic',
    { interval: '1h', maxRemovedPercent: 50 },
    { intervalMs: 3_600_000, maxRemovedPercent: 50, retry: { backoffMs: 300_000, multiplier: 1 } },
  ],
  ['manual with an interval', { type: 'manual', interval: '1h' }, { retry: { backoffMs: 300_000, multiplier: 1 } }],
  [
    'retry defaults',
    { interval: '5s', retryPolicy: {} },
    { intervalMs: 5000, retry: { maxAttempts: 3, backoffMs: 30_000, multiplier: 2 } },
  ],
  [
    'a multiplier as a number',
    { type: 'manual', retryPolicy: { backoffMultiplier: 1.5 } },
    { retry: { maxAttempts: 3, backoffMs: 30_000, multiplier: 1.5 } },
  ],
])('a policy in milliseconds: %s', (_, syncPolicy, schedule) => {
  expect(syncSchedule(registryOf({ source, syncPolicy }).spec.syncPolicy)).toEqual(schedule);
});

test.each([
  [
    'another namespace',
    { source: { configmap: { name: 'a', namespace: 'other' } } },
    'spec.source.configmap.namespace',
    "own namespace 'prod'",
  ],
  [
    'a relative file in a pod',
    { sources: [{ name: 'a', type: 'file', file: { path: 'a.json' } }] },
    'spec.sources[0].file.path',
    'absolute path in the pod',
  ],
])('beyond the schema: %s', (_, spec, path, message) => {
  expect(checkBeyondSchema(registryOf(spec))).toEqual([expect.objectContaining({ path, message: expect.stringContaining(message) })]);
});

test("a relative file is fine on a laptop, as is the registry's own namespace", () => {
  const sources = [
    { name: 'a', type: 'file', file: { path: 'a.json' } },
    { name: 'b', configmap: { name: 'b', namespace: 'prod' } },
  ];
  expect(checkBeyondSchema(registryOf({ sources }), { on: 'laptop' })).toEqual([]);
});

test('the document for spec.yaml holds what the server needs and nothing that changes by itself', () => {
  const annotations = {
    other: 'x',
    'toolhive.stacklok.dev/sync-trigger': '2',
    'toolhive.stacklok.dev/sync-source': 'team,partner',
    'toolhive.stacklok.dev/rollback-to': 'abc',
  };
  const registry = registryOf(
    { source, podTemplateSpec: { spec: { b: 1, a: [null, { d: 1, c: 2 }] } } },
    { annotations, resourceVersion: '7' },
  );
  expect(JSON.stringify(toSpecDocument(registry))).toBe(
    JSON.stringify({
      apiVersion: 'toolhive.stacklok.dev/v1alpha1',
      kind: 'MCPRegistry',
      metadata: {
        name: 'a',
        namespace: 'prod',
        annotations: {
          'toolhive.stacklok.dev/rollback-to': 'abc',
          'toolhive.stacklok.dev/sync-source': 'team,partner',
          'toolhive.stacklok.dev/sync-trigger': '2',
        },
      },
      spec: {
        enforceServers: false,
        enforcementMode: 'enforce',
        podTemplateSpec: { spec: { a: [null, { c: 2, d: 1 }], b: 1 } },
        source: { configmap: { key: 'registry.json', name: 'catalog' }, type: 'configmap' },
        validation: 'lenient',
      },
    }),
  );
  expect(toSpecDocument(registryOf({ source })).metadata).toEqual({ name: 'a', namespace: 'prod' });
  const empty = registryOf({ source }, { annotations: { 'toolhive.stacklok.dev/sync-source': '' } });
  expect(toSpecDocument(empty).metadata).toEqual({ name: 'a', namespace: 'prod' });
});
