import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startApiServer, type ApiServer } from '@toolhive-registry/testenv';
import { assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { pathsOf, replaced, replacements } from './cases/mutations.ts';
import { invalidCases, validCases, type ValidCase } from './cases/index.ts';
import { apiVersions, groups, parseMCPRegistry, plural } from './index.ts';

/** The part of `metav1.Status` that says why. */
interface Refusal {
  readonly message: string;
  readonly details?: { readonly causes?: readonly { readonly field?: string; readonly message?: string }[] };
}

const crds = groups.map((one) => fileURLToPath(new URL(`../../crds/${one}_mcpregistries.yaml`, import.meta.url)));
let server: ApiServer;

beforeAll(async () => {
  server = await startApiServer({ crds });
  for (const name of ['toolhive-system', 'production']) {
    await server.request('POST', '/api/v1/namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
}, 90_000);

afterAll(async () => {
  await server?.stop();
}, 30_000);

async function create({ manifest }: ValidCase): Promise<{ status: number; body: unknown }> {
  const { namespace = 'default' } = manifest['metadata'] as { namespace?: string };
  const path = `/apis/${String(manifest['apiVersion'])}/namespaces/${namespace}/${plural}?dryRun=All&fieldValidation=Strict`;
  return server.request('POST', path, manifest);
}

test.each(validCases)('accepted: $name', async (one) => {
  const { status, body } = await create(one);
  if (status !== 201) throw new Error((body as Refusal).message);
  // Both apply the same defaults.
  const parsed = parseMCPRegistry(one.manifest);
  expect(parsed.ok && parsed.registry.spec).toEqual((body as { spec: unknown }).spec);
});

test.each(invalidCases)('refused: $name', async (one) => {
  const { status, body } = await create(one);
  if (status < 400) throw new Error('was accepted');
  const { message, details } = body as Refusal;
  // Unknown fields are found while decoding, before there are causes.
  const fields = details?.causes?.map((cause) => cause.field) ?? [];
  if (!fields.includes(one.path) && !message.includes(one.path)) throw new Error(`${one.path} is not named in: ${message}`);
  if (!message.includes(one.fragment)) throw new Error(`${one.fragment} is not in: ${message}`);
});

test.each(apiVersions)('both subresources of %s are served', async (apiVersion) => {
  const path = `/apis/${apiVersion}/namespaces/default/${plural}`;
  const [first] = validCases;
  const manifest = { ...first?.manifest, apiVersion, metadata: { name: 'scaled', namespace: 'default' } };
  expect((await server.request('POST', path, manifest)).status).toBe(201);
  const status = { replicas: 2, readyReplicas: 2, selector: 'app=mcp-registry-api', phase: 'Running' };
  const patched = await server.request('PATCH', `${path}/scaled/status`, { status }, 'application/merge-patch+json');
  expect(patched.body).toMatchObject({ status });
  const scaled = await server.request('PATCH', `${path}/scaled/scale`, { spec: { replicas: 3 } }, 'application/merge-patch+json');
  expect(scaled.body).toMatchObject({ spec: { replicas: 3 }, status: { replicas: 2, selector: 'app=mcp-registry-api' } });
  const read = parseMCPRegistry((await server.request('GET', `${path}/scaled`)).body);
  expect(read).toMatchObject({ ok: true, registry: { spec: { replicas: 3 }, status } });
});

test('both agree on manifests with one field replaced', async () => {
  const mutated = record({ one: constantFrom(...validCases), at: nat(), replacement: constantFrom(...replacements) }).map(
    ({ one, at, replacement }) => {
      const spec = one.manifest['spec'];
      const paths = pathsOf(spec);
      return { ...one, manifest: { ...one.manifest, spec: replaced(spec, paths[at % paths.length] ?? [], replacement) } };
    },
  );
  await assert(
    asyncProperty(mutated, async (one) => {
      const { status, body } = await create(one);
      const parsed = parseMCPRegistry(one.manifest);
      expect({ accepted: parsed.ok, message: (body as Refusal).message }).toEqual({
        accepted: status === 201,
        message: (body as Refusal).message,
      });
      if (parsed.ok) expect(parsed.registry.spec).toEqual((body as { spec: unknown }).spec);
    }),
    { numRuns: 500, seed: 20251022 },
  );
}, 60_000);
