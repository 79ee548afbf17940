import { PUBLISHER_META, TOOLHIVE_EXTENSION } from '../../entry/entry.ts';
import { isExactNumber } from '../../exact-json.ts';
import { asText, at, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';
import { SERVER_SCHEMA, UNVERSIONED } from '../toolhive/fields.ts';

/** Namespace for the keys of Docker's catalogs, which have none. */
export const DOCKER_NAMESPACE = 'com.docker.mcp';

/**
 * `{{server.property}}`: a value from the user's configuration of Docker's gateway. Properties may be nested, and filters may follow: the first element of the
 * list `{{git.paths|volume|into}}` is a volume.
 */
const TEMPLATE = /\{\{\s*(?:[\w-]+\.)?([\w.-]+?)\s*(?:\|[\w|\s-]*)?\}\}/g;

/**
 * A server of Docker's catalog as a server.json (docker/mcp-gateway, docs/server-entry-spec.md). What it can run becomes a package or a remote, with its
 * variables; tools, tags and allowed hosts go where ToolHive puts them.
 */
export function dockerToServerJson(raw: JsonObject, key: string): JsonObject {
  const image = asText(own(raw, 'image'));
  const remote = remoteOf(raw);
  const icon = asText(own(raw, 'icon'));
  const subject = image ?? asText(at(remote, 'url'));
  const extension = extensionOf(raw);
  return compact({
    $schema: SERVER_SCHEMA,
    name: `${DOCKER_NAMESPACE}/${key}`,
    title: own(raw, 'title'),
    description: own(raw, 'description') ?? own(raw, 'title') ?? key,
    version: UNVERSIONED,
    repository: repositoryOf(raw),
    icons: icon === undefined ? undefined : [{ src: icon }],
    packages: image === undefined ? undefined : [packageOf(raw, image)],
    remotes: remote === undefined ? undefined : [remote],
    _meta:
      Object.keys(extension).length === 0 ? undefined : { [PUBLISHER_META]: { [TOOLHIVE_EXTENSION]: { [subject ?? key]: extension } } },
  });
}

function repositoryOf(raw: JsonObject): Json | undefined {
  const url = asText(own(raw, 'upstream')) ?? asText(own(raw, 'source'));
  return url === undefined ? undefined : { url, source: url.startsWith('https://github.com/') ? 'github' : 'other' };
}

function packageOf(raw: JsonObject, image: string): JsonObject {
  const runtime = [
    ...texts(own(raw, 'volumes')).map((value) => ({ type: 'named', name: '-v', ...withVariables(value, raw) })),
    ...texts([own(raw, 'user') ?? null]).map((value) => ({ type: 'named', name: '-u', value })),
    ...(own(raw, 'disableNetwork') === true ? [{ type: 'named', name: '--network', value: 'none' }] : []),
  ];
  const command = texts(own(raw, 'command')).map((value) => ({ type: 'positional', ...withVariables(value, raw) }));
  return compact({
    registryType: 'oci',
    identifier: image,
    transport: { type: 'stdio' },
    runtimeArguments: runtime.length === 0 ? undefined : runtime,
    packageArguments: command.length === 0 ? undefined : command,
    environmentVariables: variablesOf(raw),
  });
}

/** Secrets, and the configuration of other variables. */
function variablesOf(raw: JsonObject): Json | undefined {
  const secrets = objects(own(raw, 'secrets')).map((secret) =>
    compact({
      name: own(secret, 'env') ?? own(secret, 'name'),
      description: own(secret, 'description'),
      isRequired: own(secret, 'required'),
      isSecret: true,
      placeholder: own(secret, 'example'),
    }),
  );
  const plain = objects(own(raw, 'env')).map((one) =>
    compact({ name: own(one, 'name'), ...withVariables(own(one, 'value') ?? null, raw) }),
  );
  const all = [...secrets, ...plain];
  return all.length === 0 ? undefined : all;
}

/** A value with `{{server.property}}` replaced by `{property}`, with what is known about each property. */
function withVariables(value: Json, raw: JsonObject): JsonObject {
  if (typeof value !== 'string') return compact({ value: value === null ? undefined : JSON.stringify(value) });
  const names = [...value.matchAll(TEMPLATE)].map(([, name = '']) => name);
  if (names.length === 0) return { value };
  const variables = Object.fromEntries(names.map((name) => [name, inputOf(raw, name)]));
  return { value: value.replaceAll(TEMPLATE, '{$1}'), variables };
}

function inputOf(raw: JsonObject, name: string): JsonObject {
  const path = name.split('.');
  for (const group of objects(own(raw, 'config'))) {
    const around = at(group, ...path.slice(0, -1).flatMap((step) => ['properties', step])) ?? null;
    const property = at(around, 'properties', path.at(-1) ?? '');
    if (!isObject(property)) continue;
    const required = at(around, 'required');
    const fallback = own(property, 'default');
    return compact({
      description: own(property, 'description'),
      isRequired: Array.isArray(required) && required.includes(path.at(-1) ?? '') ? true : undefined,
      default: fallback === undefined || typeof fallback === 'string' ? fallback : JSON.stringify(fallback),
    });
  }
  return {};
}

function remoteOf(raw: JsonObject): JsonObject | undefined {
  const remote = own(raw, 'remote');
  const url = asText(at(remote, 'url')) ?? asText(own(raw, 'sseEndpoint'));
  if (url === undefined) return undefined;
  const isSse = asText(at(remote, 'url')) === undefined || own(isObject(remote) ? remote : {}, 'transport_type') === 'sse';
  const headers = at(remote, 'headers');
  return compact({
    type: isSse ? 'sse' : 'streamable-http',
    url,
    headers: isObject(headers) ? Object.entries(headers).map(([name, value]) => headerOf(name, value)) : undefined,
  });
}

/** `Bearer ${TOKEN}`: a secret is referenced by its variable. */
function headerOf(name: string, value: Json): JsonObject {
  const text = asText(value) ?? '';
  const names = [...text.matchAll(/\$\{(\w+)\}/g)].map(([, variable = '']) => variable);
  if (names.length === 0) return { name, value: text };
  const variables = Object.fromEntries(names.map((variable) => [variable, { isRequired: true, isSecret: true }]));
  return { name, value: text.replaceAll(/\$\{(\w+)\}/g, '{$1}'), isSecret: true, variables };
}

/** The fields that go where ToolHive puts them. */
function extensionOf(raw: JsonObject): JsonObject {
  const tools = objects(own(raw, 'tools'));
  const names = tools.flatMap((tool) => asText(own(tool, 'name')) ?? []);
  const metadata = own(raw, 'metadata');
  const hosts = texts(own(raw, 'allowHosts'));
  const ports = new Set(hosts.flatMap((host) => /:(\d+)$/.exec(host)?.[1] ?? []).map(Number));
  const [category] = texts([at(metadata, 'category') ?? null]);
  const tags = [...texts(at(metadata, 'tags')), ...(category === undefined ? [] : [category.toLowerCase()])];
  const outbound = compact({
    allow_host: hosts.map((host) => host.replace(/:\d+$/, '')),
    allow_port: ports.size === 0 ? undefined : [...ports],
  });
  const stars = at(metadata, 'githubStars') ?? at(metadata, 'stars');
  const pulls = at(metadata, 'pulls');
  return compact({
    tools: names.length === 0 ? undefined : names,
    tool_definitions: tools.some((tool) => Object.keys(tool).length > 1) ? tools.map(definitionOf) : undefined,
    tags: tags.length === 0 ? undefined : [...new Set(tags)],
    permissions: hosts.length === 0 ? undefined : { network: { outbound } },
    metadata: stars === undefined && pulls === undefined ? undefined : compact({ stars, pulls }),
  });
}

function definitionOf(tool: JsonObject): JsonObject {
  return compact({ name: own(tool, 'name'), description: own(tool, 'description'), inputSchema: own(tool, 'parameters') });
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of a list. Docker's gateway reads numbers and the like as texts. */
function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.flatMap((one) => scalarText(one) ?? []) : [];
}

function scalarText(value: Json): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' || isExactNumber(value) ? JSON.stringify(value) : undefined;
}
