import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { customResourceDefinition, groups, plural } from '@toolhive-registry/api';
import { installPolicies } from '@toolhive-registry/controller/enforcement/testing';
import { catalogConfigMap, startCluster, type Cluster } from '@toolhive-registry/controller/testing';
import { servingFiles, temporaryFolder, type Folder } from '@toolhive-registry/registry-server/testing';
import { waitFor } from '@toolhive-registry/testenv';
import { builtProgram, fakeNodes, type Ended, type FakeNodes, type Program } from '../../testing.ts';
import { VERSION } from '../../version.ts';
import { foreignCrd, olderCrd } from './testing/crds.ts';
import { createAccount, createRegistry, holdLease, install, send, uninstall } from './testing/installation.ts';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const [DEV, IO] = groups;

let program: Program;
let cluster: Cluster;
let nodes: FakeNodes;
let serving: Awaited<ReturnType<typeof servingFiles>>;
let folder: Folder;

beforeAll(async () => {
  program = await builtProgram();
  cluster = await startCluster([]);
  nodes = await fakeNodes(cluster.api);
  folder = await temporaryFolder();
  serving = await servingFiles({ data: { version: '1', servers: { a: { image: 'example.com/a:1', description: 'Does a' } } } });
}, 120_000);

afterAll(async () => {
  await program?.[Symbol.asyncDispose]();
  await serving?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
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

interface ReportedFinding {
  readonly about: string;
  readonly check: string;
  readonly state: string;
  readonly sentence: string;
  readonly remedy?: string;
}

function doctor(args: readonly string[], kubeconfig = nodes.kubeconfig): Promise<Ended> {
  return runCli(['doctor', ...args], { kubeconfig });
}

/** What is said of things whose name begins so. */
async function diagnose(about: string, args: readonly string[] = [], kubeconfig?: string): Promise<ReportedFinding[]> {
  const { stdout, stderr } = await doctor([...args, '-q', '-o', 'json'], kubeconfig);
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { findings: ReportedFinding[] }).findings.filter((one) => one.about.startsWith(about));
}

function states(findings: readonly ReportedFinding[]): Record<string, string> {
  return Object.fromEntries(findings.map(({ check, state }) => [check, state]));
}

async function untilReported(check: string, state: string, text: string): Promise<ReportedFinding> {
  return waitFor(
    async () => (await diagnose('CRDs')).find((one) => one.check === check && one.state === state && one.sentence.includes(text)),
    {
      message: `${check} to be ${state}: ${text}`,
      deadlineMs: 30_000,
    },
  );
}

test('CRDs that are missing, somebody else’s, too old, and ours', async () => {
  const [dev, io] = [`${plural}.${DEV}`, `${plural}.${IO}`];
  expect(states(await diagnose('CRDs'))).toEqual({ [dev]: 'problem', [io]: 'problem' });
  await send(cluster, 'POST', CRDS, foreignCrd());
  await untilReported(dev, 'problem', 'it has the version v1beta1 and not v1alpha1');
  await send(cluster, 'POST', CRDS, olderCrd(IO));
  expect(await untilReported(io, 'warning', 'it lacks spec.enforcementMode;')).toMatchObject({
    remedy: expect.stringContaining(`kubectl apply --server-side -f crds/${IO}_mcpregistries.yaml`),
  });
  await untilReported(dev, 'warning', `MCPRegistries of ${IO} work here`);
  const { metadata } = await send(cluster, 'GET', `${CRDS}/${io}`);
  const ours = customResourceDefinition(IO) as { metadata: object };
  await send(cluster, 'PUT', `${CRDS}/${io}`, { ...ours, metadata });
  await untilReported(io, 'ok', 'as this program knows it');
  await send(cluster, 'DELETE', `${CRDS}/${dev}`);
  await waitFor(async () => (await cluster.api.request('GET', `${CRDS}/${dev}`)).status === 404, { message: 'the CRD to be gone' });
  await send(cluster, 'POST', CRDS, customResourceDefinition(DEV));
  await untilReported(dev, 'ok', 'as this program knows it');
}, 120_000);

test.each<[what: string, run: () => Promise<Ended>, code: number, text: string]>([
  ['no API server', async () => doctor([], await unreachable()), 1, 'FAIL  reachable'],
  [
    'credentials that are not accepted',
    async () => doctor([], await nodes.kubeconfigFor('wrong')),
    1,
    'does not accept the credentials of the kubeconfig',
  ],
  ['no kubeconfig', () => runCli(['doctor', '--kubeconfig', '/nonexistent/config']), 2, 'error: '],
  [
    'two ways to say where',
    () => doctor(['-A', '-n', 'prod']),
    2,
    '--namespace and --all-namespaces are both given; leave one of them out',
  ],
  ['an unknown format', () => doctor(['-o', 'wide']), 2, '--output is "wide"; use one of table, json, yaml, jsonpath=TEMPLATE'],
])('%s', async (_, run, code, text) => {
  const ended = await run();
  expect(`${ended.stdout}${ended.stderr}`).toContain(text);
  expect(ended.code).toBe(code);
});

/** A kubeconfig for a server that is not there. */
function unreachable(): Promise<string> {
  const name = 'away';
  const config = {
    clusters: [{ name, cluster: { server: 'https://127.0.0.1:1' } }],
    users: [{ name, user: { token: 'x' } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  };
  return folder.write('away', JSON.stringify(config));
}

test('an installation that is as it should be, and nothing is changed', async () => {
  const system = await install(cluster, ['--registry-access=direct', '--leader-election-namespace=default']);
  await holdLease(cluster, 'default', 'toolhive-registry-controller');
  const namespace = await cluster.namespace();
  await cluster.create('configmaps', namespace, catalogConfigMap('data', 'a'));
  await send(cluster, 'POST', `/api/v1/namespaces/${namespace}/secrets`, {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'pull' },
    stringData: { a: 'secret' },
  });
  await createRegistry(cluster, namespace, 'team', { spec: { imagePullSecrets: [{ name: 'pull' }] } });
  nodes.serve(namespace, 'team', serving.url);
  const before = nodes.requests.length;
  const { code, stdout, stderr } = await doctor(['--verbose']);
  expect(stdout).not.toMatch(/FAIL|warn| \? /);
  for (const line of [
    `Controller ${system}/controller`,
    `  ok    version: ${VERSION}, image example.com/controller:${VERSION}`,
    '  ok    leader in default: controller-1 holds Lease default/toolhive-registry-controller',
    `  ok    permissions: ServiceAccount ${system}/controller may do everything that the chart grants`,
    '  ok    sources: 1 source read, every entry served',
    '  ok    ConfigMaps: there are all that it names: data',
    '  ok    Secrets: there are all that it names: pull',
  ])
    expect(stdout).toContain(line);
  expect(stderr).toMatch(/^No problem; \d+ checks\.\n$/);
  expect(code).toBe(0);
  const asked = nodes.requests.slice(before);
  expect(asked.filter(({ method, url }) => method !== 'GET' && !url.endsWith('accessreviews'))).toEqual([]);
  expect([...new Set(asked.filter(({ url }) => url.includes('/secrets')).map(({ accept }) => accept))]).toEqual([
    'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1',
  ]);
  await uninstall(cluster, system);
}, 60_000);

test('a controller of another version, without permissions and without its Lease', async () => {
  const namespace = await cluster.namespace();
  const reading = { apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list', 'watch'] };
  const system = await install(cluster, [`--watch-namespaces=${namespace}`, '--refresh-volumes=true'], [reading], '0.0.1');
  const findings = await diagnose(`Controller ${system}/controller`);
  expect(states(findings)).toEqual({ pods: 'ok', version: 'warning', [`leader in ${namespace}`]: 'problem', permissions: 'problem' });
  expect(findings.find(({ check }) => check === 'permissions')?.sentence).toMatch(
    new RegExp(
      `^ServiceAccount ${system}/controller may not patch mcpregistries/status\\.${DEV} in namespace ${namespace} \\(to report the state of registries\\); nor .* and \\d+ more$`,
    ),
  );
  await uninstall(cluster, system);
}, 60_000);

test('registries that do not work', async () => {
  const system = await install(cluster, ['--no-leader-elect', '--registry-access=direct']);
  const namespace = await cluster.namespace();
  await createRegistry(cluster, namespace, 'broken', {
    isReady: false,
    spec: { source: { configmap: { name: 'none' } }, enforceServers: true },
  });
  await createRegistry(cluster, namespace, 'silent');
  await createRegistry(cluster, namespace, 'twice');
  await createRegistry(cluster, namespace, 'twice', { group: IO });
  nodes.serve(namespace, 'silent', undefined);
  nodes.serve(namespace, 'twice', serving.url);
  const deny = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'deny' },
    spec: { podSelector: {}, policyTypes: ['Ingress'] },
  };
  await cluster.create('networkpolicies', namespace, deny);
  const findings = await diagnose('', ['-n', namespace]);
  const of = (name: string): ReportedFinding[] => findings.filter(({ about }) => about.startsWith(`Registry ${namespace}/${name}`));
  expect(states(of('broken'))).toEqual({
    serving: 'problem',
    conditions: 'ok',
    pods: 'problem',
    ConfigMaps: 'problem',
    'internal port': 'problem',
  });
  expect(of('broken').map(({ sentence }) => sentence)).toEqual(
    expect.arrayContaining([
      '0 of 1 pod ready; pod broken-dev: ImagePullBackOff: not found',
      'spec.source.configmap.name names "none", which does not exist',
    ]),
  );
  expect(of('silent').find(({ check }) => check === 'sources')).toMatchObject({
    state: 'unknown',
    sentence: expect.stringContaining('no data within 3 s') as unknown,
  });
  expect(of('twice').filter(({ check, state }) => check === 'name' && state === 'problem')).toHaveLength(2);
  expect(findings.filter(({ about }) => about === 'Enforcement').map(({ state, sentence }) => [state, sentence])).toEqual([
    ['problem', `the admission policies of ${system}/controller are switched off, and 1 registry has enforceServers set`],
  ]);
  await uninstall(cluster, system);
}, 60_000);

test('policies that registries ask for', async () => {
  const system = await install(cluster, ['--no-leader-elect', '--enforcement-policies=there']);
  const other = await install(cluster, ['--no-leader-elect', '--enforcement-policies=gone']);
  await installPolicies(cluster, 'admin', 'there');
  const namespace = await cluster.namespace();
  await createRegistry(cluster, namespace, 'team', { spec: { enforceServers: true } });
  expect(states(await diagnose('Enforcement', ['-n', namespace]))).toEqual({
    'ValidatingAdmissionPolicy there-enforce': 'ok',
    'ValidatingAdmissionPolicyBinding there-enforce': 'ok',
    'ValidatingAdmissionPolicy there-guard': 'ok',
    'ValidatingAdmissionPolicyBinding there-guard': 'ok',
    'ValidatingAdmissionPolicy gone-enforce': 'problem',
    'ValidatingAdmissionPolicyBinding gone-enforce': 'problem',
    'ValidatingAdmissionPolicy gone-guard': 'warning',
    'ValidatingAdmissionPolicyBinding gone-guard': 'warning',
  });
  await uninstall(cluster, system);
  await uninstall(cluster, other);
}, 60_000);

test('what somebody may not look at is unknown, and the permission is named', async () => {
  const namespace = await cluster.namespace();
  await createRegistry(cluster, namespace, 'team', { spec: { imagePullSecrets: [{ name: 'pull' }] } });
  nodes.serve(namespace, 'team', serving.url);
  await createAccount(cluster, namespace, 'user', [{ apiGroups: [DEV, IO], resources: [plural], verbs: ['get', 'list'] }], false);
  const { status } = await send(cluster, 'POST', `/api/v1/namespaces/${namespace}/serviceaccounts/user/token`, {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: {},
  });
  const kubeconfig = await nodes.kubeconfigFor((status as { token: string }).token, namespace);
  await waitFor(async () => (await doctor(['-q'], kubeconfig)).stdout.includes(`Registry ${namespace}/team`), {
    message: 'the permissions to be in force',
  });
  const findings = await diagnose('', [], kubeconfig);
  expect(
    Object.fromEntries(
      findings.filter(({ state }) => state === 'unknown').map(({ check, remedy = '' }) => [check, remedy.split('permission to ')[1]]),
    ),
  ).toEqual({
    controller: 'list deployments.apps in all namespaces',
    pods: `list pods in namespace ${namespace}`,
    ConfigMaps: `get configmaps in namespace ${namespace}`,
    Secrets: `get secrets in namespace ${namespace}`,
  });
  expect(findings.filter(({ about }) => about === 'Your permissions').map(({ check, state }) => [check, state])).toEqual([
    [`list ${plural}.${DEV}`, 'ok'],
    [`patch ${plural}.${DEV}`, 'warning'],
    [`list ${plural}.${IO}`, 'ok'],
    [`patch ${plural}.${IO}`, 'warning'],
    ['get services/proxy', 'warning'],
  ]);
  // With --all-namespaces the missing permission is named.
  const [list] = await diagnose('Registries', ['--all-namespaces'], kubeconfig);
  expect(list).toMatchObject({ state: 'unknown', remedy: `ask an administrator for permission to list ${plural} in all namespaces` });
  expect((await doctor([], kubeconfig)).code).toBe(0);
}, 60_000);
