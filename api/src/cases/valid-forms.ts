import { source, specCase, withSpec, type ValidCase } from './case.ts';

/** Every field in one manifest per exclusive choice, and the edges of every bound. */
export const validForms: readonly ValidCase[] = [
  {
    name: 'every source type with everything it takes',
    manifest: withSpec({
      displayName: 'Company catalog',
      sources: [
        { name: 'team', type: 'configmap', format: 'auto', configmap: { name: 'team', key: 'registry.json', namespace: 'default' } },
        {
          name: 'git',
          type: 'git',
          git: { repository: 'https://git.example.com/a/b', branch: 'feature/x-1', path: 'catalog' },
          auth: { secretRef: { name: 'git-login' } },
          tls: { caSecretRef: { name: 'ca', key: 'ca.crt' } },
          timeout: '30s',
          filter: { names: { include: ['io.github.*/*'] }, tags: { exclude: ['deprecated'] } },
          syncPolicy: { type: 'manual' },
        },
        { name: 'url', type: 'url', url: 'http://[::1]:8080/registry.json?x=1', tls: { caConfigMapRef: { name: 'ca' } }, timeout: '5m' },
        { name: 'peer', type: 'registry', registry: { endpoint: 'https://registry.example.com' }, auth: { secretRef: { name: 'token' } } },
        { name: 'peer-2', type: 'registry', api: { endpoint: 'https://registry.example.com' } },
        { name: 'peer-3', type: 'api', registry: { endpoint: 'https://registry.example.com' } },
        { name: 'local', type: 'file', file: { path: './catalog.json' } },
      ],
      format: 'auto',
      syncPolicy: {
        type: 'automatic',
        interval: '30m',
        retryPolicy: { maxAttempts: 3, backoffInterval: '30s', backoffMultiplier: '2.0' },
        maxRemovedPercent: 50,
      },
      filter: {
        names: { include: ['io.github.*/*'], exclude: [] },
        tags: { include: [], exclude: ['deprecated'] },
        include: [],
        exclude: ['x'],
      },
      validation: 'strict',
      enforceServers: true,
      enforcementMode: 'audit',
      replicas: 2,
      env: [
        { name: 'LOG_LEVEL', value: 'debug' },
        { name: 'NODE', valueFrom: { fieldRef: { fieldPath: 'spec.nodeName' } } },
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'token', key: 'token', optional: true } } },
        { name: 'EMPTY', value: '' },
      ],
      service: { type: 'LoadBalancer', annotations: { 'example.com/internal': 'true' } },
      imagePullSecrets: [{ name: 'pull' }],
      podTemplateSpec: {
        metadata: { labels: { a: 'b' } },
        spec: { containers: [{ name: 'registry-api', resources: {} }], anything: [null, 1] },
      },
      expose: {
        host: 'registry.example.com',
        path: '/mcp',
        ingress: { className: 'nginx', tlsSecretName: 'tls', annotations: { 'cert-manager.io/issuer': 'main' } },
      },
    }),
  },
  specCase('expose through a Gateway', { expose: { host: 'a.b', gateway: { name: 'main', namespace: 'gateways', sectionName: 'https' } } }),
  specCase('expose with a path and a scheme', { expose: { host: 'a.b', path: '/Team_1/v0.1~x/', scheme: 'https' } }),
  specCase('expose with a host only', { expose: { host: 'registry' } }),
  specCase('empty blocks take their defaults', { service: {}, filter: {}, syncPolicy: { type: 'manual', retryPolicy: {} } }),
  specCase('keys without a value are absent', {
    filter: null,
    format: null,
    syncPolicy: { interval: '5s', type: null, retryPolicy: null },
  }),
  specCase('an entry of a map without a value is absent', { service: { annotations: { a: null, b: 'x' } } }),
  specCase('a multiplier as a number', { syncPolicy: { interval: '1m', retryPolicy: { backoffMultiplier: 1.5 } } }),
  specCase('a multiplier as a whole number', { syncPolicy: { interval: '1m', retryPolicy: { backoffMultiplier: 100 } } }),
  specCase('a multiplier as text without decimals', { syncPolicy: { interval: '1m', retryPolicy: { backoffMultiplier: '1' } } }),
  specCase('the longest interval', { syncPolicy: { interval: '8760h' } }),
  specCase('an interval in several units with a fraction', { syncPolicy: { interval: '1h0.5m500ms' } }),
  specCase('a display name of 200 characters beyond the basic plane', { displayName: '🧰'.repeat(200) }),
  { name: 'a name of 59 characters', manifest: withSpec({ source }, { name: `a${'-'.repeat(57)}1` }) },
  {
    name: 'twenty sources',
    manifest: withSpec({ sources: Array.from({ length: 20 }, (_, index) => ({ name: `s${index}`, configmap: { name: 'catalog' } })) }),
  },
  {
    name: 'the same format at the spec and at a source',
    manifest: withSpec({ format: 'upstream', source: { ...source, format: 'upstream' } }),
  },
  specCase('a hundred patterns of 256 characters', { filter: { names: { include: Array.from({ length: 100 }, () => '*'.repeat(256)) } } }),
  { name: 'a name twice in a filter', manifest: withSpec({ source, filter: { tags: { include: ['a', 'a'] } } }) },
  {
    name: 'an address with an at sign after the host',
    manifest: withSpec({ source: { type: 'url', url: 'https://example.com/@team/registry.json?by=a@b' } }),
  },
  {
    name: 'ssh with a user and a port',
    manifest: withSpec({ source: { type: 'git', git: { repository: 'ssh://git@example.com:2222/a.git' } } }),
  },
  specCase('ConfigMaps whose names only resemble those of the registry', {
    source: undefined,
    sources: [
      { name: 'a', configmap: { name: 'another-case-config' } },
      { name: 'b', configmap: { name: 'case-config-2' } },
      { name: 'c', configmap: { name: 'case' } },
      { name: 'd', type: 'url', url: 'https://a.b', tls: { caConfigMapRef: { name: 'case-deployed-ca' } } },
    ],
  }),
];
