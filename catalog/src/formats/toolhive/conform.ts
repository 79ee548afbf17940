import { OFFICIAL_META, type CatalogEntry } from '../../entry/entry.ts';
import { statusOf } from '../../entry/status.ts';
import { asText, at, compact, isObject, own, type Json, type JsonObject } from '../../json.ts';
import type { Place } from './origin.ts';
import { fullName } from './to-server-json.ts';

/** Limits of descriptions in ToolHive's schema: of a server, and of a variable or header. */
const MIN_DESCRIPTION = 10;
const MAX_DESCRIPTION = 500;
const MIN_INPUT_DESCRIPTION = 5;
const MAX_INPUT_DESCRIPTION = 200;

/**
 * The host of a placeholder image. The format requires an image for every server; this one can never be pulled, since no host has a name in `.invalid` (RFC
 * 2606, 2). A real one would run something else.
 */
const NO_IMAGE = 'no-image.invalid';

/** A server with the fields that ToolHive's format requires, added where the entry lacks them. `value` is absent for one that has neither image nor remote. */
export function conformed(value: JsonObject | undefined, entry: CatalogEntry, { kind, key }: Place): JsonObject {
  const { server } = entry;
  const official = own(entry.meta, OFFICIAL_META);
  const status = statusOf(server, isObject(official) ? official : {});
  const name = asText(own(server, 'name'));
  const given = value ?? compact({ title: own(server, 'title'), image: placeholder(server) });
  return compact({
    ...given,
    name: name === fullName(key) ? undefined : name,
    description: described(asText(own(server, 'description')) ?? ''),
    status: status === 'deprecated' ? 'Deprecated' : 'Active',
    tier: asText(at(value, 'tier')) ?? 'Community',
    tools: own(given, 'tools') ?? [],
    env_vars: conformedInputs(own(given, 'env_vars'), { choices: false }),
    headers: conformedInputs(own(given, 'headers'), { choices: true }),
    transport: asText(at(value, 'transport')) ?? (kind === 'server' ? 'stdio' : 'streamable-http'),
  });
}

function described(text: string): string {
  return text.length < MIN_DESCRIPTION ? `${text} (MCP server)` : bounded(text, MAX_DESCRIPTION);
}

function bounded(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

/** Variables or headers with exactly the fields that the format allows and requires. Only headers have a list of choices. */
function conformedInputs(inputs: Json | undefined, has: { readonly choices: boolean }): Json | undefined {
  if (!Array.isArray(inputs) || inputs.length === 0) return undefined;
  return inputs.filter(isObject).map((input) => {
    const name = asText(own(input, 'name')) ?? '';
    const description = asText(own(input, 'description')) ?? '';
    return compact({
      name,
      description:
        description.length < MIN_INPUT_DESCRIPTION
          ? `${name} ${description}`.trim().padEnd(MIN_INPUT_DESCRIPTION, '.')
          : bounded(description, MAX_INPUT_DESCRIPTION),
      required: own(input, 'required') === true,
      secret: own(input, 'secret') === true ? true : undefined,
      default: asText(own(input, 'default')),
      choices: has.choices ? own(input, 'choices') : undefined,
    });
  });
}

/** `no-image.invalid/npm/example-server:1.0.0`, from the first package of another type. */
function placeholder(server: JsonObject): string {
  const packages = own(server, 'packages');
  const [first] = Array.isArray(packages) ? packages : [];
  const type = asText(at(first, 'registryType'));
  const path = [type, asText(at(first, 'identifier'))].flatMap((part) => slug(part ?? '') || []);
  // Without a path after it the host would be taken for the name of an image.
  return [NO_IMAGE, ...(path.length === 0 ? ['none'] : path)].join('/');
}

/** A text in the characters of an image path. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
