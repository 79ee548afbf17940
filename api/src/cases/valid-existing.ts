import { withSpec, type ValidCase } from './case.ts';

/** Manifests from the project's founding documents, and those that ToolHive's users already have. */
export const validExisting: readonly ValidCase[] = [
  {
    name: 'seed 001, verbatim: the other group, a url source and the format at the spec',
    manifest: {
      ...withSpec(
        {
          displayName: 'MCP Community Registry',
          format: 'upstream',
          source: { type: 'url', url: 'https://github.com/modelcontextprotocol/registry/raw/main/registry.json' },
        },
        { name: 'upstream-community', namespace: 'toolhive-system' },
      ),
      apiVersion: 'toolhive.stacklok.io/v1alpha1',
    },
  },
  {
    name: 'seed 002: the full example, with retry policy and the short filter',
    manifest: withSpec(
      {
        displayName: 'Production MCP Server Registry',
        source: {
          type: 'configmap',
          format: 'toolhive',
          configmap: { name: 'registry-data', namespace: 'toolhive-system', key: 'registry.json' },
        },
        syncPolicy: {
          type: 'automatic',
          interval: '1h',
          retryPolicy: { maxAttempts: 3, backoffInterval: '30s', backoffMultiplier: '2.0' },
        },
        filter: { include: ['*'], exclude: ['deprecated-*'], tags: { include: ['production'], exclude: ['experimental'] } },
      },
      { name: 'production-registry', namespace: 'toolhive-system' },
    ),
  },
  {
    name: 'seed 003: basic',
    manifest: withSpec(
      {
        displayName: 'Production MCP Registry',
        enforceServers: true,
        source: { type: 'configmap', configmap: { name: 'production-registry-data', key: 'registry.json' } },
      },
      { name: 'production-registry', namespace: 'production' },
    ),
  },
  {
    name: 'seed 003: filtered',
    manifest: withSpec(
      {
        displayName: 'Security Tools Registry',
        enforceServers: true,
        source: { type: 'configmap', configmap: { name: 'master-registry-data', key: 'registry.json' } },
        filter: { tags: { include: ['security', 'vulnerability'] }, names: { exclude: ['*-experimental'] } },
      },
      { name: 'security-registry', namespace: 'production' },
    ),
  },
  {
    name: 'seed 003: auto-sync',
    manifest: withSpec(
      {
        displayName: 'Development Registry',
        enforceServers: false,
        source: { type: 'configmap', configmap: { name: 'dev-registry-data', key: 'registry.json' } },
        syncPolicy: { interval: '1h' },
      },
      { name: 'auto-sync-registry', namespace: 'production' },
    ),
  },
  {
    name: 'seed 000: interval and tags',
    manifest: withSpec({
      source: { type: 'configmap', configmap: { name: 'minimal-registry-data' } },
      syncPolicy: { interval: '30m' },
      filter: { tags: { include: ['database', 'production'], exclude: ['experimental', 'deprecated', 'beta'] } },
    }),
  },
  { name: 'ToolHive: configmap, everything defaulted', manifest: withSpec({ source: { configmap: { name: 'data' } } }) },
  {
    name: 'ToolHive: configmap with format toolhive',
    manifest: withSpec({ source: { type: 'configmap', format: 'toolhive', configmap: { name: 'data', key: 'custom_key.json' } } }),
  },
  {
    name: 'ToolHive: git branch',
    manifest: withSpec({
      source: {
        type: 'git',
        format: 'toolhive',
        git: { repository: 'https://github.com/stacklok/toolhive.git', branch: 'main', path: 'pkg/registry/data/registry.json' },
      },
      syncPolicy: { interval: '1h30m' },
    }),
  },
  {
    name: 'ToolHive: git tag',
    manifest: withSpec({ source: { type: 'git', git: { repository: 'git@github.com:stacklok/toolhive.git', tag: 'v0.3.5' } } }),
  },
  {
    name: 'ToolHive: git commit',
    manifest: withSpec({
      source: {
        type: 'git',
        git: { repository: 'ssh://git@github.com/stacklok/toolhive.git', commit: '836d2e7130a1b2c3d4e5f60718293a4b5c6d7e8f' },
      },
    }),
  },
  {
    name: 'ToolHive: git from a folder, absolute path in the repository',
    manifest: withSpec({ source: { type: 'git', git: { repository: 'file:///srv/git/catalog.git', path: '/registry.json' } } }),
  },
  {
    name: 'ToolHive: api',
    manifest: withSpec({
      source: { type: 'api', format: 'toolhive', api: { endpoint: 'http://registry.example.com/api' } },
      syncPolicy: { interval: '24h' },
    }),
  },
  {
    name: 'ToolHive: labels, annotations, a manual sync and names',
    manifest: withSpec(
      {
        source: { type: 'configmap', configmap: { name: 'data' } },
        filter: { names: { include: ['io.github.*'], exclude: ['[x-z]*', '?'] } },
      },
      {
        labels: { 'app.kubernetes.io/name': 'catalog' },
        annotations: { 'toolhive.stacklok.dev/sync-trigger': '20250924200000' },
        finalizers: ['mcpregistry.toolhive.stacklok.dev/finalizer'],
      },
    ),
  },
];
