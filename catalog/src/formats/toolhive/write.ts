import { ORIGIN_META, toolhiveExtensions, type CatalogEntry } from '../../entry/entry.ts';
import { asText, at, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { EXTENSION_FIELDS } from './fields.ts';

/** A server in ToolHive's format, with the section and key it stands under. */
export interface ToolhiveServer {
  readonly kind: 'server' | 'remote_server';
  readonly key: string;
  readonly group?: string;
  readonly value: JsonObject;
}

/**
 * The entry in ToolHive's format. For an entry that came in that format the result equals the original.
 * Undefined for an entry without an OCI package or remote: ToolHive has no form for it.
 */
export function toToolhive(entry: CatalogEntry): ToolhiveServer | undefined {
  const origin = own(entry.meta, ORIGIN_META);
  const kind = kindOf(entry.server, at(origin, 'kind'));
  if (kind === undefined) return undefined;
  const value = restoreToolhiveServer(entry.server, kind);
  const absent = at(origin, 'absent');
  for (const key of Array.isArray(absent) ? absent : []) if (typeof key === 'string') delete value[key];
  const extra = at(origin, 'extra');
  const group = asText(at(origin, 'group'));
  return {
    kind,
    key: asText(at(origin, 'key')) ?? lastSegment(entry.name),
    ...(group === undefined ? {} : { group }),
    value: isObject(extra) ? { ...value, ...extra } : value,
  };
}

/** What server.json and ToolHive's extension say, in ToolHive's words; without what only the origin remembers. */
export function restoreToolhiveServer(server: JsonObject, kind: 'server' | 'remote_server'): JsonObject {
  const extension = toolhiveExtensions(server)[0] ?? {};
  const subject = kind === 'server' ? fromPackage(ociPackage(server)) : fromRemote(at(server, 'remotes'));
  return compact({
    title: own(server, 'title'),
    description: own(server, 'description'),
    repository_url: at(server, 'repository', 'url'),
    ...subject,
    ...Object.fromEntries(EXTENSION_FIELDS.map((field) => [field, own(extension, field)])),
    ...(kind === 'remote_server' ? { env_vars: own(extension, 'env_vars') } : {}),
  });
}

function kindOf(server: JsonObject, origin: Json | undefined): ToolhiveServer['kind'] | undefined {
  if (origin === 'server' || origin === 'remote_server') return origin;
  const remotes = own(server, 'remotes');
  if (Array.isArray(remotes) && remotes.length > 0) return 'remote_server';
  return ociPackage(server) === undefined ? undefined : 'server';
}

function ociPackage(server: JsonObject): JsonObject | undefined {
  const packages = own(server, 'packages');
  if (!Array.isArray(packages)) return undefined;
  return packages.filter(isObject).find((candidate) => own(candidate, 'registryType') === 'oci');
}

function fromPackage(oci: JsonObject | undefined): Record<string, Json | undefined> {
  const url = asText(at(oci, 'transport', 'url'));
  const port = url === undefined ? undefined : /^https?:\/\/[^/]*:(\d+)/.exec(url)?.[1];
  return {
    image: at(oci, 'identifier'),
    transport: at(oci, 'transport', 'type'),
    target_port: port === undefined ? undefined : Number(port),
    env_vars: inputs(at(oci, 'environmentVariables')),
  };
}

function fromRemote(remotes: Json | undefined): Record<string, Json | undefined> {
  const remote = Array.isArray(remotes) ? remotes[0] : undefined;
  return { url: at(remote, 'url'), transport: at(remote, 'type'), headers: inputs(at(remote, 'headers')) };
}

function inputs(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isObject).map((input) =>
    compact({
      name: own(input, 'name'),
      description: own(input, 'description'),
      required: own(input, 'isRequired'),
      secret: own(input, 'isSecret'),
      default: own(input, 'default'),
      choices: own(input, 'choices'),
    }),
  );
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
