import { ORIGIN_META, PUBLISHER_META, TOOLHIVE_EXTENSION, type CatalogEntry } from '../../entry/entry.ts';
import { asText, at, compact, isObject, own, sameJson, type Json, type JsonObject } from '../../json.ts';
import { imageOf, ociPackage } from '../image.ts';
import { withCarried } from '../carry.ts';
import { environmentOf, toolhiveInputs } from './environment.ts';
import { EXTENSION_FIELDS } from './fields.ts';
import { placeOf, type Place, type ToolhiveKind } from './origin.ts';
import { fullName, toServerJson } from './to-server-json.ts';

/** A server in ToolHive's format, with its section and key. */
export interface ToolhiveServer {
  readonly kind: ToolhiveKind;
  readonly key: string;
  readonly value: JsonObject;
}

/**
 * The entry in ToolHive's format, by the mapping of toolhive-core's converters. For an entry that came in that format the result equals the original. Undefined
 * for an entry without an OCI package or remote: ToolHive has no form for it.
 */
export function toToolhive(entry: CatalogEntry): ToolhiveServer | undefined {
  const said = placeOf(entry.meta);
  const origin = said !== undefined && hasForm(entry.server, said.kind) ? said : undefined;
  const kind = origin?.kind ?? kindOf(entry.server);
  if (kind === undefined) return undefined;
  const key = origin?.key ?? lastSegment(entry.name);
  const value = restoreToolhiveServer(entry.server, kind, key);
  const carried = origin === undefined ? undefined : at(entry.meta, ORIGIN_META, 'carried');
  const original = carried === undefined ? undefined : withCarried(entry.server, value, carried);
  return { kind, key, value: isObject(original) && isOriginalOf(original, entry.server, { kind, key }) ? original : value };
}

/**
 * Whether a server is the original of a server.json. The origin is provided by the source, which may say anything: ToolHive's form must not contain anything
 * but what is served.
 */
function isOriginalOf(original: JsonObject, server: JsonObject, { kind, key }: Place): boolean {
  return sameJson(toServerJson(original, kind, key), server);
}

/** The contents of server.json and ToolHive's extension, in ToolHive's terms. The name is included if the key does not imply it. */
export function restoreToolhiveServer(server: JsonObject, kind: ToolhiveKind, key: string): JsonObject {
  const oci = kind === 'server' ? ociPackage(server) : undefined;
  const remote = kind === 'server' ? undefined : firstRemote(server);
  const extension = extensionOf(server, asText(at(oci ?? remote, oci === undefined ? 'url' : 'identifier')));
  const args = oci === undefined ? undefined : argumentsOf(own(oci, 'packageArguments'));
  const name = own(server, 'name');
  return compact({
    name: name === fullName(key) ? undefined : name,
    title: own(server, 'title'),
    description: own(server, 'description'),
    repository_url: at(server, 'repository', 'url'),
    ...(oci === undefined ? fromRemote(remote) : fromPackage(oci)),
    ...Object.fromEntries(EXTENSION_FIELDS.map((field) => [field, own(extension, field)])),
    ...(args === undefined ? {} : { args }),
    ...(kind === 'remote_server' ? { env_vars: own(extension, 'env_vars') } : {}),
  });
}

function kindOf(server: JsonObject): ToolhiveKind | undefined {
  return (['remote_server', 'server'] as const).find((kind) => hasForm(server, kind));
}

function hasForm(server: JsonObject, kind: ToolhiveKind): boolean {
  // Readers leave out a server of the form without an image or URL.
  if (kind === 'remote_server') return asText(at(firstRemote(server), 'url')) !== undefined;
  const oci = ociPackage(server);
  return oci !== undefined && imageOf(oci) !== undefined;
}

function firstRemote(server: JsonObject): JsonObject | undefined {
  const remotes = own(server, 'remotes');
  const [first] = Array.isArray(remotes) ? remotes : [];
  return isObject(first) ? first : undefined;
}

/** ToolHive's extension for an image or URL. The converters take the first one; with several that could be the wrong one. */
function extensionOf(server: JsonObject, subject: string | undefined): JsonObject {
  const extensions = at(server, '_meta', PUBLISHER_META, TOOLHIVE_EXTENSION);
  if (!isObject(extensions)) return {};
  const exact = subject === undefined ? undefined : own(extensions, subject);
  return isObject(exact) ? exact : (Object.values(extensions).find(isObject) ?? {});
}

function fromPackage(oci: JsonObject): Record<string, Json | undefined> {
  const url = asText(at(oci, 'transport', 'url'));
  const port = url === undefined ? undefined : /^https?:\/\/[^/]*:(\d+)/.exec(url)?.[1];
  return {
    image: imageOf(oci),
    transport: at(oci, 'transport', 'type'),
    target_port: port === undefined ? undefined : Number(port),
    env_vars: environmentOf(oci),
  };
}

function fromRemote(remote: JsonObject | undefined): Record<string, Json | undefined> {
  return { url: at(remote, 'url'), transport: at(remote, 'type'), headers: toolhiveInputs(at(remote, 'headers')) };
}

/** Arguments as a list of texts: the names of flags, each followed by its value. */
function argumentsOf(value: Json | undefined): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const texts = value.flatMap((one) => [asText(at(one, 'name')), asText(at(one, 'value'))].filter((text) => text !== undefined));
  return texts.length === 0 ? undefined : texts;
}

function lastSegment(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
