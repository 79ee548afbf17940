import { ORIGIN_META, PUBLISHER_META, TOOLHIVE_EXTENSION, type CatalogEntry } from '../../entry/entry.ts';
import { asText, at, compact, isObject, own, sameJson, type Json, type JsonObject } from '../../json.ts';
import { withCarried } from '../carry.ts';
import { imageOf, stdioImage } from '../image.ts';
import { dockerToServerJson } from './to-server-json.ts';

/**
 * The entry as a server of Docker's catalog. One that came from there is restored. Undefined for an entry without a remote or a container image with stdio:
 * Docker's gateway runs nothing else.
 */
export function toDocker(entry: CatalogEntry, key: string): JsonObject | undefined {
  const origin = own(entry.meta, ORIGIN_META);
  const isDocker = at(origin, 'format') === 'docker';
  const ownKey = isDocker ? (asText(at(origin, 'key')) ?? key) : key;
  const value = restoreDockerServer(entry.server, ownKey);
  const carried = isDocker ? at(origin, 'carried') : undefined;
  const original = carried === undefined ? undefined : withCarried(entry.server, value ?? {}, carried);
  // The origin is provided by the source, which may say anything: what runs must be what is served.
  return isObject(original) && sameJson(dockerToServerJson(original, ownKey), entry.server) ? original : value;
}

/** A server.json in the terms of Docker's catalog; undefined if it cannot be expressed. */
export function restoreDockerServer(server: JsonObject, key: string): JsonObject | undefined {
  const image = stdioImage(server);
  const oci = image === undefined || imageOf(image) === undefined ? undefined : image;
  const remotes = own(server, 'remotes');
  const [remote] = Array.isArray(remotes) ? remotes : [];
  if (oci === undefined && asText(at(remote, 'url')) === undefined) return undefined;
  const icons = own(server, 'icons');
  const facts = {
    title: own(server, 'title') ?? asText(own(server, 'name'))?.replace(/^.*\//, '') ?? key,
    description: own(server, 'description'),
    type: oci === undefined ? 'remote' : 'server',
    icon: Array.isArray(icons) ? at(icons[0] ?? null, 'src') : undefined,
  };
  const run = oci === undefined ? remoteOf(isObject(remote) ? remote : {}, key) : containerOf(oci, key);
  return compact({ ...facts, ...run, ...extensionOf(server) });
}

function containerOf(oci: JsonObject, key: string): JsonObject {
  const variables = objects(own(oci, 'environmentVariables'));
  const plain = variables.filter((one) => own(one, 'isSecret') !== true);
  const runtime = objects(own(oci, 'runtimeArguments'));
  const flag = (...names: string[]): string[] =>
    runtime.filter((one) => names.includes(asText(own(one, 'name')) ?? '')).flatMap((one) => template(one, key) ?? []);
  const config = configOf(plain, key);
  return compact({
    image: imageOf(oci),
    secrets: listed(variables.filter((one) => own(one, 'isSecret') === true).map((one) => secretOf(one, key))),
    env: listed(plain.flatMap((one) => envOf(one, key) ?? [])),
    config: config === undefined ? undefined : [config],
    command: listed(objects(own(oci, 'packageArguments')).flatMap((one) => argumentOf(one, key))),
    volumes: listed(flag('-v', '--volume')),
    user: flag('-u', '--user')[0],
    disableNetwork: flag('--network').includes('none') ? true : undefined,
  });
}

/** Long flags are joined to their value with `=`, as by Docker's own converter (docker/mcp-gateway, pkg/catalog/registry_to_catalog.go). */
function argumentOf(argument: JsonObject, key: string): string[] {
  const name = asText(own(argument, 'name'));
  const value = template(argument, key);
  if (name?.startsWith('--') === true && value !== undefined) return [`${name}=${value}`];
  return [name, value].filter((text) => text !== undefined);
}

/** Names of secrets start with that of the server. */
function secretOf(variable: JsonObject, key: string): JsonObject {
  const name = asText(own(variable, 'name')) ?? '';
  return compact({
    name: `${key}.${name.toLowerCase()}`,
    env: name,
    example: own(variable, 'placeholder'),
    description: own(variable, 'description'),
  });
}

/** A variable with its value; a value that the user has to provide becomes configuration. */
function envOf(variable: JsonObject, key: string): JsonObject | undefined {
  const name = own(variable, 'name');
  if (name === undefined) return undefined;
  return { name, value: template(variable, key) ?? `{{${key}.${asText(name) ?? ''}}}` };
}

/** A value with `{property}` replaced by `{{server.property}}`, the user's configuration. */
function template(input: JsonObject, key: string): string | undefined {
  const value = asText(own(input, 'value')) ?? asText(own(input, 'default'));
  const variables = own(input, 'variables');
  if (value === undefined || !isObject(variables)) return value;
  return Object.keys(variables).reduce((text, name) => text.replaceAll(`{${name}}`, `{{${key}.${name}}}`), value);
}

/** The configuration: variables within values, and variables without a value. */
function configOf(variables: readonly JsonObject[], key: string): JsonObject | undefined {
  const inputs = variables.flatMap((one): [string, JsonObject][] => {
    const within = own(one, 'variables');
    if (isObject(within)) return Object.entries(within).flatMap(([name, input]) => (isObject(input) ? [[name, input]] : []));
    const name = asText(own(one, 'name'));
    return name === undefined || template(one, key) !== undefined ? [] : [[name, one]];
  });
  if (inputs.length === 0) return undefined;
  const required = inputs.filter(([, input]) => own(input, 'isRequired') === true).map(([name]) => name);
  return compact({
    name: key,
    description: `Settings of ${key}`,
    type: 'object',
    properties: Object.fromEntries(
      inputs.map(([name, input]) => [
        name,
        compact({ type: 'string', description: own(input, 'description'), default: own(input, 'default') }),
      ]),
    ),
    required: listed(required),
  });
}

function remoteOf(remote: JsonObject, key: string): JsonObject {
  const headers = objects(own(remote, 'headers'));
  const secret = headers.filter((one) => own(one, 'isSecret') === true || own(one, 'value') === undefined);
  const nameOf = (header: JsonObject): string => (asText(own(header, 'name')) ?? '').toUpperCase().replaceAll(/[^A-Z0-9]+/g, '_');
  const valueOf = (header: JsonObject): string => {
    const value = asText(own(header, 'value'));
    if (value === undefined) return `\${${nameOf(header)}}`;
    return value.replaceAll(/\{(\w+)\}/g, '$${$1}');
  };
  const variables = secret.flatMap((header) => {
    const within = own(header, 'variables');
    return isObject(within) ? Object.keys(within) : own(header, 'value') === undefined ? [nameOf(header)] : [];
  });
  return compact({
    remote: compact({
      url: own(remote, 'url'),
      transport_type: own(remote, 'type'),
      headers:
        headers.length === 0
          ? undefined
          : Object.fromEntries(headers.map((header) => [asText(own(header, 'name')) ?? '', valueOf(header)])),
    }),
    secrets: listed([...new Set(variables)].map((env) => ({ name: `${key}.${env.toLowerCase()}`, env }))),
  });
}

function extensionOf(server: JsonObject): JsonObject {
  const extensions = at(server, '_meta', PUBLISHER_META, TOOLHIVE_EXTENSION);
  const extension = isObject(extensions) ? (Object.values(extensions).find(isObject) ?? {}) : {};
  const definitions = objects(own(extension, 'tool_definitions'));
  const names = own(extension, 'tools');
  const tools =
    definitions.length > 0
      ? definitions.map((tool) =>
          compact({ name: own(tool, 'name'), description: own(tool, 'description'), parameters: own(tool, 'inputSchema') }),
        )
      : (Array.isArray(names) ? names : []).map((name) => ({ name }));
  const outbound = at(extension, 'permissions', 'network', 'outbound');
  const [hosts, ports] = [at(outbound, 'allow_host'), at(outbound, 'allow_port')];
  const allowed = (Array.isArray(hosts) ? hosts : []).flatMap((host) =>
    (Array.isArray(ports) && ports.length > 0 ? ports : [443]).map((port) => `${asText(host) ?? ''}:${JSON.stringify(port)}`),
  );
  const metadata = compact({
    pulls: at(extension, 'metadata', 'pulls'),
    stars: at(extension, 'metadata', 'stars'),
    tags: own(extension, 'tags'),
  });
  return compact({
    allowHosts: listed(allowed),
    tools: listed(tools),
    metadata: Object.keys(metadata).length === 0 ? undefined : metadata,
  });
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function listed<T extends Json>(values: T[]): T[] | undefined {
  return values.length === 0 ? undefined : values;
}
