import { describe, expect, test } from '@jest/globals';
import { migrate, type Migration } from './index.ts';
import { manifest, migrateConfigured, notesOn, specOf } from './testing.ts';

describe('files', () => {
  const volumes = [
    { name: 'config', configMap: { name: 'one', items: [{ key: 'k1', path: 'sub/a.json' }] } },
    { name: 'all', configMap: { name: 'two' } },
    { name: 'secret', secret: { secretName: 'three' } },
    {
      name: 'both',
      projected: { sources: [{ secret: { name: 'four' } }, { configMap: { name: 'five', items: [{ key: 'k5', path: 'b.json' }] } }] },
    },
    { name: 'disk', nfs: { server: 'nfs.example.com', path: '/' } },
  ];
  const mounts = [
    { name: 'config', mountPath: '/x' },
    { name: 'all', mountPath: '/x/deeper/' },
    { name: 'all', mountPath: '/file.json', subPath: 'registry.json' },
    { name: 'secret', mountPath: '/s' },
    { name: 'both', mountPath: '/both' },
    { name: 'disk', mountPath: '/srv/catalogs', subPath: 'mcp' },
  ];

  test.each<[path: string, location: object]>([
    ['/x/sub/a.json', { configmap: { name: 'one', key: 'k1' } }],
    ['/x/./deeper/../sub/a.json', { configmap: { name: 'one', key: 'k1' } }],
    ['/x/deeper/registry.json', { configmap: { name: 'two', key: 'registry.json' } }],
    ['/file.json', { configmap: { name: 'two', key: 'registry.json' } }],
    ['/both/b.json', { configmap: { name: 'five', key: 'k5' } }],
    ['/s/catalog.json', { type: 'file', file: { path: '/s/catalog.json' } }],
    ['/srv/catalogs/prod/a.json', { type: 'file', file: { path: '/srv/catalogs/prod/a.json' } }],
  ])('%s', (path, location) => {
    const spec = specOf(migrateConfigured({ file: { path } }, { volumes, volumeMounts: mounts })) as { sources: object[] };
    expect(spec.sources).toEqual([expect.objectContaining(location)]);
  });

  test.each(['/x/nowhere.json', '/elsewhere.json'])('%s is not in a volume, which is reported', (path) => {
    const migration = migrateConfigured({ file: { path } }, { volumes, volumeMounts: mounts });
    expect(notesOn('spec.configYAML.sources[0].file.path', migration)).toEqual([expect.stringMatching(/^todo: .*not there in our pods/u)]);
  });

  test('a volume that a file is from is mounted again, and no other', () => {
    const spec = specOf(migrateConfigured({ file: { path: '/srv/catalogs/a.json' } }, { volumes, volumeMounts: mounts }));
    expect(spec).toMatchObject({
      podTemplateSpec: {
        spec: {
          containers: [
            { name: 'registry-api', volumeMounts: [{ name: 'disk', mountPath: '/srv/catalogs', subPath: 'mcp', readOnly: true }] },
          ],
          volumes: [{ name: 'disk', nfs: { server: 'nfs.example.com', path: '/' } }],
        },
      },
    });
  });

  test.each(['/config/registry', '/data', '/secrets/x', '/tmp', '/sources', '/'])('nothing is mounted at %s', (mountPath) => {
    const migration = migrateConfigured(
      { file: { path: `${mountPath}/a.json` } },
      { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'c' } }], volumeMounts: [{ name: 'data', mountPath }] },
    );
    expect(specOf(migration)).toMatchObject({
      sources: [{ type: 'file', file: { path: '/catalogs/toolhive-data/a.json' } }],
      podTemplateSpec: { spec: { volumes: [{ name: 'toolhive-data', persistentVolumeClaim: { claimName: 'c' } }] } },
    });
  });

  test('a volume of the pod template will do', () => {
    const podTemplateSpec = {
      spec: {
        containers: [{ name: 'registry-api', volumeMounts: [{ name: 'v', mountPath: '/data' }] }],
        volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }],
      },
    };
    expect(specOf(migrateConfigured({ file: { path: '/data/a.json' } }, { podTemplateSpec }))).toEqual({
      sources: [{ name: 'a', type: 'file', file: { path: '/catalogs/v/a.json' } }],
      podTemplateSpec: {
        spec: {
          containers: [{ name: 'registry-api', volumeMounts: [{ name: 'v', mountPath: '/catalogs/v', readOnly: true }] }],
          volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }],
        },
      },
    });
  });
});

describe('filters', () => {
  const names = (include: unknown[]): Migration => migrateConfigured({ api: { endpoint: 'https://a.b' }, filter: { names: { include } } });

  test.each<[string, string[]]>([
    ['a/*', ['a/*']],
    ['{a,b}/*', ['a/*', 'b/*']],
    ['x{a,b{1,2},}y', ['xay', 'xb1y', 'xb2y', 'xy']],
    ['{a}{b,c}', ['ab', 'ac']],
    ['\\{a,b\\}', ['\\{a,b\\}']],
    ['{a,b', ['{a,b']],
    ['[a-c]?', ['[a-c]?']],
  ])('the alternatives of %s', (pattern, expected) => {
    expect(specOf(names([pattern]))).toMatchObject({ sources: [{ filter: { names: { include: expected } } }] });
  });

  test('each era has its own patterns', () => {
    const filter = { names: { include: ['io.github.*', '{a,b}'] } };
    const source = { name: 'a', git: { repository: 'https://a.b' }, filter };
    const migrated = {
      source: migrate(manifest({ source: { type: 'git', git: source.git, filter } })),
      registries: migrate(manifest({ registries: [source] })),
      sources: migrate(manifest({ sources: [source], registries: [{ name: 'default', sources: ['a'] }] })),
      ours: migrate(manifest({ sources: [{ ...source, type: 'git' }] })),
    };
    const patternsIn = ({ registries }: Migration): unknown =>
      (registries[0]?.spec.source ?? registries[0]?.spec.sources?.[0])?.filter?.names?.include;
    const saysThatStarIsWider = ({ notes }: Migration): boolean => notes.some(({ message }) => message.includes('`*` matches `/`'));
    expect(Object.entries(migrated).map(([era, one]) => [era, patternsIn(one), saysThatStarIsWider(one)])).toEqual([
      ['source', ['io.github.*', '{a,b}'], true],
      ['registries', ['io.github.*', 'a', 'b'], true],
      ['sources', ['io.github.*', 'a', 'b'], false],
      ['ours', ['io.github.*', '{a,b}'], false],
    ]);
  });

  test.each<[string, unknown]>([
    ['an empty pattern', ['']],
    ['an object for a pattern', [{}]],
    ['a pattern that is too long', ['x'.repeat(257)]],
    ['more alternatives than a list may have', ['{0,1,2,3,4,5,6,7,8,9}{0,1,2,3,4,5,6,7,8,9}{0,1}']],
    ['a text for a list', 'a/*'],
  ])('a source whose filter has %s is not served without it', (_, include) => {
    const migration = names(include as unknown[]);
    expect(migration.registries).toEqual([]);
    expect(notesOn('spec.configYAML.sources[0]', migration).join()).toContain('source "a" is left out');
  });

  test.each(['a', [], { names: 'a' }])('nor with %j for a filter', (filter) => {
    expect(migrateConfigured({ api: { endpoint: 'https://a.b' }, filter }).registries).toEqual([]);
  });

  test('a filter that cannot be kept drops the whole registry', () => {
    const migration = migrate(manifest({ source: { configmap: { name: 'a' } }, filter: { tags: { exclude: [''] } } }));
    expect(migration.registries).toEqual([]);
    expect(notesOn('spec', migration).join()).toContain('spec.filter.tags.exclude[0]');
  });
});

describe('credentials', () => {
  const git = (auth: object, fields: object = {}): object => ({ git: { repository: 'https://git.example.com/a.git', auth, ...fields } });
  const registries = (source: object): Migration => migrate(manifest({ registries: [{ name: 'a', ...source }] }));

  test.each<[string, object, string, string]>([
    [
      'a key of another name',
      { username: 'git', passwordSecretRef: { name: 'old', key: 'token' } },
      'company-a-login',
      `kubectl get secret old --namespace tools -o go-template='{{index .data "token" | base64decode}}' | ` +
        'kubectl create secret generic company-a-login --namespace tools --from-literal=username=git --from-file=password=/dev/stdin',
    ],
    [
      'another user',
      { username: "o'brien@example.com", passwordSecretRef: { name: 'old', key: 'password' } },
      'company-a-login',
      `kubectl get secret old --namespace tools -o go-template='{{index .data "password" | base64decode}}' | ` +
        'kubectl create secret generic company-a-login --namespace tools --from-file=username=FILE --from-file=password=/dev/stdin',
    ],
    ['the shape that ours has', { username: 'git', passwordSecretRef: { name: 'old', key: 'password' } }, 'old', ''],
    [
      'a Secret that cannot be one',
      { username: 'git', passwordSecretRef: { name: '$(reboot)', key: 'a b' } },
      'company-a-login',
      'kubectl create secret generic company-a-login --namespace tools --from-literal=username=git --from-file=password=FILE',
    ],
  ])('%s', (_, auth, secret, command) => {
    const migration = registries(git(auth));
    expect(specOf(migration)).toMatchObject({ sources: [{ auth: { secretRef: { name: secret } } }] });
    expect(migration.notes.find(({ path }) => path === 'spec.registries[0].git.auth')?.command ?? '').toBe(command);
  });

  test.each([
    ['https://me:hunter2@git.example.com/a.git', 'https://git.example.com/a.git'],
    ['https://hunter2@git.example.com/a.git', 'https://git.example.com/a.git'],
    ['ssh://git:hunter2@git.example.com/a.git', 'ssh://git@git.example.com/a.git'],
  ])('%s keeps none', (repository, bare) => {
    const migration = registries({ git: { repository } });
    expect(specOf(migration)).toMatchObject({ sources: [{ git: { repository: bare }, auth: { secretRef: { name: 'company-a-login' } } }] });
    expect(JSON.stringify(migration)).not.toContain('hunter2');
  });
});
