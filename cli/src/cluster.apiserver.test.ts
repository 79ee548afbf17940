import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { load } from 'js-yaml';
import { groups } from '@toolhive-registry/api/group';
import { startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { testCluster, type TestCluster } from './testing.ts';

const GROUPS = groups;
const TOOLHIVE = fileURLToPath(new URL('../../e2e/chainsaw/beside-toolhive/toolhive-crds.yaml', import.meta.url));
const BIG_CATALOG = fileURLToPath(new URL('../../catalog/testdata/toolhive-catalog-2026-08-24.json', import.meta.url));

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await testCluster();
}, 120_000);
afterAll(async () => {
  await cluster?.[Symbol.asyncDispose]();
}, 60_000);

const run: TestCluster['run'] = (...args) => cluster.run(...args);
const request: TestCluster['request'] = (...args) => cluster.request(...args);
const namespace: TestCluster['namespace'] = () => cluster.namespace();
const registry: TestCluster['registry'] = (...args) => cluster.registry(...args);
const read: TestCluster['read'] = (...args) => cluster.read(...args);

/** Has the API server refuse ConfigMaps in a namespace. */
async function forbidConfigMaps(inNamespace: string): Promise<void> {
  const path = '/apis/admissionregistration.k8s.io/v1';
  await request('POST', `${path}/validatingadmissionpolicies`, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicy',
    metadata: { name: inNamespace },
    spec: {
      matchConstraints: {
        namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': inNamespace } },
        resourceRules: [{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['configmaps'] }],
      },
      validations: [{ expression: 'false', message: 'no ConfigMaps here' }],
    },
  });
  await request('POST', `${path}/validatingadmissionpolicybindings`, {
    apiVersion: 'admissionregistration.k8s.io/v1',
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { name: inNamespace },
    spec: { policyName: inNamespace, validationActions: ['Deny'] },
  });
  const probe = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'probe-' } };
  await waitFor(
    async () => (await cluster.api.request('POST', `/api/v1/namespaces/${inNamespace}/configmaps?dryRun=All`, probe)).status === 422,
    {
      message: 'the policy to be in force',
    },
  );
}

/** Kubeconfigs and CRDs, which tests change anywhere. */
// oxlint-disable-next-line typescript/no-explicit-any
type AnyObject = Record<string, any>;

test('registries are listed by namespace, in every form', async () => {
  const [one, two] = [await namespace(), await namespace()];
  await registry(one, 'team');
  await registry(one, 'team', GROUPS[1]);
  await registry(two, 'other');
  expect((await run('list', '-n', one)).stdout).toMatch(
    /^NAME +GROUP +STATUS .*\nteam +toolhive\.stacklok\.dev .*\nteam +toolhive\.stacklok\.io /,
  );
  expect((await run('list', '-n', two, '-o', 'name')).stdout).toBe('mcpregistry.toolhive.stacklok.dev/other\n');
  const all = (await run('list', '-A', '-o', 'jsonpath={range .items[*]}{.metadata.namespace}/{.metadata.name} {end}')).stdout;
  expect(all).toContain(`${one}/team ${one}/team ${two}/other `);
  const { items } = JSON.parse((await run('list', '-n', two, '-o', 'json')).stdout) as { items: { kind: string; spec: object }[] };
  expect(items).toMatchObject([{ kind: 'MCPRegistry', apiVersion: 'toolhive.stacklok.dev/v1alpha1', spec: { displayName: 'Example' } }]);
  expect((await run('list', '-n', 'nowhere')).stderr).toBe('No registries found in namespace nowhere.\n');
});

test('of two registries of one name the group says which is meant', async () => {
  const both = await namespace();
  for (const group of GROUPS) await registry(both, 'team', group);
  const unclear = await run('set', 'team', '-n', both, '--interval', '1h');
  expect([unclear.code, unclear.stderr]).toEqual([
    2,
    `error: there are two registries team in namespace ${both}, one of each API group; name one with --group toolhive.stacklok.dev or --group toolhive.stacklok.io\n`,
  ]);
  expect((await run('set', 'team', '-n', both, '--interval', '1h', '--group', GROUPS[1])).stdout).toBe(
    'mcpregistry.toolhive.stacklok.io/team configured\n',
  );
  expect((await read(both, 'team', `apis/${GROUPS[1]}/v1alpha1`)).spec).toMatchObject({ syncPolicy: { interval: '1h' } });
});

describe('add', () => {
  test.each<[what: string, args: string[], spec: object]>([
    [
      'a ConfigMap',
      ['--from', 'configmap', '--at', 'servers', '--key', 'a.json'],
      { source: { configmap: { name: 'servers', key: 'a.json' } } },
    ],
    [
      'a repository with credentials',
      [
        '--from',
        'git',
        '--at',
        'https://git.example.com/catalog',
        '--branch',
        'main',
        '--path',
        'catalog',
        '--auth-secret',
        'login',
        '--interval',
        '30m',
      ],
      {
        source: {
          type: 'git',
          git: { repository: 'https://git.example.com/catalog', branch: 'main', path: 'catalog' },
          auth: { secretRef: { name: 'login' } },
        },
        syncPolicy: { interval: '30m' },
      },
    ],
    [
      'a URL with its own authority',
      [
        '--from',
        'url',
        '--at',
        'https://example.com/c.json',
        '--ca-configmap',
        'ca:root.pem',
        '--source-timeout',
        '10s',
        '--validation',
        'strict',
      ],
      {
        source: {
          type: 'url',
          url: 'https://example.com/c.json',
          tls: { caConfigMapRef: { name: 'ca', key: 'root.pem' } },
          timeout: '10s',
        },
        validation: 'strict',
      },
    ],
    [
      'another registry, filtered',
      [
        '--from',
        'registry',
        '--at',
        'https://example.com',
        '--include-name',
        'io.github.*/*',
        '--exclude-tag',
        'a',
        '--exclude-tag',
        'b',
        '--manual',
      ],
      {
        source: { type: 'registry', registry: { endpoint: 'https://example.com' } },
        filter: { names: { include: ['io.github.*/*'] }, tags: { exclude: ['a', 'b'] } },
        syncPolicy: { type: 'manual' },
      },
    ],
    [
      'a file in the pod, one of several sources',
      ['--from', 'file', '--at', '/catalogs/x', '--source', 'first', '--enforcement', 'audit', '--replicas', '2', '--display-name', 'X y'],
      {
        sources: [{ name: 'first', type: 'file', file: { path: '/catalogs/x' } }],
        enforceServers: true,
        enforcementMode: 'audit',
        replicas: 2,
        displayName: 'X y',
      },
    ],
  ])('from %s', async (_, args, spec) => {
    const into = await namespace();
    const added = await run('add', 'team', '-n', into, ...args);
    expect([added.code, added.stdout]).toEqual([0, 'mcpregistry.toolhive.stacklok.dev/team created\n']);
    expect((await read(into, 'team')).spec).toMatchObject(spec);
    // What is printed for Git is what was made.
    const printed = await cluster.program.run(['add', 'team', '-n', into, ...args, '-o', 'yaml']);
    expect(load(printed.stdout)).toMatchObject({ kind: 'MCPRegistry', metadata: { name: 'team', namespace: into }, spec });
  });

  test('from a file that is too large to be kept as text: its ConfigMap is compressed', async () => {
    const into = await namespace();
    const added = await run('add', 'team', '-n', into, '--from-file', BIG_CATALOG);
    expect([added.code, added.stdout]).toEqual([0, 'configmap/team-catalog created\nmcpregistry.toolhive.stacklok.dev/team created\n']);
    const { data, binaryData } = await read(into, 'team-catalog', 'api/v1', 'configmaps');
    expect(data).toBeUndefined();
    expect(gunzipSync(Buffer.from(binaryData?.['registry.json'] ?? '', 'base64'))).toEqual(await readFile(BIG_CATALOG));
    const small = join(cluster.folder, 'small.json');
    await writeFile(small, JSON.stringify([{ name: 'a/b', version: '1', description: 'é' }]));
    expect((await run('set', 'team', '-n', into, '--from-file', small)).stdout).toContain('configmap/team-catalog configured');
    const after = await read(into, 'team-catalog', 'api/v1', 'configmaps');
    expect([after.binaryData, after.data]).toEqual([undefined, { 'registry.json': await readFile(small, 'utf8') }]);
    expect((await run('remove', 'team', '-n', into)).stdout).toContain('configmap/team-catalog deleted');
  });

  test('nothing is left of one that the API server refuses', async () => {
    const into = await namespace();
    await forbidConfigMaps(into);
    const file = join(cluster.folder, 'one.json');
    await writeFile(file, JSON.stringify([{ name: 'a/b', version: '1', description: 'x' }]));
    const added = await run('add', 'team', '-n', into, '--from-file', file);
    expect([added.code, added.stdout]).toEqual([2, '']);
    expect(added.stderr).toContain('no ConfigMaps here');
    expect((await run('list', '-n', into, '-o', 'name')).stdout).toBe('');
  });
});

describe('set', () => {
  test('a source that is replaced keeps its filter, and loses what belongs to another type', async () => {
    const into = await namespace();
    await request('POST', `/apis/${GROUPS[0]}/v1alpha1/namespaces/${into}/mcpregistries`, {
      apiVersion: `${GROUPS[0]}/v1alpha1`,
      kind: 'MCPRegistry',
      metadata: { name: 'team' },
      spec: {
        sources: [
          {
            name: 'a',
            type: 'git',
            git: { repository: 'https://git.example.com/a' },
            auth: { secretRef: { name: 'login' } },
            filter: { names: { include: ['ok/*'] } },
          },
        ],
        filter: { include: ['wide/*'] },
      },
    });
    const source = async (...args: string[]): Promise<unknown> => {
      expect((await run('set', 'team', '-n', into, ...args)).code).toBe(0);
      return ((await read(into, 'team')).spec['sources'] as unknown[])[0];
    };
    expect(await source('--from', 'git', '--at', 'https://git.example.com/b')).toMatchObject({
      git: { repository: 'https://git.example.com/b' },
      auth: { secretRef: { name: 'login' } },
      filter: { names: { include: ['ok/*'] } },
    });
    const other = await source('--source', 'a', '--from', 'configmap', '--at', 'b');
    expect(other).toMatchObject({ name: 'a', type: 'configmap', configmap: { name: 'b' }, filter: { names: { include: ['ok/*'] } } });
    expect(other).not.toHaveProperty('auth');
    expect(other).not.toHaveProperty('git');
    // The short form of a filter means the same, and must not widen what is asked for.
    await source('--include-name', 'only/*');
    const { filter } = (await read(into, 'team')).spec as { filter: unknown };
    expect(filter).toEqual({ names: { include: ['only/*'] } });
  });

  test('what is given changes the source that there is, and the rest stays as it is', async () => {
    const into = await namespace();
    const git = { repository: 'https://git.example.com/a', branch: 'main', path: 'catalog' };
    await request('POST', `/apis/${GROUPS[0]}/v1alpha1/namespaces/${into}/mcpregistries`, {
      apiVersion: `${GROUPS[0]}/v1alpha1`,
      kind: 'MCPRegistry',
      metadata: { name: 'team' },
      spec: { source: { type: 'git', git, auth: { secretRef: { name: 'login' } }, timeout: '10s' } },
    });
    const auth = { secretRef: { name: 'login' } };
    for (const [args, wanted] of [
      [['--branch', 'dev'], { git: { ...git, branch: 'dev' }, auth, timeout: '10s' }],
      [
        ['--commit', 'abcdef1', '--source-timeout', '20s'],
        { git: { repository: git.repository, path: 'catalog', commit: 'abcdef1' }, auth, timeout: '20s' },
      ],
      [['--path', 'x.json', '--source', 'default'], { git: { path: 'x.json', commit: 'abcdef1' }, auth }],
      [['--at', 'https://git.example.com/b'], { git: { repository: 'https://git.example.com/b', path: 'x.json' } }],
      [['--from', 'git', '--format', 'upstream'], { git: { repository: 'https://git.example.com/b' }, format: 'upstream', auth }],
    ] as const) {
      const found = await run('set', 'team', '-n', into, ...args);
      expect([found.code, found.stderr]).toEqual([0, '']);
      const { source, sources } = (await read(into, 'team')).spec as { source?: object; sources?: object[] };
      const after = source ?? sources?.[0];
      expect(after).toMatchObject(wanted);
      if (args[0] === '--commit') expect(after).not.toHaveProperty('git.branch');
    }
    for (const [args, said] of [
      [
        ['--key', 'a.json'],
        '--key is for sources of type configmap, and this one is of type git; leave it out, or describe another source with --from configmap',
      ],
      [['--source', 'new', '--branch', 'dev'], 'no source is described; give --from with --at, or --from-file'],
      [['--from', 'url'], '--from url does not say where; give the URL of the file with --at'],
    ] as const) {
      const found = await run('set', 'team', '-n', into, ...args);
      expect([found.code, found.stdout, found.stderr]).toEqual([2, '', `error: ${said}\n`]);
    }
  });

  test('a ConfigMap that somebody else made is left alone', async () => {
    const into = await namespace();
    await registry(into, 'team');
    await request('POST', `/api/v1/namespaces/${into}/configmaps`, {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'team-catalog' },
      data: { a: 'b' },
    });
    const file = join(cluster.folder, 'theirs.json');
    await writeFile(file, JSON.stringify([{ name: 'a/b', version: '1', description: 'x' }]));
    const found = await run('set', 'team', '-n', into, '--from-file', file);
    expect([found.code, found.stderr]).toEqual([2, expect.stringContaining('was not made for this registry; delete or rename it')]);
    expect((await read(into, 'team-catalog', 'api/v1', 'configmaps')).data).toEqual({ a: 'b' });
    expect((await read(into, 'team')).spec).toMatchObject({ source: { configmap: { name: 'data' } } });
  });

  test('changes sources and fields, and leaves the rest as it is', async () => {
    const into = await namespace();
    await registry(into, 'team');
    const set = async (...args: string[]): Promise<unknown> => {
      const changed = await run('set', 'team', '-n', into, ...args);
      expect([changed.code, changed.stderr]).toEqual([0, '']);
      return (await read(into, 'team')).spec;
    };
    expect(await set('--source', 'more', '--from', 'url', '--at', 'https://example.com/x.json')).toMatchObject({
      displayName: 'Example',
      sources: [
        { name: 'default', configmap: { name: 'data' } },
        { name: 'more', url: 'https://example.com/x.json' },
      ],
    });
    expect(await set('--source', 'more', '--from', 'git', '--at', 'https://example.com/x')).toMatchObject({
      sources: [{ name: 'default' }, { name: 'more', type: 'git', git: { repository: 'https://example.com/x' } }],
    });
    const only = await set('--remove-source', 'default', '--unset', 'displayName', '--max-removed-percent', '0', '--interval', '2h');
    expect(only).toMatchObject({ sources: [{ name: 'more' }], syncPolicy: { maxRemovedPercent: 0, interval: '2h' } });
    expect(only).not.toHaveProperty('displayName');
    expect((await run('set', 'team', '-n', into, '--max-removed-percent', '0')).stdout).toContain('unchanged');
    const { metadata } = await read(into, 'team');
    expect((await run('set', 'team', '-n', into, '--interval', '1h', '--dry-run')).stdout).toContain('configured (dry run)');
    expect((await read(into, 'team')).metadata).toEqual(metadata);
  });
});

test('on a terminal a wait shows what it waits for, and removes it at its end', async () => {
  const into = await namespace();
  const args = ['add', 'late', '-n', into, '--from', 'configmap', '--at', 'y', '--wait', '--timeout', '1s'];
  const { code, stdout } = await cluster.program.onTerminal(args, { env: { KUBECONFIG: cluster.api.kubeconfigPath } });
  expect(code).toBe(1);
  expect(stdout).toContain('\r\u001b[KWaiting 0s: the controller has not seen it yet');
  expect(stdout.slice(stdout.lastIndexOf('Waiting'))).toContain('\r\u001b[K');
  expect(stdout.trimEnd().split('\r\u001b[K').at(-1)).toMatch(/^error: registry .* is not done after 1 s/);
  // In a pipe there is nothing of it.
  const piped = await run('add', 'later', '-n', into, '--from', 'configmap', '--at', 'y', '--wait', '--timeout', '1s');
  expect(piped.stderr).not.toContain('Waiting');
});

test('a sync is asked for by annotations', async () => {
  const into = await namespace();
  await registry(into, 'team');
  const asked = await run('sync', 'team', '-n', into, '--source', 'default', '--via', 'port-forward');
  expect([asked.code, asked.stderr]).toEqual([0, `registry ${into}/team: sync requested; follow it with status --watch\n`]);
  expect((await read(into, 'team')).metadata['annotations']).toEqual({
    'toolhive.stacklok.dev/sync-trigger': expect.stringMatching(/^\d{4}-.*Z$/) as unknown,
    'toolhive.stacklok.dev/sync-source': 'default',
  });
});

test.each<[what: string, args: string[], code: number, said: string]>([
  ['a registry that there is not', ['info', 'taem'], 1, 'there is no registry taem in namespace default; did you mean team?'],
  ['a URL in place of a name', ['list', 'http://example.com'], 2, '"http://example.com" is a URL, not a registry name; pass it with --url'],
  ['a context that there is not', ['list', '--context', 'x'], 2, 'has no context "x"; it has'],
  ['a kubeconfig that there is not', ['list', '--kubeconfig', '/nowhere'], 2, 'cannot read the kubeconfig /nowhere'],
  [
    'two sources at once',
    ['add', 'x', '--from', 'git', '--at', 'y', '--from-file', 'z'],
    2,
    'the source is described twice; give --from-file, or --from with --at',
  ],
  ['no source', ['add', 'x'], 2, 'no source is described; give --from with --at, or --from-file'],
  [
    'a source that is nowhere',
    ['add', 'x', '--from', 'git'],
    2,
    '--from git does not say where; give the address of the repository with --at',
  ],
  [
    'a flag of another type',
    ['add', 'x', '--from', 'url', '--at', 'https://x.example', '--branch', 'b'],
    2,
    '--branch is for --from git; leave it out',
  ],
  [
    'what the schema refuses',
    ['add', 'x', '--from', 'url', '--at', 'ftp://x'],
    2,
    'spec.source.url: must be an http:// or https:// address',
  ],
  ['several things that the schema refuses', ['add', 'X', '--from', 'git', '--at', 'y', '--interval', '1s'], 2, 'metadata.name'],
  ['a file that there is not', ['add', 'x', '--from-file', '/nowhere'], 2, '/nowhere does not exist; correct the path'],
  [
    'a file that is no catalog',
    ['add', 'x', '--from-file', fileURLToPath(new URL('../package.json', import.meta.url))],
    2,
    'is not a usable catalog',
  ],
  [
    'an interval and none',
    ['add', 'x', '--from', 'configmap', '--at', 'y', '--manual', '--interval', '5m'],
    2,
    '--manual and --interval exclude each other',
  ],
  [
    'a wait for nothing',
    ['add', 'x', '--from', 'configmap', '--at', 'y', '-o', 'yaml', '--wait'],
    2,
    '--wait has no effect when a manifest is printed',
  ],
  [
    'a wait that takes too long',
    ['add', 'late', '--from', 'configmap', '--at', 'y', '--wait', '--timeout', '1s'],
    1,
    'registry default/late is not done after 1 s: the controller has not seen it yet; wait longer with --timeout',
  ],
])('%s: exit code and message', async (_, args, code, said) => {
  await registry('default', 'team').catch(() => undefined);
  const found = await run(args[0] ?? '', ...args.slice(1));
  expect(found.stderr).toContain(said);
  expect(found.code).toBe(code);
});

describe('a cluster that does not let in', () => {
  const settings = async (change: (config: AnyObject) => void): Promise<string> => {
    const config = load(await readFile(cluster.api.kubeconfigPath, 'utf8')) as AnyObject;
    change(config);
    const file = join(cluster.folder, `config-${Math.random()}`);
    await writeFile(file, JSON.stringify(config));
    return file;
  };
  test.each<[what: string, change: (config: AnyObject) => void, said: string]>([
    [
      'with a token that has expired',
      (config) => (config['users'][0].user = { token: 'old' }),
      'does not accept the credentials of the kubeconfig; they may have expired: log in again',
    ],
    [
      'that is not there',
      (config) => (config['clusters'][0].cluster.server = 'https://127.0.0.1:1'),
      'cannot be reached: connect ECONNREFUSED 127.0.0.1:1; nothing listens there; check that the cluster runs',
    ],
    [
      'of another authority',
      (config) => delete config['clusters'][0].cluster['certificate-authority-data'],
      'the certificate authority in the kubeconfig does not match',
    ],
    [
      'whose credentials come from a program that is not there',
      (config) =>
        (config['users'][0].user = {
          exec: { apiVersion: 'client.authentication.k8s.io/v1', command: '/nowhere/login', interactiveMode: 'Never' },
        }),
      'the program that the kubeconfig names for credentials could not be run',
    ],
  ])('%s', async (_, change, said) => {
    const found = await run('list', '--kubeconfig', await settings(change));
    expect(found.stderr).toContain(said);
    expect([found.code, found.stdout]).toEqual([1, '']);
  });

  test('without permissions the missing one is named', async () => {
    const into = await namespace();
    await request('POST', `/api/v1/namespaces/${into}/serviceaccounts`, {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'guest' },
    });
    const { status } = (await request('POST', `/api/v1/namespaces/${into}/serviceaccounts/guest/token`, {
      apiVersion: 'authentication.k8s.io/v1',
      kind: 'TokenRequest',
      spec: {},
    })) as { status: { token: string } };
    const kubeconfig = await cluster.api.writeKubeconfig('guest', status.token);
    const found = await run('list', '-n', into, '--kubeconfig', kubeconfig);
    expect(found.stderr).toMatch(/cannot list resource "mcpregistries" .*; ask an administrator of the cluster for that permission\n$/);
    expect(found.code).toBe(1);
  });
});

describe('a cluster without our kind', () => {
  let other: ApiServer;
  beforeAll(async () => {
    other = await startApiServer({});
  }, 120_000);
  afterAll(async () => {
    await other?.stop();
  }, 60_000);

  test("is distinguished from one with ToolHive's kind of the same name", async () => {
    const env = { KUBECONFIG: other.kubeconfigPath };
    const none = await cluster.program.run(['list'], { env });
    expect([none.code, none.stderr]).toEqual([
      1,
      'error: toolhive-registry is not installed in this cluster: it does not have the kind MCPRegistry; install the chart charts/toolhive-registry\n',
    ]);
    const theirs = (await readFile(TOOLHIVE, 'utf8')).split(/^---$/m).map((document) => load(document) as AnyObject | undefined);
    for (const crd of theirs.filter((one) => one?.['kind'] === 'CustomResourceDefinition'))
      await other.request('POST', '/apis/apiextensions.k8s.io/v1/customresourcedefinitions', crd);
    const found = await waitFor(
      async () => {
        const said = await cluster.program.run(['list'], { env });
        return said.stderr.includes("ToolHive's") ? said : undefined;
      },
      { message: "ToolHive's kind to be served", deadlineMs: 20_000 },
    );
    expect(found.stderr).toContain("is ToolHive's, not that of toolhive-registry; install the chart");
    expect([found.code, found.stdout]).toEqual([1, '']);
  });
});

describe('without a cluster', () => {
  test('it says what it looked for, and how to do without', async () => {
    const found = await cluster.program.run(['list']);
    expect([found.code, found.stdout]).toEqual([2, '']);
    expect(found.stderr).toMatch(
      /^error: no cluster to talk to: .*; name a kubeconfig with --kubeconfig, or a registry without a cluster with --url\n$/,
    );
  });
});
