/**
 * `node hack/kube-schemas.ts`: JSON schemas of all kinds that the API server knows, ours included, for kubeconform. They are made from what a real API
 * server publishes, once for each version of Kubernetes and of the CRD. Prints the value for `kubeconform -schema-location`.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { apiVersions, groups } from '@toolhive-registry/api';
import { assetsDir, startApiServer, waitFor, type ApiServer } from '@toolhive-registry/testenv';
import { kindSchemas, KUBECONFORM_TEMPLATE, type OpenApiDocument } from './kube-schemas/convert.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const crds = groups.map((group) => join(root, `crds/${group}_mcpregistries.yaml`));
const cache = join(root, '.cache/kube-schemas');

const assets = assetsDir();
if (assets === undefined) {
  console.error('etcd and kube-apiserver are missing: run "make cluster-build", or set KUBEBUILDER_ASSETS to a folder with both');
  process.exit(1);
}
const folder = join(cache, cacheKey(assets));
if (!existsSync(folder)) await generate(folder);
console.log(join(folder, KUBECONFORM_TEMPLATE));

/** Everything that the schemas depend on: Kubernetes, the CRD, and the conversion. */
function cacheKey(assetsFolder: string): string {
  const version = execFileSync(join(assetsFolder, 'kube-apiserver'), ['--version'], { encoding: 'utf8' }).trim().split(' ').at(-1) ?? '';
  const hash = createHash('sha256');
  for (const file of [...crds, join(root, 'hack/kube-schemas/convert.ts'), fileURLToPath(import.meta.url)]) hash.update(readFileSync(file));
  return `${version}-${hash.digest('hex').slice(0, 12)}`;
}

/** Writes the schemas. The folder appears complete or not at all; those of other versions go. */
async function generate(target: string): Promise<void> {
  const documents = await publishedDocuments();
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const unfinished = mkdtempSync(join(cache, 'unfinished-'));
  for (const { file, schema } of documents.flatMap(kindSchemas)) writeFileSync(join(unfinished, file), JSON.stringify(schema));
  renameSync(unfinished, target);
}

async function publishedDocuments(): Promise<OpenApiDocument[]> {
  const api = await startApiServer({ crds });
  try {
    const paths = await publishedPaths(api);
    return await Promise.all(paths.map(async (path) => (await api.request('GET', path)).body as OpenApiDocument));
  } finally {
    await api.stop();
  }
}

/** Where the documents are. Those of our groups are published a moment after their CRDs are established. */
function publishedPaths(api: ApiServer): Promise<string[]> {
  return waitFor(
    async () => {
      const { paths } = (await api.request('GET', '/openapi/v3')).body as { paths: Record<string, { serverRelativeURL: string }> };
      const arePublished = apiVersions.every((apiVersion) => `apis/${apiVersion}` in paths);
      return arePublished && Object.values(paths).map((path) => path.serverRelativeURL);
    },
    { message: 'the API server to publish the schema of MCPRegistry', deadlineMs: 30_000 },
  );
}
