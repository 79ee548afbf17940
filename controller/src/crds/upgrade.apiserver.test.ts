import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { annotations, apiVersion, crdName, crdVersion, customResourceDefinition, groups } from '@toolhive-registry/api';
import { startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { runController, type Obj } from '../testing.ts';

const [DEV, IO] = groups;
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const TOOLHIVE = readFileSync(fileURLToPath(new URL('../../../e2e/chainsaw/beside-toolhive/toolhive-crds.yaml', import.meta.url)), 'utf8');
const NEWER = '999.0.0';

let api: ApiServer;

beforeAll(async () => {
  api = await startApiServer();
  await api.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'system' } });
}, 90_000);

afterEach(async () => {
  for (const group of groups) {
    await api.request('DELETE', `${CRDS}/${crdName(group)}`);
    await waitFor(async () => (await crd(group)) === undefined, { message: 'the CRD to be gone', deadlineMs: 20_000 });
  }
}, 60_000);

afterAll(async () => {
  await api?.stop();
}, 30_000);

async function crd(group: string): Promise<Obj | undefined> {
  const { status, body } = await api.request('GET', `${CRDS}/mcpregistries.${group}`);
  return status === 404 ? undefined : (body as Obj);
}

/** Creates a CRD and waits until its objects are served. */
async function install(body: object | string): Promise<Obj> {
  const { status, body: created } = await api.request('POST', CRDS, body, typeof body === 'string' ? 'application/yaml' : undefined);
  if (status !== 201) throw new Error(JSON.stringify(created));
  const { spec } = created as Obj;
  const { name } = spec.versions.find((version: { storage: boolean }) => version.storage);
  await waitFor(async () => (await api.request('GET', `/apis/${spec.group}/${name}/mcpregistries`)).status === 200, {
    message: 'the CRD to be served',
    deadlineMs: 20_000,
  });
  return (await crd(spec.group)) ?? (created as Obj);
}

/** Our CRD as an earlier or later version had it: with another number, or none, and without a field of `spec`. */
function ours(group: (typeof groups)[number], version?: string, without?: string): object {
  const own = structuredClone(customResourceDefinition(group)) as unknown as Obj;
  own.metadata.annotations = version === undefined ? {} : { [annotations.crdVersion]: version };
  if (without !== undefined) delete own['spec'].versions[0].schema.openAPIV3Schema.properties.spec.properties[without];
  return own;
}

async function upgrade(kubeconfig = api.kubeconfigPath): Promise<{ code: number | null; said: string; complaint: string }> {
  const run = runController(['upgrade-crds', `--kubeconfig=${kubeconfig}`]);
  const code = await run.exit;
  return { code, said: run.stdout(), complaint: run.stderr() };
}

test.each([
  ['without a number', undefined, 'a version without a number'],
  ['of an earlier version', '0.0.1', '0.0.1'],
  ['of this version, changed by hand', crdVersion, crdVersion],
])(
  'a CRD %s gets what it lacks; its objects stay, and the new field is taken from then on',
  async (_, version, shown) => {
    const before = await install(ours(DEV, version, 'displayName'));
    const path = `/apis/${apiVersion}/namespaces/system/mcpregistries`;
    const registry = {
      apiVersion,
      kind: 'MCPRegistry',
      metadata: { name: 'a' },
      spec: { displayName: 'A', source: { type: 'url', url: 'https://a.b' } },
    };
    expect((await api.request('POST', path, registry)).body).toMatchObject({ spec: { source: { type: 'url', url: 'https://a.b' } } });

    const { code, said, complaint } = await upgrade();
    expect([code, complaint]).toEqual([0, '']);
    expect(said).toBe(
      `CRD ${crdName(DEV)}: upgraded from ${shown} to ${crdVersion}\n` +
        `CRD ${crdName(IO)}: is not installed, and an upgrade does not install it; to serve MCPRegistries of ${IO}: kubectl apply --server-side --force-conflicts -f crds/${IO}_mcpregistries.yaml\n`,
    );
    const after = await crd(DEV);
    expect(after?.metadata).toMatchObject({ uid: before.metadata.uid, annotations: { [annotations.crdVersion]: crdVersion } });
    expect(
      (await api.request('PUT', `${path}/a`, { ...registry, metadata: ((await api.request('GET', `${path}/a`)).body as Obj).metadata }))
        .body,
    ).toMatchObject({
      spec: { displayName: 'A', source: { type: 'url', url: 'https://a.b' } },
    });
    expect((await upgrade()).said).toContain(`CRD ${crdName(DEV)}: is up to date (${crdVersion})\n`);
    expect((await crd(DEV))?.metadata.resourceVersion).toBe(after?.metadata.resourceVersion);
  },
  60_000,
);

test("ToolHive's CRD is left as it is, and ours of the other group is upgraded", async () => {
  const theirs = await install(TOOLHIVE.split(/^---$/m)[0] ?? '');
  await install(ours(IO, undefined, 'displayName'));
  expect(await upgrade()).toEqual({
    code: 0,
    said:
      `CRD ${crdName(DEV)}: is not this controller's (its objects are not stored as v1alpha1); left alone with its objects\n` +
      `CRD ${crdName(IO)}: upgraded from a version without a number to ${crdVersion}\n`,
    complaint: '',
  });
  expect(await crd(DEV)).toEqual(theirs);
}, 60_000);

test('a newer CRD is kept, as after a rollback', async () => {
  const before = await install(ours(DEV, NEWER, 'displayName'));
  const { code, said } = await upgrade();
  expect(code).toBe(0);
  expect(said).toContain(
    `CRD ${crdName(DEV)}: is of version ${NEWER}, which is newer than this controller's (${crdVersion}); kept, since objects may use its fields\n`,
  );
  expect(await crd(DEV)).toEqual(before);
}, 60_000);

test.each<[string, string | undefined]>([
  ['there are none', undefined],
  ["there is only ToolHive's", TOOLHIVE.split(/^---$/m)[0]],
])(
  'it fails, with the remedy, where %s',
  async (_, theirs) => {
    if (theirs !== undefined) await install(theirs);
    const { code, complaint } = await upgrade();
    expect(code).toBe(1);
    expect(complaint).toBe(
      `none of the CRDs ${groups.map(crdName).join(' and ')} is this controller's; install one: kubectl apply --server-side --force-conflicts -f crds/${IO}_mcpregistries.yaml\n`,
    );
    expect(await crd(IO)).toBeUndefined();
  },
  60_000,
);

test('it fails without the permission, and names the one that it needs', async () => {
  await install(ours(DEV, '0.0.1'));
  const accounts = '/api/v1/namespaces/system/serviceaccounts';
  await api.request('POST', accounts, { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'powerless' } });
  const request = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: {} };
  const { body } = await api.request('POST', `${accounts}/powerless/token`, request);
  const { code, said, complaint } = await upgrade(await api.writeKubeconfig('powerless', (body as Obj)['status'].token));
  expect([code, said]).toEqual([1, '']);
  const lines = complaint.trim().split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toContain(`CRD ${crdName(DEV)}: cannot be upgraded: GET ${CRDS}/${crdName(DEV)}: `);
  expect(lines[0]).toContain('User "system:serviceaccount:system:powerless" cannot get resource "customresourcedefinitions"');
  expect(lines[0]).toContain(
    `allow get and patch on customresourcedefinitions ${groups.map(crdName).join(' and ')} of apiextensions.k8s.io, as ClusterRole NAME-crds of the chart does, or set crds.upgrade=false and do it by hand: kubectl apply --server-side --force-conflicts -f crds/${DEV}_mcpregistries.yaml`,
  );
}, 60_000);
