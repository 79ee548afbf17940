import { badSource, source, withSpec, type InvalidCase } from './case.ts';

const git = { repository: 'https://example.com/a.git' } as const;
const ownName = 'must not be NAME-config or NAME-deployed: these name the ConfigMaps of the registry itself';
const credentials = 'must not contain credentials; put them in a Secret and name it in auth.secretRef';

function badSources(name: string, sources: unknown, path: string, fragment = path): InvalidCase {
  return { name, manifest: withSpec({ sources }), path, fragment };
}

/** Faults of single sources and of the list. */
export const invalidSource: readonly InvalidCase[] = [
  badSource('git without its block', { type: 'git' }, 'git', "type is 'git' but the block 'git' is missing; add git.repository"),
  badSource('configmap without its block', {}, 'configmap', "type is 'configmap' but the block 'configmap' is missing"),
  badSource('url without its block', { type: 'url' }, 'url', "type is 'url' but the block 'url' is missing"),
  badSource('file without its block', { type: 'file' }, 'file', "type is 'file' but the block 'file' is missing"),
  badSource('registry without its block', { type: 'registry' }, 'registry', "needs exactly one of the blocks 'registry' and 'api'"),
  badSource('api without its block', { type: 'api' }, 'registry', "needs exactly one of the blocks 'registry' and 'api'"),
  badSource(
    'registry and api together',
    { type: 'registry', registry: { endpoint: 'https://a.b' }, api: { endpoint: 'https://a.b' } },
    'registry',
    "exactly one of the blocks 'registry' and 'api'",
  ),
  badSource('a block of another type', { ...source, git }, 'git', "the block 'git' is set but type is not 'git'; set type: git"),
  badSource('a git block without the type', { git }, 'git', "the block 'git' is set but type is not 'git'"),
  badSource('an unknown type', { type: 'oci' }, 'type', 'Unsupported value'),
  badSource('a type in capitals', { type: 'ConfigMap', configmap: { name: 'a' } }, 'type', 'Unsupported value'),
  badSource('an unknown format', { ...source, format: 'yaml' }, 'format', 'Unsupported value'),
  badSource('branch and tag', { type: 'git', git: { ...git, branch: 'a', tag: 'b' } }, 'git', 'at most one of branch, tag and commit'),
  badSource(
    'all three revisions',
    { type: 'git', git: { ...git, branch: 'a', tag: 'b', commit: '0123456' } },
    'git',
    'at most one of branch',
  ),
  badSource('a git block without a repository', { type: 'git', git: {} }, 'git.repository', 'Required value'),
  badSource('an empty repository', { type: 'git', git: { repository: '' } }, 'git.repository'),
  badSource('an ext repository', { type: 'git', git: { repository: 'ext::sh -c id' } }, 'git.repository', 'must be a Git address'),
  badSource(
    'a repository that is an option',
    { type: 'git', git: { repository: '--upload-pack=id' } },
    'git.repository',
    'must be a Git address',
  ),
  badSource(
    'a host that is an option',
    { type: 'git', git: { repository: 'ssh://-oProxyCommand=id/x' } },
    'git.repository',
    'must be a Git address',
  ),
  badSource(
    'a repository with a space',
    { type: 'git', git: { repository: 'https://a.b/c d' } },
    'git.repository',
    'must be a Git address',
  ),
  badSource('the git protocol', { type: 'git', git: { repository: 'git://a.b/c' } }, 'git.repository', 'must be a Git address'),
  badSource('a repository with a password', { type: 'git', git: { repository: 'https://u:p@a.b/c' } }, 'git.repository', credentials),
  badSource('a repository with a token', { type: 'git', git: { repository: 'https://token@a.b/c' } }, 'git.repository', credentials),
  badSource('ssh with a password', { type: 'git', git: { repository: 'ssh://git:p@a.b/c' } }, 'git.repository', credentials),
  badSource('a branch that is an option', { type: 'git', git: { ...git, branch: '-x' } }, 'git.branch', 'must be a branch name'),
  badSource('a branch that is a range', { type: 'git', git: { ...git, branch: 'a..b' } }, 'git.branch', 'must be a branch name'),
  badSource('a commit that is no hash', { type: 'git', git: { ...git, commit: 'HEAD' } }, 'git.commit', 'must be a commit hash'),
  badSource(
    'a path out of the repository',
    { type: 'git', git: { ...git, path: 'a/../../b' } },
    'git.path',
    'must stay inside the repository',
  ),
  badSource('a url of another scheme', { type: 'url', url: 'ftp://a.b/c' }, 'url', 'must be an http:// or https:// address'),
  badSource('a url with credentials', { type: 'url', url: 'https://user:pass@a.b/c' }, 'url', credentials),
  badSource('a url that is too long', { type: 'url', url: `https://a.b/${'x'.repeat(2048)}` }, 'url'),
  badSource('a url that is an object', { type: 'url', url: { href: 'https://a.b' } }, 'url'),
  badSource(
    'an endpoint with credentials',
    { type: 'registry', registry: { endpoint: 'https://u:p@a.b' } },
    'registry.endpoint',
    credentials,
  ),
  badSource('a configmap without a name', { configmap: {} }, 'configmap.name', 'Required value'),
  badSource('a configmap whose name is null', { configmap: { name: null } }, 'configmap.name', 'Required value'),
  badSource(
    'a configmap name in capitals',
    { configmap: { name: 'Catalog' } },
    'configmap.name',
    'must be the name of a Kubernetes object',
  ),
  badSource('a key with a slash', { configmap: { name: 'a', key: 'a/b' } }, 'configmap.key', 'must be a key of a ConfigMap'),
  badSource(
    'a key that leads upwards',
    { configmap: { name: 'a', key: '..' } },
    'configmap.key',
    'must not be "." and not start with ".."',
  ),
  badSource('a key that leads upwards and on', { configmap: { name: 'a', key: '..a' } }, 'configmap.key', 'not start with ".."'),
  badSource('a key that leads nowhere', { configmap: { name: 'a', key: '.' } }, 'configmap.key', 'must not be "."'),
  badSource(
    'auth for a configmap',
    { ...source, auth: { secretRef: { name: 'a' } } },
    'auth',
    'auth is only for the types git, url and registry',
  ),
  badSource('tls for a file', { type: 'file', file: { path: '/a' }, tls: {} }, 'tls', 'tls is only for the types'),
  badSource('timeout for a configmap', { ...source, timeout: '30s' }, 'timeout', 'timeout is only for the types'),
  badSource('a timeout that is too long', { type: 'url', url: 'https://a.b', timeout: '6m' }, 'timeout', 'must be between 1s and 5m'),
  badSource(
    'two certificate authorities',
    { type: 'url', url: 'https://a.b', tls: { caSecretRef: { name: 'a' }, caConfigMapRef: { name: 'b' } } },
    'tls',
    'at most one of caSecretRef and caConfigMapRef',
  ),
  badSource('the ConfigMap that holds the manifest', { configmap: { name: 'case-config' } }, 'configmap.name', ownName),
  badSource('the ConfigMap of deployed servers', { configmap: { name: 'case-deployed' } }, 'configmap.name', ownName),
  badSource(
    "a certificate in the registry's own ConfigMap",
    { type: 'url', url: 'https://a.b', tls: { caConfigMapRef: { name: 'case-config' } } },
    'tls.caConfigMapRef.name',
    ownName,
  ),
  badSources(
    "the registry's own ConfigMap as the second source",
    [
      { name: 'a', ...source },
      { name: 'b', configmap: { name: 'case-deployed' } },
    ],
    'spec.sources',
    `configmap.name of a source ${ownName}`,
  ),
  badSources(
    "a source's certificate in the registry's own ConfigMap",
    [{ name: 'a', type: 'git', git, tls: { caConfigMapRef: { name: 'case-config' } } }],
    'spec.sources',
    `tls.caConfigMapRef.name of a source ${ownName}`,
  ),
  badSource('a name at the single source', { ...source, name: 'a' }, 'name', 'unknown field "spec.source.name"'),
  badSources('no sources', [], 'spec.sources'),
  badSources(
    '21 sources',
    Array.from({ length: 21 }, (_, index) => ({ name: `s${index}`, ...source })),
    'spec.sources',
  ),
  badSources(
    'two sources of one name',
    [
      { name: 'a', ...source },
      { name: 'a', ...source },
    ],
    'spec.sources[1]',
    'Duplicate value',
  ),
  badSources('a source without a name', [source], 'spec.sources[0].name', 'Required value'),
  badSources('a source with an invalid name', [{ name: 'Team_A', ...source }], 'spec.sources[0].name', 'must be a DNS label'),
  badSources(
    'a fault in the second source',
    [
      { name: 'a', ...source },
      { name: 'b', type: 'git' },
    ],
    'spec.sources[1].git',
    "the block 'git' is missing",
  ),
];
