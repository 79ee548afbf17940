import { PUBLISHER_META, TOOLHIVE_EXTENSION } from '../../entry/entry.ts';
import { asText, at, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { EXTENSION_FIELDS, KEY_NAMESPACE, SERVER_SCHEMA, UNVERSIONED } from './fields.ts';
import type { ToolhiveKind } from './origin.ts';

/** A server of ToolHive's format as a server.json, by the mapping of toolhive-core's converters. */
export function toServerJson(raw: JsonObject, kind: ToolhiveKind, key: string): JsonObject {
  const name = asText(own(raw, 'name'));
  const repository = asText(own(raw, 'repository_url'));
  const subject = asText(own(raw, kind === 'server' ? 'image' : 'url')) ?? '';
  const extension = compact(Object.fromEntries(EXTENSION_FIELDS.map((field) => [field, own(raw, field)])));
  if (kind === 'remote_server' && own(raw, 'env_vars') !== undefined) extension['env_vars'] = own(raw, 'env_vars') ?? null;
  if (!Object.hasOwn(extension, 'status')) extension['status'] = 'active';
  return compact({
    $schema: SERVER_SCHEMA,
    name: name?.includes('/') ? name : fullName(key),
    title: own(raw, 'title'),
    description: own(raw, 'description'),
    version: UNVERSIONED,
    repository: repository === undefined ? undefined : { url: repository, source: 'github' },
    packages: kind === 'server' ? [toPackage(raw, subject)] : undefined,
    remotes: kind === 'remote_server' ? [toRemote(raw, subject)] : undefined,
    _meta: { [PUBLISHER_META]: { [TOOLHIVE_EXTENSION]: { [subject]: extension } } },
  });
}

/** The server name for a key. */
export function fullName(key: string): string {
  return key.includes('/') ? key : `${KEY_NAMESPACE}/${key}`;
}

function toPackage(raw: JsonObject, image: string): JsonObject {
  const type = asText(own(raw, 'transport')) ?? 'stdio';
  const port = own(raw, 'target_port');
  const url = `http://localhost${typeof port === 'number' && port > 0 ? `:${port}` : ''}`;
  return compact({
    registryType: 'oci',
    identifier: image,
    transport: type === 'stdio' ? { type } : { type, url },
    environmentVariables: inputs(own(raw, 'env_vars')),
  });
}

function toRemote(raw: JsonObject, url: string): JsonObject {
  return compact({ type: asText(own(raw, 'transport')) ?? 'streamable-http', url, headers: inputs(own(raw, 'headers')) });
}

/** ToolHive's `env_vars` and `headers` differ from server.json's inputs only in the names of two flags. */
function inputs(value: Json | undefined): Json | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.filter(isObject).map((input) =>
    compact({
      name: at(input, 'name'),
      description: at(input, 'description'),
      isRequired: at(input, 'required'),
      isSecret: at(input, 'secret'),
      default: at(input, 'default'),
      choices: at(input, 'choices'),
    }),
  );
}
