import { describe, expect, test } from '@jest/globals';
import type { ValidRegistry } from '../resource.ts';
import { renderDeployment } from './deployment.ts';
import type { Fields } from './pod-template.ts';
import { validRegistry } from './testing.ts';

/** A source of each type that may have credentials, without any. */
const git = { name: 'git', type: 'git', git: { repository: 'https://git.example.com/catalog.git' } };
const url = { name: 'url', type: 'url', url: 'https://example.com/registry.json' };
const registry = { name: 'registry', type: 'registry', registry: { endpoint: 'https://registry.example.com' } };
const configmap = { name: 'team', configmap: { name: 'data' } };

/** The rendered pod's spec of a registry with these sources. */
function podSpec(sources: object[], spec: object = {}): Fields {
  const registryWithSources: ValidRegistry = validRegistry({ source: undefined, sources, ...spec });
  const template = renderDeployment(registryWithSources, { serverImage: 'x', ui: true }).spec['template'] as { spec: Fields };
  return template.spec;
}
function named(list: unknown, name: string): Fields | undefined {
  return (list as Fields[]).find((item) => item['name'] === name);
}
function container(sources: object[], spec: object = {}): Fields {
  return named(podSpec(sources, spec)['containers'], 'registry-api') ?? {};
}
function projected(sources: object[]): Fields | undefined {
  return named(podSpec(sources)['volumes'], 'secrets')?.['projected'] as Fields | undefined;
}

describe('volume secrets', () => {
  const login = (source: string, secret: string): object => ({
    secret: {
      name: secret,
      optional: true,
      items: [
        { key: 'username', path: `${source}/auth/username` },
        { key: 'password', path: `${source}/auth/password` },
        { key: 'token', path: `${source}/auth/token` },
        { key: 'ssh-privatekey', path: `${source}/auth/ssh-privatekey` },
        { key: 'known_hosts', path: `${source}/auth/known_hosts` },
      ],
    },
  });
  const authority = (kind: string, source: string, name: string, key: string): object => ({
    [kind]: { name, optional: true, items: [{ key, path: `${source}/ca.crt` }] },
  });
  const auth = (name: string): object => ({ auth: { secretRef: { name } } });

  test.each<[string, object[], object[]]>([
    ['a Secret of a git source', [{ ...git, ...auth('login') }], [login('git', 'login')]],
    ['a Secret of a url source', [{ ...url, ...auth('login') }], [login('url', 'login')]],
    ['a Secret of a registry source', [{ ...registry, ...auth('login') }], [login('registry', 'login')]],
    [
      'a Secret of an api source',
      [{ name: 'old', type: 'api', api: { endpoint: 'https://registry.example.com' }, ...auth('login') }],
      [login('old', 'login')],
    ],
    ['certificates in a Secret', [{ ...url, tls: { caSecretRef: { name: 'ca' } } }], [authority('secret', 'url', 'ca', 'ca.crt')]],
    [
      'certificates in a ConfigMap, under a key of their own',
      [{ ...url, tls: { caConfigMapRef: { name: 'ca', key: 'root.pem' } } }],
      [authority('configMap', 'url', 'ca', 'root.pem')],
    ],
    [
      'both of one source, in the same folder',
      [{ ...git, ...auth('login'), tls: { caSecretRef: { name: 'login', key: 'root.pem' } } }],
      [login('git', 'login'), authority('secret', 'git', 'login', 'root.pem')],
    ],
    [
      'one Secret of two sources, each in its own directory',
      [configmap, { ...git, ...auth('login') }, { ...url, ...auth('login') }],
      [login('git', 'login'), login('url', 'login')],
    ],
  ])('has %s', (_, sources, expected) => {
    expect(projected(sources)).toEqual({ defaultMode: 0o440, sources: expected });
    expect(named(container(sources)['volumeMounts'], 'secrets')).toEqual({ name: 'secrets', mountPath: '/secrets', readOnly: true });
  });

  test("of the only source has that source's name", () => {
    const { name: _, ...source } = { ...url, ...auth('login') };
    const { spec } = renderDeployment(validRegistry({ source }), { serverImage: 'x', ui: true }).spec['template'] as { spec: Fields };
    expect(named(spec['volumes'], 'secrets')).toMatchObject({ projected: { sources: [login('default', 'login')] } });
  });

  test('is absent unless a source names a Secret or certificates', () => {
    expect(projected([configmap, git, url, registry])).toBeUndefined();
    expect(named(container([configmap, git, url, registry])['volumeMounts'], 'secrets')).toBeUndefined();
  });
});

describe('the directory for temporary files', () => {
  const volume = { name: 'tmp', emptyDir: { sizeLimit: '6Gi' } };
  const mount = { name: 'tmp', mountPath: '/tmp' };

  test.each<[string, object[], boolean]>([
    ['a git source', [git], true],
    ['a git source among others', [configmap, url, git], true],
    ['no git source', [configmap, url, registry], false],
  ])('with %s', (_, sources, isThere) => {
    expect(named(podSpec(sources)['volumes'], 'tmp')).toEqual(isThere ? volume : undefined);
    expect(named(container(sources)['volumeMounts'], 'tmp')).toEqual(isThere ? mount : undefined);
    expect((container(sources)['args'] as string[]).includes('--temp-path=/tmp')).toBe(isThere);
  });

  test("may be on a user's volume", () => {
    const volumes = [{ name: 'scratch', emptyDir: { medium: 'Memory' } }];
    const containers = [{ name: 'registry-api', volumeMounts: [{ name: 'scratch', mountPath: '/tmp' }] }];
    const mounts = container([git], { podTemplateSpec: { spec: { volumes, containers } } })['volumeMounts'] as Fields[];
    expect(mounts.filter(({ mountPath }) => mountPath === '/tmp')).toEqual([{ name: 'scratch', mountPath: '/tmp' }]);
  });
});

test.each<[string, object[]]>([
  ['a second git source', [git, { ...git, name: 'other' }]],
  ['another branch', [{ ...git, git: { ...git.git, branch: 'next' } }]],
  ['a source without credentials', [git, url]],
])('%s changes no pod', (_, sources) => {
  expect(JSON.stringify(podSpec(sources))).toBe(JSON.stringify(podSpec([git])));
});
