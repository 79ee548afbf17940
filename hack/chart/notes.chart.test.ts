import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { annotations, crdName, crdVersion, customResourceDefinition, groups } from '@toolhive-registry/api';
import { startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { helm, objectAt } from './live.ts';
import { chart, root } from './programs.ts';
import type { Rendered, Values } from './render.ts';

const [DEV, IO] = groups;
const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** In the shape of ToolHive's CRD. */
const TOOLHIVE = readFileSync(join(root, 'e2e/chainsaw/beside-toolhive/toolhive-crds.yaml'), 'utf8').split(/^---$/m)[0] ?? '';

let api: ApiServer;

beforeAll(async () => {
  api = await startApiServer({ crds: [join(chart, `crds/${IO}_mcpregistries.yaml`)] });
}, 90_000);

afterAll(async () => {
  await api?.stop();
}, 30_000);

/** The notes of a release `mcp` in namespace `system`. */
async function notes(values: Values = {}): Promise<string> {
  const { ok, said, complaint } = await helm(api, { args: ['install', 'mcp', chart, '--dry-run=server'], values });
  if (!ok) throw new Error(complaint);
  return said.slice(said.indexOf('NOTES:\n') + 'NOTES:\n'.length);
}

/** The commands in the notes, with what they read from standard input. */
async function commands(values: Values = {}): Promise<string[]> {
  return (await notes(values))
    .split('\n')
    .filter((line) => line.startsWith('     '))
    .map((line) => line.trim());
}

/** Has a CRD of the first group while the work is done. */
async function withCrd(crd: object | string, work: () => Promise<void>): Promise<void> {
  const made = await api.request('POST', CRDS, crd, typeof crd === 'string' ? 'application/yaml' : undefined);
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const version = (made.body as Rendered)['spec'].versions.find(({ storage }: { storage: boolean }) => storage).name;
  try {
    await waitFor(() => objectAt(api, `/apis/${DEV}/${version}/mcpregistries`), { message: 'the CRD to be served', deadlineMs: 20_000 });
    await work();
  } finally {
    await api.request('DELETE', `${CRDS}/${crdName(DEV)}`);
    await waitFor(async () => (await objectAt(api, `${CRDS}/${crdName(DEV)}`)) === undefined, {
      message: 'the CRD to be gone',
      deadlineMs: 20_000,
    });
  }
}

const FILE: Values = { files: { 'registry.json': '{"servers": {}}' } };

describe('the next commands', () => {
  test('without registries: make one, wait for it, see it', async () => {
    expect(await commands()).toEqual([
      'kubectl create configmap catalog --namespace default --from-file registry.json',
      'kubectl apply --namespace default -f - <<EOT',
      `apiVersion: ${DEV}/v1alpha1`,
      'kind: MCPRegistry',
      'metadata: {name: my-registry}',
      'spec: {source: {configmap: {name: catalog}}}',
      'EOT',
      `kubectl wait mcpregistries.${DEV}/my-registry --namespace default --for=condition=Ready --timeout=60s`,
      'kubectl port-forward service/my-registry-api 8080 --namespace default',
    ]);
  });

  test('with registries: wait for them, test them, see one, by their names', async () => {
    await withCrd(customResourceDefinition(DEV), async () => {
      expect(await commands({ registries: { team: FILE, all: { ...FILE, namespace: 'other', group: IO } } })).toEqual([
        `kubectl wait mcpregistries.${IO}/all --namespace other --for=condition=Ready --timeout=60s`,
        `kubectl wait mcpregistries.${DEV}/team --namespace system --for=condition=Ready --timeout=60s`,
        'helm test mcp --namespace system',
        'kubectl port-forward service/all-api 8080 --namespace other',
      ]);
    });
  });

  test('in namespaced mode: in the first of the watched namespaces', async () => {
    const values = { rbac: { scope: 'namespaces', watchNamespaces: ['b', 'a'] } };
    expect(await notes(values)).toContain('and watches namespaces a, b.');
    expect(await commands(values)).toContain('kubectl create configmap catalog --namespace a --from-file registry.json');
  });
});

test.each<[says: string, unless: Values, values: Values]>([
  ['It is paused: replicas is 0.', {}, { replicas: 0 }],
  ['See the catalog of my-registry, at http://127.0.0.1:8080/v0.1/servers:', {}, { registryDefaults: { ui: false } }],
  ['See the catalog of my-registry in a browser, at http://127.0.0.1:8080/:', { registryDefaults: { ui: false } }, {}],
  ['rollout status deployment/mcp-toolhive-registry --namespace system', { fullnameOverride: 'x' }, {}],
  ['ServiceAccount mcp-toolhive-registry needs the permissions in templates/rbac.yaml', {}, { rbac: { create: false } }],
  [
    'enforcement.enabled is false: MCPRegistries with spec.enforceServers refuse nothing, and report it in condition EnforcementActive.',
    {},
    { enforcement: { enabled: false } },
  ],
  [
    'enforcement.enabled is auto, which is off with rbac.scope namespaces: MCPRegistries',
    { rbac: { scope: 'namespaces' }, enforcement: { enabled: true } },
    { rbac: { scope: 'namespaces' } },
  ],
  ['can read its metrics and start syncs', {}, { registryDefaults: { networkPolicy: { enabled: false } } }],
  ['take effect after up to 90 seconds', {}, { registryDefaults: { refreshVolumes: false } }],
])('they say "%s", but for %j, with %j', async (says, unless, values) => {
  expect(await notes(values)).toContain(says);
  expect(await notes(unless)).not.toContain(says);
});

test("beside ToolHive's CRD they name the other group, and say why", async () => {
  await withCrd(TOOLHIVE, async () => {
    expect(await notes()).toContain(
      `The CRD ${crdName(DEV)} already exists and does not belong to this chart, but to ToolHive or another product`,
    );
    expect(await commands()).toEqual(
      expect.arrayContaining([
        `apiVersion: ${IO}/v1alpha1`,
        `kubectl wait mcpregistries.${IO}/my-registry --namespace default --for=condition=Ready --timeout=60s`,
      ]),
    );
    expect(await commands({ registries: { team: FILE } })).toContain(
      `kubectl wait mcpregistries.${IO}/team --namespace system --for=condition=Ready --timeout=60s`,
    );
  });
});

const OLDER = 'The CRDs of this cluster are older than this chart';

test.each<[is: boolean, version: string | undefined, upgrade: boolean]>([
  [true, undefined, false],
  [true, '0.0.1', false],
  [true, `${crdVersion}-dev`, false],
  [false, crdVersion, false],
  [false, '999.0.0', false],
  [false, '999.0.0-rc.1', false],
  [false, '0.0.1', true],
])('older CRDs that are not upgraded are reported: %s, for version %s with crds.upgrade %s', async (is, version, upgrade) => {
  const crd = structuredClone(customResourceDefinition(DEV)) as { metadata: { annotations: object } };
  crd.metadata.annotations = version === undefined ? {} : { [annotations.crdVersion]: version };
  await withCrd(crd, async () => {
    const text = await notes({ crds: { upgrade } });
    expect(text.includes(OLDER)).toBe(is);
    expect(text.includes(`kubectl apply --server-side --force-conflicts -f crds/${DEV}_mcpregistries.yaml`)).toBe(is);
  });
});
