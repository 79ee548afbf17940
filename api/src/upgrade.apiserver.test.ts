import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { apiVersion, customResourceDefinition, group, kind, plural, version } from './index.ts';

const CRDS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const REGISTRIES = `/apis/${group}/${version}/namespaces/default/${plural}`;

let server: ApiServer;

beforeAll(async () => {
  server = await startApiServer();
}, 90_000);

afterAll(async () => {
  await server?.stop();
}, 30_000);

/** Installs the CRD, or a version of it without the rules about source names. */
async function install(which: 'former' | 'present'): Promise<void> {
  const crd = structuredClone(customResourceDefinition(group)) as {
    spec: { versions: { schema: { openAPIV3Schema: { 'x-kubernetes-validations': { rule: string }[] } } }[] };
  };
  for (const { schema } of crd.spec.versions) {
    const root = schema.openAPIV3Schema;
    if (which === 'former') root['x-kubernetes-validations'] = root['x-kubernetes-validations'].filter(({ rule }) => !rule.includes('own'));
  }
  const path = `${CRDS}/${plural}.${group}?fieldManager=test&force=true`;
  const { status, body } = await server.request('PATCH', path, crd, 'application/apply-patch+yaml');
  if (status >= 300) throw new Error(JSON.stringify(body));
}

const registry = (name: string, spec: object): object => ({ apiVersion, kind, metadata: { name, finalizers: ['example.com/wait'] }, spec });

async function create(name: string, spec: object, query = ''): Promise<number> {
  return (await server.request('POST', `${REGISTRIES}${query}`, registry(name, spec))).status;
}

async function patch(name: string, body: object, subresource = ''): Promise<number> {
  return (await server.request('PATCH', `${REGISTRIES}/${name}${subresource}`, body, 'application/merge-patch+json')).status;
}

test.each<[string, object, object]>([
  ['single', { source: { configmap: { name: 'single-config' } } }, { source: { configmap: { key: 'other.json' } } }],
  [
    'several',
    { sources: [{ name: 'a', type: 'url', url: 'https://a.b', tls: { caConfigMapRef: { name: 'several-deployed' } } }] },
    { sources: [{ name: 'b', type: 'url', url: 'https://a.b', tls: { caConfigMapRef: { name: 'several-deployed' } } }] },
  ],
])(
  'a registry that is older than the rules about names can be reported on and deleted: %s',
  async (name, spec, edit) => {
    await install('former');
    await waitFor(async () => (await create(name, spec, '?dryRun=All')) === 201, { message: 'the former CRD', deadlineMs: 15_000 });
    expect(await create(name, spec)).toBe(201);
    await install('present');
    await waitFor(async () => (await create(name, spec, '?dryRun=All')) === 422, { message: 'the rules', deadlineMs: 15_000 });

    expect(await patch(name, { status: { phase: 'Failed' } }, '/status')).toBe(200);
    expect(await patch(name, { spec: { displayName: 'x' } })).toBe(200);
    expect(await patch(name, { spec: edit })).toBe(422);
    expect((await server.request('DELETE', `${REGISTRIES}/${name}`)).status).toBe(200);
    expect(await patch(name, { metadata: { finalizers: null } })).toBe(200);
    expect((await server.request('GET', `${REGISTRIES}/${name}`)).status).toBe(404);
  },
  60_000,
);
