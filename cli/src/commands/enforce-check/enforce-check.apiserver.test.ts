import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { groups, labels, registryImagesSchema, serverKindOf, type EnforcementMode } from '@toolhive-registry/api';
import { crdFile, registryObject, startCluster, type Cluster } from '@toolhive-registry/controller/testing';
import { installPolicies, putParameters, SERVER_KIND_CRDS } from '@toolhive-registry/controller/enforcement/testing';
import { servingFiles } from '@toolhive-registry/registry-server/testing';
import { waitFor } from '@toolhive-registry/testenv';
import { builtProgram, fakeNodes, type Ended, type FakeNodes, type Program } from '../../testing.ts';

type Served = Awaited<ReturnType<typeof servingFiles>>;

let program: Program;
let cluster: Cluster;
let nodes: FakeNodes;
const registries: Served[] = [];

beforeAll(async () => {
  program = await builtProgram();
  cluster = await startCluster([...groups.map(crdFile), ...SERVER_KIND_CRDS]);
  await installPolicies(cluster, 'admin');
  nodes = await fakeNodes(cluster.api);
}, 120_000);

afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
  for (const registry of registries) await registry[Symbol.asyncDispose]();
  await nodes?.[Symbol.asyncDispose]();
  await cluster?.api.stop();
}, 60_000);

/** Runs the program, which knows no cluster but the one that is given. */
function runCli(
  args: readonly string[],
  { kubeconfig, input }: { readonly kubeconfig?: string; readonly input?: string } = {},
): Promise<Ended> {
  return program.run(args, { env: kubeconfig === undefined ? {} : { KUBECONFIG: kubeconfig }, ...(input === undefined ? {} : { input }) });
}

function oci(image: string): object {
  return { registryType: 'oci', identifier: image, transport: { type: 'stdio' } };
}

const CATALOGS = {
  a: [
    { packages: [oci('ghcr.io/example/weather:1.0.0'), oci(`ghcr.io/example/pinned@sha256:${'a'.repeat(64)}`), oci('redis')] },
    {
      remotes: [
        { type: 'sse', url: 'https://remote.example.com/mcp' },
        { type: 'sse', url: 'https://{tenant}.example.org/mcp' },
      ],
    },
    { packages: [{ registryType: 'npm', identifier: '@example/npm', transport: { type: 'stdio' } }] },
  ],
  b: [{ packages: [oci('ghcr.io/example/other:1')] }],
} as const;

/** Starts registries in a namespace of their own, and tells the policies what they list, as the controller does. */
async function enforced(modes: Partial<Record<keyof typeof CATALOGS, EnforcementMode | undefined>>): Promise<string> {
  const namespace = await cluster.namespace();
  const lists = new Map();
  const names = Object.keys(modes) as (keyof typeof CATALOGS)[];
  for (const name of names) {
    const mode = modes[name];
    const spec = mode === undefined ? {} : { enforceServers: true, enforcementMode: mode };
    await cluster.create('mcpregistries', namespace, registryObject(name, spec));
    const servers = CATALOGS[name].map((one, index) => ({ name: `com.example/s${index}`, version: '1.0.0', description: 'Some', ...one }));
    const registry = await servingFiles({ data: { data: { servers } } }, spec);
    registries.push(registry);
    nodes.serve(namespace, name, registry.url);
    const { images, urls, packages, urlTemplates } = registryImagesSchema.parse(
      await (await fetch(`${registry.url}/registry/images`)).json(),
    );
    lists.set(name, { images, urls, packages, templates: urlTemplates.map(({ pattern }) => pattern) });
  }
  const inMode = (wanted: EnforcementMode): string[] => names.filter((name) => modes[name] === wanted);
  await putParameters(cluster, namespace, { registries: names, active: { enforce: inMode('enforce'), audit: inMode('audit') }, lists });
  const probe = { apiVersion: TOOLHIVE, kind: 'MCPServer', metadata: { name: 'probe' }, spec: { image: 'probe/never' } };
  if (inMode('enforce').length > 0)
    await waitFor(async () => (await admission(namespace, probe)) === 'refused', { message: 'the policies to know the parameters' });
  if (inMode('audit').length > 0)
    await waitFor(async () => (await admission(namespace, probe)) !== 'allowed', { message: 'the policies to know the parameters' });
  return namespace;
}

const TOOLHIVE = 'toolhive.stacklok.dev/v1beta1';

interface Tried {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly spec: object;
}

function pathOf(namespace: string, { apiVersion, kind }: Tried): string {
  return `/apis/${apiVersion}/namespaces/${namespace}/${serverKindOf({ apiVersion, kind })?.plural ?? ''}`;
}

/** What the API server makes of it. */
async function admission(namespace: string, tried: Tried): Promise<'allowed' | 'refused' | 'audited'> {
  const { status, body, warnings } = await cluster.api.request('POST', `${pathOf(namespace, tried)}?dryRun=All`, tried);
  const { message = '' } = body as { readonly message?: string };
  if (status === 403 && message.includes('ValidatingAdmissionPolicy')) return 'refused';
  if (status >= 300) throw new Error(`${status} ${message}`);
  return warnings.some((warning) => warning.includes('ValidatingAdmissionPolicy')) ? 'audited' : 'allowed';
}

function check(namespace: string, objects: readonly object[], flags: readonly string[] = []): Promise<Ended> {
  const input = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  return runCli(['enforce', 'check', '-q', '-f', '-', '--namespace', namespace, ...flags], { input, kubeconfig: nodes.kubeconfig });
}

async function outcomes(namespace: string, objects: readonly object[], flags: readonly string[] = []): Promise<string[]> {
  const { stdout, stderr } = await check(namespace, objects, ['-o', 'json', ...flags]);
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { servers: { outcome: string }[] }).servers.map(({ outcome }) => outcome);
}

function named(name: string, of?: string): Record<string, string> {
  return { [labels.registryName]: name, ...(of === undefined ? {} : { [labels.registryNamespace]: of }) };
}
const server = (image: string, own: Record<string, string> = {}): Omit<Tried, 'metadata'> & { labels: Record<string, string> } => ({
  apiVersion: TOOLHIVE,
  kind: 'MCPServer',
  labels: own,
  spec: { image },
});
const remote = (url: string): Omit<Tried, 'metadata'> => ({
  apiVersion: 'kagent.dev/v1alpha2',
  kind: 'RemoteMCPServer',
  spec: { url, description: 'x' },
});
const command = (cmd: string, ...args: string[]): Omit<Tried, 'metadata'> => ({
  apiVersion: 'kagent.dev/v1alpha1',
  kind: 'MCPServer',
  spec: { deployment: { cmd, args } },
});
const sidecar = (image: string): Omit<Tried, 'metadata'> => ({
  apiVersion: TOOLHIVE,
  kind: 'MCPServer',
  spec: { image: 'redis:latest', podTemplateSpec: { spec: { containers: [{ name: 'mcp', image }] } } },
});

/** Objects of which some are let in and some are not, for every reason there is. */
const TRIED: Tried[] = [
  server('ghcr.io/example/weather:1.0.0'),
  server('GHCR.io/example/weather:1.0.0'),
  server('ghcr.io/example/weather:2.0.0'),
  server(' ghcr.io/example/weather:1.0.0'),
  server('ghcr.io/example/weather'),
  server(`ghcr.io/example/pinned:7@sha256:${'a'.repeat(64)}`),
  server('ghcr.io/example/pinned:7'),
  server('docker.io/library/redis:latest'),
  server('ghcr.io/example/other:1'),
  server('ghcr.io/example/other:1', named('a')),
  server('ghcr.io/example/other:1', named('b')),
  server('ghcr.io/example/other:1', named('none')),
  server('ghcr.io/example/other:1', named('a', 'elsewhere')),
  remote('https://Remote.example.com:443/mcp/?a=b'),
  remote('https://one.example.org/mcp'),
  remote('https://one.two.example.org/other'),
  remote('https://user@remote.example.com/mcp'),
  command('npx', '-y', '@example/npm@1.2.3', '--flag'),
  command('npx', 'git+https://example.com/evil'),
  command('uvx', 'unknown'),
  sidecar('ghcr.io/example/weather:1.0.0'),
  sidecar('evil'),
  { ...sidecar('redis'), spec: { image: 'redis', podTemplateSpec: { Spec: {} } } },
  { apiVersion: TOOLHIVE, kind: 'VirtualMCPServer', spec: { groupRef: { name: 'x' } } },
].map((one, index) => {
  const { labels: own, ...rest } = one as { labels?: Record<string, string> } & Omit<Tried, 'metadata'>;
  return { ...rest, metadata: { name: `tried-${index}`, ...(own === undefined ? {} : { labels: own }) } };
});

test.each<[what: string, modes: Parameters<typeof enforced>[0]]>([
  ['one that enforces', { a: 'enforce' }],
  ['two that enforce', { a: 'enforce', b: 'enforce' }],
  ['one that enforces, and one that does not', { a: 'enforce', b: undefined }],
  ['one that enforces, and one that audits', { a: 'audit', b: 'enforce' }],
  ['one that audits', { a: 'audit' }],
])(
  'the same is said as the API server says: %s',
  async (_, modes) => {
    const namespace = await enforced(modes);
    const said = await Promise.all(TRIED.map((tried) => admission(namespace, tried)));
    expect(new Set(said).size).toBeGreaterThan(1);
    const found = await outcomes(namespace, TRIED);
    expect(TRIED.map((tried, index) => [tried, found[index]])).toEqual(TRIED.map((tried, index) => [tried, said[index]]));
  },
  60_000,
);

test('without enforcement nothing is refused', async () => {
  const namespace = await enforced({ a: undefined });
  expect(await outcomes(namespace, [TRIED[2] ?? {}])).toEqual(['notEnforced']);
  expect(await outcomes(namespace, [TRIED[2] ?? {}], ['--as-enforced'])).toEqual(['refused']);
  expect(await outcomes(await cluster.namespace(), [TRIED[2] ?? {}], ['--as-enforced'])).toEqual(['notEnforced']);
});

test('what runs already may be applied again as it is', async () => {
  const namespace = await enforced({});
  const evil: Tried = { ...server('evil:1'), metadata: { name: 'old' } };
  expect((await cluster.api.request('POST', pathOf(namespace, evil), evil)).status).toBe(201);
  await cluster.create('mcpregistries', namespace, registryObject('a', { enforceServers: true }));
  const other = await enforced({ a: 'enforce' });
  nodes.serve(namespace, 'a', registries.at(-1)?.url ?? '');
  expect(await outcomes(namespace, [evil, { ...evil, spec: { image: 'evil:2' } }])).toEqual(['allowed', 'refused']);
  // In another namespace there is no such object.
  expect(await outcomes(other, [evil])).toEqual(['refused']);
});

test('objects are judged in their own namespaces, or by the registries that are named', async () => {
  const [here, there] = [await enforced({ a: 'enforce' }), await enforced({ b: 'enforce' })];
  const tried = { ...server('ghcr.io/example/other:1'), metadata: { name: 's', namespace: there } };
  expect(await outcomes(here, [tried, { ...tried, metadata: { name: 's' } }])).toEqual(['allowed', 'refused']);
  expect(await outcomes(here, [tried], ['--registry', 'a'])).toEqual(['refused']);
  const { code, stderr } = await check(here, [tried], ['--registry', 'aa']);
  expect([code, stderr]).toEqual([1, `error: there is no registry aa in namespace ${here}; did you mean a?\n`]);
});

test('with a registry that cannot be asked the result is unknown, which is not a success', async () => {
  const namespace = await cluster.namespace();
  await cluster.create('mcpregistries', namespace, registryObject('a', { enforceServers: true }));
  const { code, stdout } = await check(namespace, [TRIED[0] ?? {}]);
  expect(code).toBe(1);
  expect(stdout).toContain(`unknown       MCPServer ${namespace}/tried-0`);
  expect(stdout).toContain(`the registry's Service ${namespace}/a-int cannot be reached`);
});

test('a registry whose enforcement is not in force is reported', async () => {
  const namespace = await enforced({ a: 'enforce' });
  const condition = {
    type: 'EnforcementActive',
    status: 'False',
    reason: 'PoliciesOff',
    message: 'the admission policies are switched off',
    lastTransitionTime: '2026-01-01T00:00:00Z',
  };
  await cluster.patch('mcpregistries', namespace, 'a', { status: { conditions: [condition] } }, 'status');
  const input = JSON.stringify(TRIED[0]);
  const { stderr } = await runCli(['enforce', 'check', '-f', '-', '-n', namespace], { input, kubeconfig: nodes.kubeconfig });
  expect(stderr).toContain(`warning: registry ${namespace}/a is not enforced in the cluster: the admission policies are switched off`);
});
