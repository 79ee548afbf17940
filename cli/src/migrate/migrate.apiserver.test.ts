import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { groups, plural } from '@toolhive-registry/api';
import { assetsDir, startApiServer, type ApiServer } from '@toolhive-registry/testenv';
import { migrate, migrateTexts } from './index.ts';
import { manifest, migrationCases } from './testing.ts';

const crds = groups.map((group) => fileURLToPath(new URL(`../../../crds/${group}_mcpregistries.yaml`, import.meta.url)));
let server: ApiServer;

beforeAll(async () => {
  server = await startApiServer({ crds });
  for (const name of ['tools', 'data']) {
    await server.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
}, 90_000);

afterAll(async () => {
  await server?.stop();
}, 30_000);

test.each(migrationCases())('the API server accepts the result of $file, in either group', async ({ file, text }) => {
  for (const group of groups) {
    const { migrations } = migrateTexts([{ name: file, text }], { apiVersion: `${group}/v1alpha1` });
    for (const { registries, companions } of migrations) {
      for (const object of registries) expect(await create(`apis/${object.apiVersion}`, plural, object)).toEqual('created');
      for (const object of companions) expect(await create('api/v1', 'configmaps', object)).toEqual('created');
    }
  }
});

test('the command of a note makes the Secret that the source names, and shows nothing of it', async () => {
  const secrets = '/api/v1/namespaces/tools/secrets';
  const password = `p"a$s'${'x'.repeat(40)}`;
  const old = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'old' }, stringData: { 'git.token': password } };
  expect((await server.request('POST', secrets, old)).status).toBe(201);
  const auth = { username: 'reader+ci@example.com', passwordSecretRef: { name: 'old', key: 'git.token' } };
  const { registries, notes } = migrate(
    manifest({ registries: [{ name: 'a', git: { repository: 'https://git.example.com/a.git', auth } }] }),
  );
  const command = notes.find(({ path }) => path === 'spec.registries[0].git.auth')?.command ?? '';
  // kubectl keeps a cache below HOME.
  const env = { PATH: `${assetsDir()}:${process.env['PATH']}`, KUBECONFIG: server.kubeconfigPath, HOME: dirname(server.kubeconfigPath) };
  const output = execFileSync('sh', ['-euc', command], { env, encoding: 'utf8' });
  const name = registries[0]?.spec.sources?.[0]?.auth?.secretRef.name;
  expect(output).toBe(`secret/${name} created\n`);
  const { body } = await server.request('GET', `${secrets}/${name}`);
  expect((body as { data: unknown }).data).toEqual({ username: btoa(auth.username), password: btoa(password) });
});

async function create(
  api: string,
  resource: string,
  object: { readonly metadata: { readonly namespace?: string | undefined } },
): Promise<unknown> {
  const { namespace = 'default' } = object.metadata;
  const path = `/${api}/namespaces/${namespace}/${resource}?dryRun=All&fieldValidation=Strict`;
  const { status, body } = await server.request('POST', path, object);
  return status === 201 ? 'created' : body;
}
