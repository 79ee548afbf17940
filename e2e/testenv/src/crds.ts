import { readFile } from 'node:fs/promises';
import type { ApiClient } from './client.ts';
import { waitFor } from './wait.ts';

const crdPath = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';

/**
 * Creates the CustomResourceDefinitions of YAML files (several documents allowed) and waits until each is established and served.
 * @throws Error with the API server's message when one is refused
 */
export async function applyCrds(client: ApiClient, files: readonly string[]): Promise<void> {
  for (const file of files) {
    const text = await readFile(file, 'utf8');
    // The API server reads YAML itself, so no parser is needed here.
    for (const document of text.split(/^---\s*$/mu).filter((part) => /^\s*[^#\s]/mu.test(part))) await applyCrd(client, file, document);
  }
}

interface Crd {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string }[];
  };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

async function applyCrd(client: ApiClient, file: string, document: string): Promise<void> {
  const { status, body } = await client.request('POST', crdPath, document, 'application/yaml');
  if (status !== 201) throw new Error(`${file}: the API server refused the CustomResourceDefinition (${status}): ${statusMessage(body)}`);
  const { metadata, spec } = body as Crd;
  await waitFor(
    async () => {
      const answer = (await client.request('GET', `${crdPath}/${metadata.name}`)).body as Crd;
      return answer.status?.conditions?.some((condition) => condition.type === 'Established' && condition.status === 'True');
    },
    { message: `CustomResourceDefinition ${metadata.name} to be established`, deadlineMs: 20_000 },
  );
  await waitFor(
    async () => {
      const answers = await Promise.all(
        spec.versions.map((version) => client.request('GET', `/apis/${spec.group}/${version.name}/${spec.names.plural}?limit=1`)),
      );
      return answers.every((answer) => answer.status === 200);
    },
    { message: `${spec.names.plural}.${spec.group} to be served`, deadlineMs: 20_000 },
  );
}

function statusMessage(body: unknown): string {
  const message = (body as { message?: unknown } | null)?.message;
  return typeof message === 'string' ? message : JSON.stringify(body);
}
