import {
  asText,
  at,
  entryTags,
  isObject,
  OFFICIAL_META,
  toolhiveExtensions,
  type Json,
  type JsonObject,
} from '@toolhive-registry/catalog/entry';
import type { ServerItem } from './client.ts';

/** A row of the table of servers. Fields that the entry does not have are empty. */
export interface ServerRow {
  readonly name: string;
  readonly version: string;
  readonly status: string;
  readonly tier: string;
  /** `stdio`, `sse`, `streamable-http`, each once. */
  readonly transports: readonly string[];
  /** Types of its packages, and `remote` where it runs elsewhere. */
  readonly types: readonly string[];
  readonly description: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly tools: readonly string[];
  readonly stars: number | undefined;
  readonly updated: string;
  readonly published: string;
}

/** Reads an item. Whatever in it is not what it should be counts as absent. */
export function rowOf({ server, _meta }: ServerItem): ServerRow {
  const entry = server as JsonObject;
  const meta = (_meta ?? {}) as JsonObject;
  const [extension = {}] = toolhiveExtensions(entry);
  const packages = objects(entry['packages']);
  const remotes = objects(entry['remotes']);
  const stars = at(extension, 'metadata', 'stars');
  const official = (key: string): string => asText(at(meta, OFFICIAL_META, key)) ?? '';
  return {
    name: asText(entry['name']) ?? '',
    version: asText(entry['version']) ?? '',
    status: official('status'),
    tier: asText(extension['tier']) ?? '',
    transports: distinct([...packages.map((one) => at(one, 'transport', 'type')), ...remotes.map((one) => one['type'])]),
    types: distinct([...packages.map((one) => one['registryType'] ?? one['registry_type']), ...(remotes.length > 0 ? ['remote'] : [])]),
    description: asText(entry['description']) ?? '',
    title: asText(entry['title']) ?? '',
    tags: entryTags(entry),
    tools: texts(extension['tools']),
    stars: typeof stars === 'number' ? stars : undefined,
    updated: official('updatedAt'),
    published: official('publishedAt'),
  };
}

function objects(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function texts(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

function distinct(values: readonly (Json | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => asText(value) ?? []))];
}
