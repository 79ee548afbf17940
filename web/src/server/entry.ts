import {
  asText,
  at,
  isObject,
  OFFICIAL_META,
  ORIGIN_META,
  own,
  PUBLISHER_META,
  toolhiveExtensions,
  type Json,
  type JsonObject,
} from '@toolhive-registry/catalog/entry';
import type { Item } from '../api/registry.ts';

/** What an entry says of itself, for people. */
export interface Entry {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly version: string;
  readonly status: string;
  readonly statusMessage: string | undefined;
  readonly isLatest: boolean;
  readonly published: string | undefined;
  readonly updated: string | undefined;
  readonly tier: string | undefined;
  readonly stars: number | undefined;
  readonly tags: readonly string[];
  readonly repository: string | undefined;
  /** Folder of the server in its repository. */
  readonly subfolder: string | undefined;
  readonly website: string | undefined;
  readonly license: string | undefined;
  /** Markdown: ToolHive's overview, or the README that a publisher provides. */
  readonly readme: string | undefined;
  /** The format that it came in, where that is not the official one. */
  readonly format: string | undefined;
}

/** Reads an item of the official API. What has another type than it should have counts as absent. */
export function entryOf({ server, _meta = {} }: Item): Entry {
  const [extension = {}] = toolhiveExtensions(server);
  const official = own(_meta, OFFICIAL_META);
  const github = at(server, '_meta', PUBLISHER_META, 'github');
  const name = asText(own(server, 'name')) ?? '';
  const text = (...path: string[]): string | undefined => filled(asText(at(server, ...path)));
  const stars = at(extension, 'metadata', 'stars') ?? at(github, 'stargazerCount');
  return {
    name,
    title: text('title') ?? filled(asText(own(extension, 'title'))) ?? name.slice(name.lastIndexOf('/') + 1),
    description: text('description') ?? '',
    version: text('version') ?? '',
    status: (filled(asText(at(official, 'status'))) ?? filled(asText(own(extension, 'status'))) ?? 'active').toLowerCase(),
    statusMessage: filled(asText(at(official, 'statusMessage'))),
    isLatest: at(official, 'isLatest') === true,
    published: filled(asText(at(official, 'publishedAt'))),
    updated: filled(asText(at(official, 'updatedAt'))),
    tier: filled(asText(own(extension, 'tier'))),
    stars: typeof stars === 'number' ? stars : undefined,
    tags: textsIn(own(extension, 'tags')),
    repository: text('repository', 'url'),
    subfolder: text('repository', 'subfolder'),
    website: text('websiteUrl'),
    license: filled(asText(own(extension, 'license'))) ?? licenseOf(at(github, 'license')),
    readme: filled(asText(own(extension, 'overview'))) ?? filled(asText(at(github, 'readme'))),
    format: filled(asText(at(_meta, ORIGIN_META, 'format'))),
  };
}

/** GitHub says a license by its key, its name, or both. */
function licenseOf(value: Json | undefined): string | undefined {
  if (isObject(value)) return filled(asText(own(value, 'spdx_id'))) ?? filled(asText(own(value, 'name')));
  return filled(asText(value));
}

/** Something that whoever runs a server sets. */
export interface Setting {
  readonly name: string;
  readonly description: string;
  readonly secret: boolean;
  readonly required: boolean;
  /** What it is set to, whatever anybody says. */
  readonly value: string | undefined;
  readonly preset: string | undefined;
  readonly choices: readonly string[];
}

/** A package or remote, with all that is set for it. */
export interface Runnable {
  /** Its place in the entry: `packages/0`. */
  readonly id: string;
  readonly kind: string;
  readonly identifier: string;
  readonly version: string | undefined;
  readonly transport: string | undefined;
  /** Further facts, each with its name. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  /** Lists of settings by what they are: environment variables, headers. */
  readonly settings: readonly (readonly [title: string, settings: readonly Setting[]])[];
}

/** The packages of an entry. */
export function packagesOf(server: JsonObject): readonly Runnable[] {
  return objectsIn(own(server, 'packages')).map((one, index) => {
    const text = (key: string): string | undefined => filled(asText(own(one, key)));
    const transport = own(one, 'transport');
    return {
      id: `packages/${index}`,
      kind: text('registryType') ?? text('registry_name') ?? '?',
      identifier: text('identifier') ?? text('name') ?? '?',
      version: text('version'),
      transport: filled(asText(at(transport, 'type'))),
      facts: facts([
        ['Index', text('registryBaseUrl')],
        ['Run by', text('runtimeHint')],
        ['SHA-256', text('fileSha256')],
        ['Listens at', filled(asText(at(transport, 'url')))],
      ]),
      settings: lists([
        ['Environment', settingsIn(own(one, 'environmentVariables'))],
        ['Arguments', settingsIn(own(one, 'packageArguments'))],
        ['Arguments of the runtime', settingsIn(own(one, 'runtimeArguments'))],
        ['Headers', settingsIn(at(transport, 'headers'))],
      ]),
    };
  });
}

/** The remotes of an entry. */
export function remotesOf(server: JsonObject): readonly Runnable[] {
  return objectsIn(own(server, 'remotes')).map((one, index) => ({
    id: `remotes/${index}`,
    kind: 'remote',
    identifier: filled(asText(own(one, 'url'))) ?? '?',
    version: undefined,
    transport: filled(asText(own(one, 'type'))),
    facts: [],
    settings: lists([
      ['Headers', settingsIn(own(one, 'headers'))],
      ['Variables of the URL', namedSettings(own(one, 'variables'))],
    ]),
  }));
}

function facts(all: readonly (readonly [string, string | undefined])[]): (readonly [string, string])[] {
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
}

function lists(all: readonly (readonly [string, readonly Setting[]])[]): (readonly [string, readonly Setting[]])[] {
  return all.filter(([, settings]) => settings.length > 0);
}

function settingsIn(value: Json | undefined): readonly Setting[] {
  return objectsIn(value).map((one) => settingOf(asText(own(one, 'name')) ?? asText(own(one, 'valueHint')) ?? '', one));
}

function namedSettings(value: Json | undefined): readonly Setting[] {
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, one]) => (isObject(one) ? [settingOf(name, one)] : []));
}

function settingOf(name: string, one: JsonObject): Setting {
  return {
    name,
    description: asText(own(one, 'description')) ?? '',
    secret: own(one, 'isSecret') === true,
    required: own(one, 'isRequired') === true,
    value: scalar(own(one, 'value')),
    preset: scalar(own(one, 'default')),
    choices: Array.isArray(own(one, 'choices')) ? (own(one, 'choices') as Json[]).flatMap((choice) => scalar(choice) ?? []) : [],
  };
}

/** A tool of a server. */
export interface Tool {
  readonly name: string;
  readonly description: string;
}

/** The tools that ToolHive's extension of an entry lists. */
export function toolsOf(server: JsonObject): readonly Tool[] {
  const [extension = {}] = toolhiveExtensions(server);
  const described = new Map(
    objectsIn(own(extension, 'tool_definitions')).map((one) => [asText(own(one, 'name')) ?? '', asText(own(one, 'description')) ?? '']),
  );
  const named = textsIn(own(extension, 'tools'));
  return (named.length > 0 ? named : [...described.keys()]).map((name) => ({ name, description: described.get(name) ?? '' }));
}

/** What a server needs from where it runs, and what its image was signed with. */
export interface Needs {
  /** Undefined: the entry says nothing about the network, which is not the same as none. */
  readonly network: Network | undefined;
  readonly read: readonly string[];
  readonly write: readonly string[];
  readonly provenance: readonly (readonly [name: string, value: string])[];
}

/** Where a server may connect to. */
export interface Network {
  /** To anywhere. */
  readonly all: boolean;
  readonly hosts: readonly string[];
  readonly ports: readonly string[];
}

/** Reads permissions and provenance of ToolHive's extension. */
export function needsOf(server: JsonObject): Needs {
  const [extension = {}] = toolhiveExtensions(server);
  const outbound = at(extension, 'permissions', 'network', 'outbound');
  const provenance = own(extension, 'provenance');
  return {
    network: isObject(outbound)
      ? {
          all: own(outbound, 'insecure_allow_all') === true,
          hosts: textsIn(own(outbound, 'allow_host')),
          ports: scalarsIn(own(outbound, 'allow_port')),
        }
      : undefined,
    read: textsIn(at(extension, 'permissions', 'read')),
    write: textsIn(at(extension, 'permissions', 'write')),
    provenance: isObject(provenance)
      ? Object.entries(provenance).flatMap(([key, value]) => {
          const text = scalar(value);
          return text === undefined ? [] : [[key, text] as const];
        })
      : [],
  };
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one) => asText(one) ?? []) : [];
}

function scalarsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one) => scalar(one) ?? []) : [];
}

function scalar(value: Json | undefined): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function filled(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === '' ? undefined : text;
}
