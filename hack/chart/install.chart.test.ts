import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import { crdName, groups, type RegistryGroup } from '@toolhive-registry/api';
import { startApiServer, type ApiServer } from '@toolhive-registry/testenv';
import { helm, objectAt } from './live.ts';
import { chart, root } from './programs.ts';
import type { Values } from './render.ts';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
/** In the shape of ToolHive's CRD. */
const TOOLHIVE = join(root, 'e2e/chainsaw/beside-toolhive/toolhive-crds.yaml');
const FILE = readFileSync(join(root, 'examples/quickstart.yaml'), 'utf8');
const VALUES: Values = { registries: { team: { files: { 'registry.json': FILE }, spec: { replicas: 2 } } } };

let api: ApiServer | undefined;

afterEach(async () => {
  await api?.stop();
  api = undefined;
}, 30_000);

const registryPath = (group: RegistryGroup): string => `/apis/${group}/v1alpha1/namespaces/system/mcpregistries/team`;
const FILES = '/api/v1/namespaces/system/configmaps/team-catalog';

test.each<[group: RegistryGroup, where: string, crds: string[]]>([
  [groups[0], 'an empty cluster', []],
  [groups[1], "a cluster with ToolHive's CRD", [TOOLHIVE]],
])(
  'one helm install brings CRDs and registries, of %s in %s; helm uninstall takes the registries and leaves the CRDs',
  async (group, _, crds) => {
    api = await startApiServer({ crds });
    const installed = await helm(api, { args: ['install', 'mcp', chart, '--create-namespace'], values: VALUES });
    expect(installed).toMatchObject({ ok: true });
    const registry = await objectAt(api, registryPath(group));
    expect(registry?.['spec']).toMatchObject({ replicas: 2, source: { configmap: { name: 'team-catalog', key: 'registry.json' } } });
    expect((await objectAt(api, FILES))?.['data']).toEqual({ 'registry.json': FILE });

    expect(await helm(api, { args: ['upgrade', 'mcp', chart, '--no-hooks'], values: VALUES })).toMatchObject({ ok: true });
    expect((await objectAt(api, registryPath(group)))?.metadata).toEqual(registry?.metadata);

    expect(await helm(api, { args: ['uninstall', 'mcp', '--no-hooks'] })).toMatchObject({ ok: true });
    expect(await objectAt(api, registryPath(group))).toBeUndefined();
    expect(await objectAt(api, FILES)).toBeUndefined();
    for (const one of groups) expect(await objectAt(api, `${CRDS}/${crdName(one)}`)).toBeDefined();
  },
  60_000,
);
