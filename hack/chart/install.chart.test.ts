import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { annotations, crdName, crdVersion, groups, type RegistryGroup } from '@toolhive-registry/api';
import { runController } from '@toolhive-registry/controller/testing';
import { startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { helm, objectAt, playJob } from './live.ts';
import { chart, root, type Outcome } from './programs.ts';
import type { Rendered, Values } from './render.ts';
import { valuesFiles } from './values.ts';

const [DEV, IO] = groups;
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** In the shape of ToolHive's CRD. */
const TOOLHIVE = join(root, 'e2e/chainsaw/beside-toolhive/toolhive-crds.yaml');
const FILE = readFileSync(join(root, 'examples/quickstart.yaml'), 'utf8');
const VALUES: Values = { registries: { team: { files: { 'registry.json': FILE }, spec: { displayName: 'Team' } } } };
const HOOK = 'mcp-toolhive-registry-crds';

let api: ApiServer;

afterEach(async () => {
  await api?.stop();
}, 30_000);

const registryPath = (group: RegistryGroup): string => `/apis/${group}/v1alpha1/namespaces/system/mcpregistries/team`;
const FILES = '/api/v1/namespaces/system/configmaps/team-catalog';
const crdPath = (group: RegistryGroup): string => `${CRDS}/${crdName(group)}`;
const crd = async (group: RegistryGroup): Promise<Rendered | undefined> => objectAt(api, crdPath(group));

/** Runs Helm, and the Job of its hook meanwhile. Answers what Helm said, and what the Job did. */
async function withHook(args: readonly string[], values: Values = VALUES): Promise<{ helm: Outcome; said: string }> {
  let said = '';
  const played = playJob(api, HOOK, async (programArgs, kubeconfig) => {
    const run = runController(programArgs, { KUBECONFIG: kubeconfig });
    const code = await run.exit;
    said = `${run.stdout()}${run.stderr()}`;
    return code;
  });
  const [outcome] = await Promise.all([helm(api, { args, values }), played]);
  return { helm: outcome, said };
}

/** Makes a group's CRD one of an earlier version, which knows no displayName. */
async function age(group: RegistryGroup): Promise<void> {
  const older = [
    { op: 'remove', path: '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/displayName' },
    { op: 'replace', path: `/metadata/annotations/${annotations.crdVersion.replace('/', '~1')}`, value: '0.0.1' },
  ];
  const { status, body } = await api.request('PATCH', crdPath(group), older, 'application/json-patch+json');
  if (status !== 200) throw new Error(JSON.stringify(body));
  const registry = { apiVersion: `${group}/v1alpha1`, kind: 'MCPRegistry', metadata: { name: 'a' } };
  const spec = { displayName: 'A', source: { type: 'url', url: 'https://a.b' } };
  const isOlder = async (): Promise<boolean> => {
    const path = `/apis/${group}/v1alpha1/namespaces/system/mcpregistries?dryRun=All`;
    return ((await api.request('POST', path, { ...registry, spec })).body as Rendered)['spec'].displayName === undefined;
  };
  await waitFor(isOlder, { message: 'the older CRD to be served', deadlineMs: 20_000 });
}

/** Which of the hook's objects are there. */
async function hookObjects(): Promise<string[]> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1';
  const paths = [
    `/apis/batch/v1/namespaces/system/jobs/${HOOK}`,
    `/api/v1/namespaces/system/serviceaccounts/${HOOK}`,
    `${rbac}/clusterroles/${HOOK}`,
    `${rbac}/clusterrolebindings/${HOOK}`,
  ];
  const found = await Promise.all(paths.map((path) => objectAt(api, path)));
  return found.flatMap((object) => (object === undefined ? [] : [object.kind]));
}

test.each<[group: RegistryGroup, where: string, crds: string[]]>([
  [DEV, 'an empty cluster', []],
  [IO, "a cluster with ToolHive's CRD", [TOOLHIVE]],
])(
  'from install over upgrade to uninstall, with registries of %s in %s',
  async (group, _, crds) => {
    api = await startApiServer({ crds });
    const theirs = crds.length === 0 ? undefined : await crd(DEV);
    // Nobody runs a Job: there is none.
    expect(await helm(api, { args: ['install', 'mcp', chart, '--create-namespace'], values: VALUES })).toMatchObject({ ok: true });
    const registry = await objectAt(api, registryPath(group));
    expect(registry?.['spec']).toMatchObject({
      displayName: 'Team',
      source: { configmap: { name: 'team-catalog', key: 'registry.json' } },
    });
    expect((await objectAt(api, FILES))?.['data']).toEqual({ 'registry.json': FILE });

    const upgraded = await withHook(['upgrade', 'mcp', chart]);
    expect(upgraded.helm).toMatchObject({ ok: true });
    expect(upgraded.said).toContain(`CRD ${crdName(group)}: is up to date (${crdVersion})\n`);
    expect((await objectAt(api, registryPath(group)))?.metadata).toEqual(registry?.metadata);
    expect(await hookObjects()).toEqual([]);
    if (theirs !== undefined) expect(await crd(DEV)).toEqual(theirs);

    expect(await helm(api, { args: ['uninstall', 'mcp'] })).toMatchObject({ ok: true });
    expect(await objectAt(api, registryPath(group))).toBeUndefined();
    expect(await objectAt(api, FILES)).toBeUndefined();
    for (const one of groups) expect(await crd(one)).toBeDefined();
  },
  90_000,
);

test('an upgrade, and an install after an uninstall, bring older CRDs up to date before they write registries; a rollback keeps the newer ones', async () => {
  api = await startApiServer();
  const values = { registries: {} };
  expect(await helm(api, { args: ['install', 'mcp', chart, '--create-namespace'], values })).toMatchObject({ ok: true });
  for (const command of ['upgrade', 'install']) {
    for (const group of groups) await age(group);
    const { helm: outcome, said } = await withHook([command, 'mcp', chart]);
    expect(outcome).toMatchObject({ ok: true });
    expect(said).toBe(groups.map((group) => `CRD ${crdName(group)}: upgraded from 0.0.1 to ${crdVersion}\n`).join(''));
    expect((await objectAt(api, registryPath(DEV)))?.['spec'].displayName).toBe('Team');
    if (command === 'upgrade') {
      const newer = await crd(DEV);
      // No hook: nobody runs one.
      expect(await helm(api, { args: ['rollback', 'mcp', '1'] })).toMatchObject({ ok: true });
      expect(await crd(DEV)).toEqual(newer);
      expect(await helm(api, { args: ['uninstall', 'mcp'] })).toMatchObject({ ok: true });
    }
  }
}, 120_000);

test('an upgrade that fails names the Job to look at, which stays, while its permissions are removed', async () => {
  api = await startApiServer();
  expect(await helm(api, { args: ['install', 'mcp', chart, '--create-namespace'], values: VALUES })).toMatchObject({ ok: true });
  const [outcome] = await Promise.all([
    helm(api, { args: ['upgrade', 'mcp', chart], values: VALUES }),
    playJob(api, HOOK, () => Promise.resolve(1)),
  ]);
  expect(outcome.ok).toBe(false);
  expect(outcome.complaint).toContain(`job ${HOOK} failed`);
  expect(await hookObjects()).toEqual(['Job']);
  // The next attempt replaces it.
  expect((await withHook(['upgrade', 'mcp', chart])).helm).toMatchObject({ ok: true });
  expect(await hookObjects()).toEqual([]);
}, 90_000);

test('registries of every form are taken by the API server', async () => {
  api = await startApiServer();
  await api.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'catalogs' } });
  const { values = {} } = valuesFiles().find(({ name }) => name === 'registries-values.yaml') ?? {};
  expect(await helm(api, { args: ['install', 'mcp', chart, '--create-namespace'], values })).toMatchObject({ ok: true });
}, 60_000);
