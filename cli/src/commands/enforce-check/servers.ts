import { serverKindOf, type ServerKind } from '@toolhive-registry/api';
import { isObject } from '@toolhive-registry/catalog/entry';
import { referencesOfObject, type NamedReference } from '@toolhive-registry/catalog/references';
import { isTemplate, type ManifestObject } from './documents.ts';

/** An MCP server of a manifest. */
export interface ManifestServer {
  readonly file: string;
  readonly kind: ServerKind;
  readonly apiVersion: string;
  /** Empty where the API server makes one up. */
  readonly name: string;
  /** What it is called in messages: its name, or how that begins. */
  readonly called: string;
  /** As the manifest has it. */
  readonly namespace: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly references: readonly NamedReference[];
}

/** The MCP servers among objects, of every kind at which the admission policies look. Throws a failure for one that is still a template. */
export function serversAmong(objects: readonly ManifestObject[]): ManifestServer[] {
  return objects.flatMap(({ file, value }) => {
    const kind = serverKindOf(value);
    return kind === undefined ? [] : [serverOf(file, kind, value)];
  });
}

function serverOf(file: string, kind: ServerKind, value: ManifestObject['value']): ManifestServer {
  const metadata = isObject(value['metadata']) ? value['metadata'] : {};
  const text = (field: string): string => (typeof metadata[field] === 'string' ? metadata[field] : '');
  const labels = Object.entries(isObject(metadata['labels']) ? metadata['labels'] : {});
  const name = text('name');
  const namespace = text('namespace');
  const server = {
    file,
    kind,
    apiVersion: String(value['apiVersion']),
    name,
    called: name === '' ? text('generateName') : name,
    namespace: namespace === '' ? undefined : namespace,
    labels: Object.fromEntries(labels.filter((pair): pair is [string, string] => typeof pair[1] === 'string')),
    references: referencesOfObject(value, kind),
  };
  const template = [server.called, namespace, ...Object.values(server.labels), ...server.references.map((one) => one.text)].find((one) =>
    one.includes('{{'),
  );
  if (template !== undefined) throw isTemplate(`${kind.kind} "${server.called}" of ${file}`, `it has ${template.slice(0, 100)}`);
  return server;
}
