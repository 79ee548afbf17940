import { OFFICIAL_META, type CatalogEntry } from '../../entry/entry.ts';
import { statusOf } from '../../entry/status.ts';
import { asText, at, compact, isObject, own, type JsonObject } from '../../json.ts';
import type { Place } from './origin.ts';
import { fullName } from './to-server-json.ts';

/** Bounds of a description in ToolHive's schema. */
const MIN_DESCRIPTION = 10;
const MAX_DESCRIPTION = 500;

/**
 * The host of an image that is none. The format demands an image of every server; this one cannot be pulled, whoever tries, since no host has a name
 * in `.invalid` (RFC 2606, 2). A real one would run something else.
 */
const NO_IMAGE = 'no-image.invalid';

/** A server with the fields that ToolHive's format demands, where the entry does not have them. `value` is absent for one that has neither image nor remote. */
export function conformed(value: JsonObject | undefined, entry: CatalogEntry, { kind, key }: Place): JsonObject {
  const { server } = entry;
  const official = own(entry.meta, OFFICIAL_META);
  const status = statusOf(server, isObject(official) ? official : {});
  const name = asText(own(server, 'name'));
  const given = value ?? compact({ title: own(server, 'title'), image: placeholder(server) });
  return compact({
    ...given,
    name: name === fullName(key) ? undefined : name,
    description: bounded(asText(own(server, 'description')) ?? ''),
    status: status === 'deprecated' ? 'Deprecated' : 'Active',
    tier: asText(at(value, 'tier')) ?? 'Community',
    tools: own(given, 'tools') ?? [],
    transport: asText(at(value, 'transport')) ?? (kind === 'server' ? 'stdio' : 'streamable-http'),
  });
}

function bounded(text: string): string {
  if (text.length > MAX_DESCRIPTION) return `${text.slice(0, MAX_DESCRIPTION - 1)}…`;
  return text.length < MIN_DESCRIPTION ? `${text} (MCP server)` : text;
}

/** `no-image.invalid/npm/example-server:1.0.0`, of the first package of another kind. */
function placeholder(server: JsonObject): string {
  const packages = own(server, 'packages');
  const [first] = Array.isArray(packages) ? packages : [];
  const type = asText(at(first, 'registryType'));
  const path = [type, asText(at(first, 'identifier'))].flatMap((part) => slug(part ?? '') || []);
  // Without a path behind it a host would be taken for the name of an image.
  return [NO_IMAGE, ...(path.length === 0 ? ['none'] : path)].join('/');
}

/** A text in the characters that the path of an image may have. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
