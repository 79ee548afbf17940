import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { labels, type ServerKind } from '@toolhive-registry/api';
import { commandCases, imageCases, urlCases } from '@toolhive-registry/catalog/references/testing';
import { waitFor } from '@toolhive-registry/testenv';
import { startCluster, type Cluster } from '../../testing.ts';
import { renderParameters, type Parameters } from '../parameters.ts';
import { installPolicies, putParameters, SERVER_KIND_CRDS } from '../testing.ts';
import { createTries, ENTRY, KAGENT, kind, list, MCP_SERVER, objectOf } from './testing.ts';

let cluster: Cluster;
const { refusal, enforcing, verdicts } = createTries(() => cluster);

beforeAll(async () => {
  cluster = await startCluster(SERVER_KIND_CRDS);
  await installPolicies(cluster, 'admin');
}, 120_000);

afterAll(async () => cluster?.api.stop(), 60_000);

test('images, URLs and packages are compared as the catalog compares them', async () => {
  const parameters = list({
    team: {
      images: imageCases.map(([, normal]) => normal),
      urls: urlCases.flatMap(([, normal]) => normal ?? []),
      packages: commandCases.flatMap(([, , normal]) => normal ?? []),
    },
  });
  const namespace = await enforcing(parameters);
  for (const [image] of imageCases) expect([image, await verdicts(namespace, parameters, { spec: { image } })]).toEqual([image, true]);
  for (const image of [
    'nginx:1.28',
    'ghcr.io/github/github-mcp-server',
    'evil.com/nginx:1.27',
    'docker.io',
    'a:b:c',
    'nginx\nmcp/time',
    'x@',
    '@x',
  ])
    expect([image, await verdicts(namespace, parameters, { spec: { image } })]).toEqual([image, false]);
  for (const [url, normal] of urlCases) {
    if (url === '') continue;
    const tried = { kind: kind('RemoteMCPServer.kagent.dev'), spec: { url, description: 'x' } };
    expect([url, await verdicts(namespace, parameters, tried)]).toEqual([url, normal !== undefined]);
  }
  for (const [cmd, args, normal] of commandCases) {
    const tried = { kind: KAGENT, spec: { deployment: { cmd, args } } };
    expect([cmd, args, await verdicts(namespace, parameters, tried)]).toEqual([cmd, args, normal !== undefined]);
  }
}, 60_000);

const NAMED = { images: ['docker.io/mcp/time:1'], urls: ['https://example.com/mcp'], packages: ['npm server'] };
const POD = { containers: [{ name: 'a', image: 'mcp/time:1' }] };

/** Every field of every kind that references something: an allowed object that uses it, and how to make it a forbidden one. */
const fields: readonly [kind: string, field: string, spec: (evil: boolean) => object][] = [
  ['MCPServer.toolhive.stacklok.dev', 'image', (evil) => ({ image: evil ? 'evil' : 'mcp/time:1' })],
  [
    'MCPServer.toolhive.stacklok.dev',
    'container',
    (evil) => inTemplate({ containers: [{ name: 'mcp' }, container(evil)], initContainers: null }),
  ],
  ['MCPServer.toolhive.stacklok.dev', 'init container', (evil) => inTemplate({ containers: null, initContainers: [container(evil)] })],
  ['MCPServer.toolhive.stacklok.dev', 'ephemeral container', (evil) => inTemplate({ ephemeralContainers: [container(evil)] })],
  ['MCPServer.toolhive.stacklok.dev', 'image volume', (evil) => inTemplate({ volumes: [{ name: 'x', emptyDir: {} }, volume(evil)] })],
  [
    'MCPRemoteProxy.toolhive.stacklok.dev',
    'URL',
    (evil) => ({ remoteUrl: evil ? 'https://evil.com/mcp' : 'https://Example.com:443/mcp/?x' }),
  ],
  [
    'MCPRemoteProxy.toolhive.stacklok.dev',
    'URL as it was spelled',
    (evil) => ({ remoteURL: evil ? 'https://evil.com/mcp' : 'https://example.com/mcp' }),
  ],
  [
    'MCPRemoteProxy.toolhive.stacklok.dev',
    'container',
    (evil) => ({ remoteUrl: 'https://example.com/mcp', podTemplateSpec: { spec: { containers: [container(evil)] } } }),
  ],
  [
    'MCPServerEntry.toolhive.stacklok.dev',
    'URL',
    (evil) => ({ remoteUrl: evil ? 'https://example.com/mcp/x' : 'https://example.com/mcp', transport: 'sse' }),
  ],
  [
    'VirtualMCPServer.toolhive.stacklok.dev',
    'backend',
    (evil) => ({ config: { backends: [{ name: 'x', url: evil ? 'http://example.com/mcp' : 'https://example.com/mcp' }] } }),
  ],
  [
    'VirtualMCPServer.toolhive.stacklok.dev',
    'container',
    (evil) => ({ groupRef: { name: 'x' }, podTemplateSpec: { spec: evil ? { containers: [container(true)] } : POD } }),
  ],
  [
    'MCPServer.mcp.x-k8s.io',
    'image',
    (evil) => ({ source: { type: 'ContainerImage', containerImage: { ref: evil ? 'mcp/time:2' : 'mcp/time:1' } } }),
  ],
  [
    'MCPServer.mcp.x-k8s.io',
    'workload',
    (evil) =>
      evil
        ? { workloadRef: { name: 'x', kind: 'Deployment' } }
        : { source: { type: 'ContainerImage', containerImage: { ref: 'mcp/time:1' } } },
  ],
  ['MCPServer.kagent.dev', 'image', (evil) => ({ deployment: { image: evil ? 'mcp/time' : 'mcp/time:1', cmd: 'npx', args: ['evil'] } })],
  ['MCPServer.kagent.dev', 'package', (evil) => ({ deployment: { cmd: 'npx', args: evil ? ['-y', 'evil'] : ['-y', 'server'] } })],
  [
    'MCPServer.kagent.dev',
    'package without arguments',
    (evil) => ({ deployment: evil ? { cmd: 'npx' } : { cmd: 'npx', args: ['server'] } }),
  ],
  ['MCPServer.kagent.dev', 'nothing', (evil) => ({ deployment: evil ? { port: 3000 } : { image: 'mcp/time:1' } })],
  [
    'MCPServer.kagent.dev',
    'init container',
    (evil) => ({ deployment: { image: 'mcp/time:1', initContainer: { image: evil ? 'evil' : 'mcp/time:1' } } }),
  ],
  ['MCPServer.kagent.dev', 'sidecar', (evil) => ({ deployment: { image: 'mcp/time:1', sidecars: [container(evil)] } })],
  ['MCPServer.kagent.dev', 'image volume', (evil) => ({ deployment: { cmd: 'npx', args: ['server'], volumes: [volume(evil)] } })],
  ['RemoteMCPServer.kagent.dev', 'URL', (evil) => ({ description: 'x', url: evil ? 'stdio:evil' : 'https://example.com/mcp' })],
];

function container(evil: boolean): object {
  return { name: 'x', image: evil ? 'evil:1' : 'mcp/time:1' };
}

function volume(evil: boolean): object {
  return { name: 'y', image: { reference: evil ? 'evil:1' : 'mcp/time:1' } };
}

function inTemplate(spec: object): object {
  return { image: 'mcp/time:1', podTemplateSpec: { spec } };
}

test.each(fields)(
  '%s, %s: made, changed, relabelled and deleted',
  async (name, _, spec) => {
    const of = kind(name);
    const parameters = list({ team: NAMED, other: {} });
    const namespace = await enforcing(parameters);
    expect(await verdicts(namespace, parameters, { kind: of, spec: spec(false) })).toBe(true);
    expect(await verdicts(namespace, parameters, { kind: of, spec: spec(true) })).toBe(false);

    // In another version than before, if the CRD has two.
    const lastVersion = of.group === 'kagent.dev' ? of.versions[0] : of.versions.at(-1);
    const path = `/apis/${of.group}/${lastVersion}/namespaces/${namespace}/${of.plural}`;
    const send = async (method: string, target: string, body?: object, type?: string): Promise<number> =>
      (await cluster.api.request(method, target, body, type)).status;
    const merge = (body: object): Promise<number> => send('PATCH', `${path}/tried`, body, 'application/merge-patch+json');
    const replaced = (evil: boolean): object => ({
      ...objectOf(namespace, { kind: of, spec: spec(evil) }),
      apiVersion: `${of.group}/${lastVersion}`,
    });
    // Created while nobody enforced: it may stay, be changed elsewhere, and be deleted.
    await putParameters(cluster, namespace, list({}));
    await waitFor(async () => (await refusal(namespace, { kind: of, spec: spec(true) })) === undefined, { message: 'nobody to enforce' });
    expect(await send('POST', path, replaced(true))).toBe(201);
    await putParameters(cluster, namespace, parameters);
    await waitFor(() => refusal(namespace, { kind: of, spec: spec(true) }), { message: 'somebody to enforce' });
    expect(await merge({ metadata: { annotations: { 'example.com/note': 'x' }, finalizers: ['example.com/hold'] } })).toBe(200);
    expect(await merge({ metadata: { labels: { [labels.registryName]: 'other' } } })).toBe(200);
    expect(await merge({ metadata: { labels: null } })).toBe(200);
    expect(await merge({ spec: { replicas: 2, groupRef: { name: 'other' } } })).toBe(200);
    expect(await send('PATCH', `${path}/tried/status`, { status: { phase: 'Running' } }, 'application/merge-patch+json')).toBe(200);
    // Its reference may become an allowed one, and nothing else afterwards.
    const { body: now } = await cluster.api.request('GET', `${path}/tried`);
    const { metadata } = now as { metadata: object };
    expect(await send('PUT', `${path}/tried`, { ...replaced(false), metadata })).toBe(200);
    const { body: later } = await cluster.api.request('GET', `${path}/tried`);
    const refused = await cluster.api.request('PUT', `${path}/tried`, {
      ...replaced(true),
      metadata: (later as { metadata: object }).metadata,
    });
    expect([refused.status, (refused.body as { message: string }).message]).toEqual([
      403,
      expect.stringContaining('is not in the catalog of other or team'),
    ]);
    expect(await send('DELETE', `${path}/tried`)).toBe(200);
    // A finalizer is removed by an update.
    expect(await merge({ metadata: { finalizers: null } })).toBe(200);
    await waitFor(async () => (await send('GET', `${path}/tried`)) === 404, { message: 'the object to be gone' });
  },
  60_000,
);

/** Fields that a CRD keeps in a pod template, and that Go's decoder takes for those that reference images. */
const misspelled: readonly [kind: string, podTemplateSpec: object][] = [
  ['MCPServer.toolhive.stacklok.dev', { Spec: { containers: [{ name: 'mcp', image: 'evil' }] } }],
  ['MCPServer.toolhive.stacklok.dev', { spec: { ...POD, Containers: [{ name: 'mcp', image: 'evil' }] } }],
  ['MCPServer.toolhive.stacklok.dev', { spec: { ...POD, 'container\u017f': [{ name: 'mcp', image: 'evil' }] } }],
  ['MCPServer.toolhive.stacklok.dev', { spec: { ...POD, initcontainers: [{ name: 'mcp', image: 'evil' }] } }],
  ['MCPServer.toolhive.stacklok.dev', { spec: { containers: [{ name: 'mcp', Image: 'evil' }] } }],
  ['MCPServer.toolhive.stacklok.dev', { spec: { volumes: [null, { name: 'v', IMAGE: { reference: 'evil' } }] } }],
  ['MCPServer.toolhive.stacklok.dev', { spec: { volumes: [{ name: 'v', image: { Reference: 'evil' } }] } }],
  ['VirtualMCPServer.toolhive.stacklok.dev', { sPec: { containers: [{ name: 'mcp', image: 'evil' }] } }],
];

test.each(misspelled)('%s: a pod template with %j is refused', async (name, podTemplateSpec) => {
  const parameters = list({ team: NAMED });
  const namespace = await enforcing(parameters);
  const own = name.startsWith('MCPServer') ? { image: 'mcp/time:1' } : {};
  expect(await verdicts(namespace, parameters, { kind: kind(name), spec: { ...own, podTemplateSpec } })).toBe(false);
  const usual = { metadata: { labels: { 'example.com/Image': 'x' } }, spec: { ...POD, hostPID: false, nodeSelector: { 'a.b/C': 'd' } } };
  expect(await verdicts(namespace, parameters, { kind: kind(name), spec: { ...own, podTemplateSpec: usual } })).toBe(true);
});

test('existing servers are admitted unchanged; those that cannot be judged can still be deleted', async () => {
  const namespace = await cluster.namespace();
  const merge = (path: string, name: string, body: object): Promise<{ status: number }> =>
    cluster.api.request('PATCH', `/apis/${path}/${name}`, body, 'application/merge-patch+json');
  const servers = `toolhive.stacklok.dev/v1beta1/namespaces/${namespace}/mcpservers`;
  const kagents = `kagent.dev/v1alpha1/namespaces/${namespace}/mcpservers`;
  const make = async (path: string, name: string, of: ServerKind, spec: object): Promise<void> => {
    const object = objectOf(namespace, { kind: of, spec });
    const { status } = await cluster.api.request('POST', `/apis/${path}`, {
      ...object,
      metadata: { ...object.metadata, name, finalizers: ['example.com/hold'] },
    });
    expect(status).toBe(201);
  };
  await make(kagents, 'command', KAGENT, { deployment: { cmd: 'npx', args: ['--package', 'a', 'x'] } });
  await make(servers, 'broken', MCP_SERVER, { image: 'mcp/time:1', podTemplateSpec: { spec: { containers: 'broken' } } });
  await make(servers, 'folded', MCP_SERVER, { image: 'mcp/time:1', podTemplateSpec: { spec: { Containers: [] } } });
  await putParameters(cluster, namespace, list({ team: NAMED }));
  await waitFor(() => refusal(namespace, { spec: { image: 'evil' } }), { message: 'somebody to enforce' });
  expect((await merge(kagents, 'command', { spec: { deployment: { port: 3001 } } })).status).toBe(200);
  expect((await merge(kagents, 'command', { spec: { deployment: { args: ['--package', 'evil', 'x'] } } })).status).toBe(403);
  const containers = [{ name: 'mcp', image: 'evil' }];
  expect((await merge(servers, 'folded', { spec: { podTemplateSpec: { spec: { Containers: containers } } } })).status).toBe(403);
  for (const [path, name] of [
    [kagents, 'command'],
    [servers, 'broken'],
    [servers, 'folded'],
  ] as const) {
    expect((await cluster.api.request('DELETE', `/apis/${path}/${name}`)).status).toBe(200);
    expect((await merge(path, name, { metadata: { finalizers: null } })).status).toBe(200);
    expect((await cluster.api.request('GET', `/apis/${path}/${name}`)).status).toBe(404);
  }
}, 60_000);

test('many images with the same prefix can be searched for, several times in one object', async () => {
  const images = Array.from({ length: 13_000 }, (_, index) => `registry.example.com/mcp/server-${String(index).padStart(5, '0')}:1.0.0`);
  const parameters = list({ team: { images } });
  const namespace = await enforcing(parameters);
  const containers = images.filter((_, index) => index % 650 === 0).map((image, index) => ({ name: `c${index}`, image }));
  const spec = { image: images[0], podTemplateSpec: { spec: { containers } } };
  expect(await verdicts(namespace, parameters, { spec })).toBe(true);
}, 60_000);

const A = { images: ['docker.io/mcp/a:1'] };
const B = { images: ['docker.io/mcp/b:1'] };
const BOTH = list({ a: A, b: B });
const of = (name: string, namespace?: string): Record<string, string> => ({
  [labels.registryName]: name,
  ...(namespace === undefined ? {} : { [labels.registryNamespace]: namespace }),
});

/** ToolHive's rules for image validation (operator, pkg/validation), with deliberate differences marked. */
const rules: readonly [rule: string, parameters: Parameters, labels: Record<string, string>, image: string, admitted: boolean][] = [
  ['nobody enforces', list({}, { registries: ['a'] }), {}, 'evil', true],
  ['nobody enforces, and the label names no registry', list({}, { registries: ['a'] }), of('none'), 'evil', true],
  ['in the catalog of one that enforces', BOTH, {}, 'mcp/b:1', true],
  ['in none', BOTH, {}, 'mcp/c:1', false],
  ['with an empty catalog', list({ a: {} }), {}, 'mcp/a:1', false],
  ['of one that never had a catalog', list({ a: A }, { lists: new Map() }), {}, 'mcp/a:1', false],
  ['in the catalog of one that does not enforce', list({ a: A, b: B }, { active: { enforce: ['a'], audit: [] } }), {}, 'mcp/b:1', false],
  ['in that of the registry that the label names', BOTH, of('a'), 'mcp/a:1', true],
  ['not in that of the registry that the label names', BOTH, of('a'), 'mcp/b:1', false],
  [
    'changed: the label names one that does not enforce, in the catalog of one that does',
    list({ a: A, b: B }, { active: { enforce: ['a'], audit: [] } }),
    of('b'),
    'mcp/a:1',
    true,
  ],
  [
    'changed: the label names one that does not enforce, in none that does',
    list({ a: A, b: B }, { active: { enforce: ['a'], audit: [] } }),
    of('b'),
    'mcp/b:1',
    false,
  ],
  ['the label names one that does not exist', BOTH, of('none'), 'mcp/a:1', false],
  ['changed: the label names one of another namespace', BOTH, of('b', 'elsewhere'), 'mcp/a:1', true],
  ['changed: the label names one of another namespace that does not exist here', BOTH, of('none', 'elsewhere'), 'mcp/a:1', true],
  ['changed: a label never exempts', BOTH, of('none', 'elsewhere'), 'evil', false],
  ['an audited registry beside it refuses nothing', list({ a: A, b: B }, { active: { enforce: [], audit: ['a'] } }), {}, 'evil', true],
];

test.each(rules)('%s', async (_, parameters, own, image, admitted) => {
  const namespace = await enforcing(parameters);
  expect(await verdicts(namespace, parameters, { spec: { image }, labels: own })).toBe(admitted);
  if (own[labels.registryName] !== undefined && own[labels.registryNamespace] === undefined) {
    const named = { ...own, [labels.registryNamespace]: namespace };
    expect(await verdicts(namespace, parameters, { spec: { image }, labels: named })).toBe(admitted);
  }
});

test('the same names in another namespace allow nothing in this one', async () => {
  const [here, there] = [list({ a: A }), list({ a: B })];
  const namespace = await enforcing(here);
  await enforcing(there);
  expect(await verdicts(namespace, here, { spec: { image: 'mcp/b:1' } })).toBe(false);
  expect(await verdicts(namespace, here, { spec: { image: 'mcp/a:1' } })).toBe(true);
});

test('a refusal names the reference, the registries, and how to find out why', async () => {
  const namespace = await enforcing(BOTH);
  const message = await refusal(namespace, { spec: { image: 'evil:1' } });
  expect(message).toContain(
    `MCPServer "tried" is refused: image evil:1 is not in the catalog of a or b, which namespace ${namespace} enforces; to see why: kubectl -n ${namespace} port-forward deployment/a-api 8081, then curl -sG localhost:8081/registry/explain --data-urlencode 'image=evil:1'`,
  );
  expect(await refusal(namespace, { kind: ENTRY, spec: { remoteUrl: 'https://evil.com/', transport: 'sse' }, labels: of('b') })).toContain(
    'URL https://evil.com/ is not in the catalog of b, which',
  );
  expect(await refusal(namespace, { kind: KAGENT, spec: { deployment: { cmd: 'npx', args: ['git+ssh://evil'] } } })).toContain(
    'command npx git+ssh://evil (which is no plain package of npm or PyPI) is not in',
  );
  expect(await refusal(namespace, { kind: KAGENT, spec: { deployment: {} } })).toContain(
    'an object that names no image, URL or package is not in',
  );
  expect(await refusal(namespace, { spec: { image: 'mcp/a:1' }, labels: of('none') })).toContain(
    `its label toolhive.stacklok.io/registry-name is "none", and there is no such MCPRegistry in namespace ${namespace}; name one of a, b`,
  );
});

test('a registry in audit mode warns about what it would refuse, and names it in the audit log', async () => {
  const parameters = list({ a: A, b: B }, { active: { enforce: ['b'], audit: ['a'] } });
  const namespace = await enforcing(parameters);
  const tried = async (image: string, own: Record<string, string> = {}): Promise<readonly string[]> => {
    const path = `/apis/toolhive.stacklok.dev/v1beta1/namespaces/${namespace}/mcpservers?dryRun=All`;
    return (await cluster.api.request('POST', path, objectOf(namespace, { spec: { image }, labels: own }))).warnings;
  };
  await waitFor(async () => (await tried('mcp/c:1')).length > 0, { message: 'a warning' });
  const refused = `Validation failed for ValidatingAdmissionPolicy 'registry-audit' with binding 'registry-audit': MCPServer \\"tried\\" would be refused: image mcp/c:1 is not in the catalog of b or a`;
  expect(await tried('mcp/c:1')).toEqual([expect.stringContaining(refused)]);
  expect(await tried('mcp/b:1')).toEqual([]);
  expect(await tried('mcp/b:1', of('a'))).toEqual([expect.stringContaining('is not in the catalog of a, which')]);
  // What is denied anyway needs no warning, and one does no harm.
  expect(await refusal(namespace, { spec: { image: 'mcp/a:1' } })).toContain("'registry-enforce'");
  const audited = await waitFor(
    async () => (await cluster.api.auditEvents()).find(({ annotations }) => JSON.stringify(annotations ?? {}).includes('mcp/c:1')),
    { message: 'the audit log' },
  );
  expect(Object.keys(audited.annotations ?? {})).toContain('validation.policy.admission.k8s.io/validation_failure');
});

test('references that do not fit into one ConfigMap are split, and each is found', async () => {
  const images = Array.from({ length: 30_000 }, (_, index) => `ghcr.io/organisation-${index % 97}/server-${index}:1.0.${index % 7}`);
  const urls = Array.from({ length: 200 }, (_, index) => `https://server-${index}.example.com/mcp`);
  const parameters = list({ a: { images, urls, templates: ['^https://[a-z]+\\.example\\.org$'] }, b: { images: images.slice(0, 10) } });
  const namespace = await enforcing(parameters);
  expect(renderParameters(parameters, []).length).toBeGreaterThan(2);
  for (const index of [0, 1, 9_999, 15_000, 29_999]) {
    const image = images[index] ?? '';
    expect([image, await verdicts(namespace, parameters, { spec: { image } })]).toEqual([image, true]);
    expect(await verdicts(namespace, parameters, { spec: { image: `${image}-evil` } })).toBe(false);
  }
  const remote = kind('RemoteMCPServer.kagent.dev');
  for (const url of ['https://server-0.example.com/mcp', 'https://server-199.example.com/mcp', 'https://any.example.org/'])
    expect(await verdicts(namespace, parameters, { kind: remote, spec: { url, description: 'x' } })).toBe(true);
  for (const url of ['https://server-200.example.com/mcp', 'not a url', 'https://any.example.net'])
    expect(await verdicts(namespace, parameters, { kind: remote, spec: { url, description: 'x' } })).toBe(false);
  // All at once, from all parts: one of them is too many.
  const containers = images.filter((_, index) => index % 1_700 === 0).map((image, index) => ({ name: `c${index}`, image }));
  const spec = { image: images[0], podTemplateSpec: { spec: { containers } } };
  expect(await verdicts(namespace, parameters, { spec })).toBe(true);
  const evil = { image: images[0], podTemplateSpec: { spec: { containers: [...containers, { name: 'x', image: 'evil' }] } } };
  expect(await verdicts(namespace, parameters, { spec: evil })).toBe(false);
}, 60_000);
