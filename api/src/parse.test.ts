import { expect, test } from '@jest/globals';
import { formatIssue, parseMCPRegistry, type MCPRegistryInput, type ParseOptions } from './index.ts';

const manifest = {
  apiVersion: 'toolhive.stacklok.dev/v1alpha1',
  kind: 'MCPRegistry',
  metadata: { name: 'production' },
  spec: { source: { configmap: { name: 'catalog' } } },
} satisfies MCPRegistryInput;

function issuesOf(value: unknown, options?: ParseOptions): string[] {
  const result = parseMCPRegistry(value, options);
  return result.ok ? [] : result.issues.map(formatIssue);
}

test('defaults are applied', () => {
  expect(parseMCPRegistry(manifest)).toEqual({
    ok: true,
    registry: {
      ...manifest,
      spec: {
        source: { type: 'configmap', configmap: { name: 'catalog', key: 'registry.json' } },
        validation: 'lenient',
        enforceServers: false,
        enforcementMode: 'enforce',
      },
    },
  });
});

test.each([
  ['nothing', undefined, 'is not an MCPRegistry; write apiVersion: toolhive.stacklok.dev/v1alpha1 and kind: MCPRegistry'],
  ['a list', [manifest], 'is not an MCPRegistry; write apiVersion'],
  ['another kind', { ...manifest, kind: 'ConfigMap' }, 'kind: must be MCPRegistry (got "ConfigMap")'],
  [
    'another version',
    { ...manifest, apiVersion: 'toolhive.stacklok.io/v1' },
    'apiVersion: must be toolhive.stacklok.dev/v1alpha1 or toolhive.stacklok.io/v1alpha1 (got "toolhive.stacklok.io/v1")',
  ],
  ['no name', { ...manifest, metadata: {} }, 'metadata.name: Required value: is missing; add it'],
  ['no metadata', { ...manifest, metadata: undefined }, 'metadata: Required value: is missing; add it'],
  ['an unknown field at the top', { ...manifest, specs: {} }, 'specs: unknown field "specs"; did you mean "spec"?'],
  [
    'an unknown field of metadata',
    { ...manifest, metadata: { name: 'a', label: {} } },
    'unknown field "metadata.label"; did you mean "labels"?',
  ],
  [
    'a misspelt field',
    { ...manifest, spec: { ...manifest.spec, sorce: {} } },
    'spec.sorce: unknown field "spec.sorce"; did you mean "source"?',
  ],
  [
    'a field in other letters',
    { ...manifest, spec: { source: { configMap: {} } } },
    'unknown field "spec.source.configMap"; did you mean "configmap"?',
  ],
  ['an unknown field in the status', { ...manifest, status: { syncStatus: {} } }, 'unknown field "status.syncStatus"'],
])('%s is refused', (_, value, message) => {
  expect(issuesOf(value).join('\n')).toContain(message);
});

const toolhives = {
  v1beta1: 'toolhive.stacklok.dev/v1beta1',
  source: (block: object): object => ({
    sources: [
      { name: 'a', configmap: { name: 'x' } },
      { name: 'b', ...block },
    ],
  }),
};

test.each<[string, object, string]>([
  ['v1beta1', { apiVersion: toolhives.v1beta1, spec: { displayName: 'a', volumes: [] } }, 'apiVersion'],
  ['v1beta1 with our fields', { apiVersion: toolhives.v1beta1 }, 'apiVersion'],
  ['a version that is yet to come', { apiVersion: 'toolhive.stacklok.dev/v1beta2' }, 'apiVersion'],
  ['configYAML', { spec: { configYAML: 'sources: []', volumes: [] } }, 'spec.configYAML'],
  ['configYAML in v1beta1', { apiVersion: toolhives.v1beta1, spec: { configYAML: 'sources: []' } }, 'spec.configYAML'],
  ['registries', { spec: { registries: [{ name: 'a', git: {} }] } }, 'spec.registries'],
  ['a database', { spec: { ...manifest.spec, databaseConfig: {} } }, 'spec.databaseConfig'],
  ['OAuth', { spec: { ...manifest.spec, authConfig: { mode: 'oauth' } } }, 'spec.authConfig'],
  ['telemetry', { spec: { ...manifest.spec, telemetryConfig: {} } }, 'spec.telemetryConfig'],
  ['a pgpass file', { spec: { ...manifest.spec, pgpassSecretRef: {} } }, 'spec.pgpassSecretRef'],
  ['a ConfigMap of a source', { spec: toolhives.source({ configMapRef: {} }) }, 'spec.sources[1].configMapRef'],
  ['a volume of a source', { spec: toolhives.source({ pvcRef: {} }) }, 'spec.sources[1].pvcRef'],
  ['a managed source', { spec: toolhives.source({ managed: {} }) }, 'spec.sources[1].managed'],
  ['a source of running servers', { spec: toolhives.source({ kubernetes: {} }) }, 'spec.sources[1].kubernetes'],
  ['claims', { spec: toolhives.source({ claims: {} }) }, 'spec.sources[1].claims'],
])("a manifest for ToolHive's registry server with %s gets no other issue", (_, fields, path) => {
  const [first = '', ...more] = issuesOf({ ...manifest, ...fields });
  expect(more).toEqual([]);
  expect(first).toMatch(new RegExp(`^${RegExp.escape(path)}: .*ToolHive's own registry server.*\`toolhive-registry migrate -f FILE\``));
});

test.each<[string, object]>([
  ['of ours', { spec: { ...manifest.spec, registry: {} } }],
  ['with an empty field of that name', { spec: { configYAML: null, sorce: {} } }],
  ['of another kind', { apiVersion: toolhives.v1beta1, kind: 'MCPServer', spec: { configYAML: '' } }],
])("a broken manifest %s is not mistaken for one of ToolHive's", (_, fields) => {
  expect(issuesOf({ ...manifest, ...fields }).join('\n')).not.toContain('migrate');
});

test('in objects of other versions such a field is dropped like any other', () => {
  const result = parseMCPRegistry({ ...manifest, spec: { ...manifest.spec, registries: [] } }, { unknownFields: 'ignore' });
  expect(result.ok).toBe(true);
});

test('all faults are reported at once', () => {
  const issues = issuesOf({ ...manifest, spec: { source: { type: 'git' }, replicas: 0, filtre: {} } });
  expect(issues).toEqual([
    expect.stringContaining('unknown field "spec.filtre"; did you mean "filter"?'),
    expect.stringContaining("spec.source.git: type is 'git' but the block 'git' is missing"),
    'spec.replicas: must be at least 1 (got 0)',
  ]);
});

test('unknown fields can be ignored and are dropped', () => {
  const result = parseMCPRegistry({ ...manifest, spec: { ...manifest.spec, later: true } }, { unknownFields: 'ignore' });
  expect(result.ok && 'later' in result.registry.spec).toBe(false);
  expect(result.ok).toBe(true);
});

test('a status that this version does not understand counts as absent', () => {
  const result = parseMCPRegistry({ ...manifest, status: { phase: 'Syncing', message: 'x' } });
  expect(result.ok && result.registry.status).toBeUndefined();
  expect(result.ok).toBe(true);
});

test('what kubectl get -o yaml prints is accepted', () => {
  const metadata = {
    name: 'production',
    namespace: 'default',
    uid: 'u',
    resourceVersion: '1',
    generation: 2,
    creationTimestamp: '2026-01-01T00:00:00Z',
    managedFields: [{ manager: 'kubectl' }],
    annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' },
    labels: null,
  };
  expect(issuesOf({ ...manifest, metadata })).toEqual([]);
});

test('keys of the prototype are data', () => {
  const spec = JSON.parse(
    '{"source":{"configmap":{"name":"a"}},"__proto__":{"replicas":3},"podTemplateSpec":{"__proto__":{"x":1}}}',
  ) as unknown;
  expect(issuesOf({ ...manifest, spec })).toEqual([expect.stringContaining('unknown field "spec.__proto__"')]);
});

test('credentials and values of variables are not repeated in messages', () => {
  const source = { type: 'git', git: { repository: 'https://user:hunter2@example.com/a b' } };
  const env = [
    { name: 'TOKEN', value: 'hunter2'.repeat(10_000) },
    { name: 'PIN', value: 4711 },
  ];
  const text = issuesOf({ ...manifest, spec: { source, env } }).join('\n');
  expect(text).toContain('spec.env[0].value');
  expect(text).toContain('spec.env[1].value');
  expect(text).toContain('https://***@example.com');
  expect(text).not.toMatch(/hunter2|4711/u);
});

test('ten thousand unknown fields are truncated quickly', () => {
  const spec = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`field${index}`.repeat(20), 1]));
  const started = performance.now();
  const issues = issuesOf({ ...manifest, spec });
  expect(issues).toHaveLength(101);
  expect(issues.at(-1)).toContain('more faults');
  expect(performance.now() - started).toBeLessThan(5000);
});
