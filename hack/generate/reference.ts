import { annotations } from '../../api/src/group.ts';
import { rootSchema } from '../../api/src/crd/definition.ts';
import type { CrdSchema } from '../../api/src/crd/schema.ts';

const head = `<!-- Generated from api/src/schema by \`npm run generate\`; do not edit. -->

# MCPRegistry reference

\`apiVersion: toolhive.stacklok.dev/v1alpha1\`, \`kind: MCPRegistry\`. Namespaced; short names \`mcpreg\` and \`registry\`, category \`toolhive\`.

The same resource is served as \`apiVersion: toolhive.stacklok.io/v1alpha1\`, short name \`mcpcat\`: use that one where ToolHive's operator runs, which has
a CRD of its own under the first name ([Beside ToolHive](../beside-toolhive.md)).

On a laptop \`spec.enforceServers\` and \`spec.expose\` have no effect, and the log says so: there is nothing to refuse, and the server listens where its
flags say.

## Examples

The smallest registry serves the key \`registry.json\` of one ConfigMap:

\`\`\`yaml
apiVersion: toolhive.stacklok.dev/v1alpha1
kind: MCPRegistry
metadata:
  name: production
spec:
  source:
    configmap:
      name: catalog
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: catalog
data:
  registry.json: |
    {"servers": {"fetch": {"image": "ghcr.io/stackloklabs/gofetch/server:1.0.1",
      "description": "Fetches pages from the web", "transport": "streamable-http"}}}
\`\`\`

Two ConfigMaps, read every half hour and whenever they change, without what is deprecated. A server that both have comes from the first:

\`\`\`yaml
apiVersion: toolhive.stacklok.dev/v1alpha1
kind: MCPRegistry
metadata:
  name: company
spec:
  displayName: Company catalog
  sources:
  - name: team
    configmap:
      name: team-servers
  - name: community
    configmap:
      name: community-servers
      key: catalog.json
  syncPolicy:
    interval: 30m
  filter:
    tags:
      exclude: [deprecated]
  replicas: 2
\`\`\`

## All fields

A manifest that breaks a rule below is refused by \`kubectl apply\` and by the registry server alike, with the message given here. Both refuse unknown fields
too; \`kubectl patch\` only warns of them and drops them. A field that is written without a value (\`filter:\`) counts as absent. Durations are Go durations: numbers with the units \`h\`, \`m\`, \`s\`, \`ms\`, for example \`1h30m\`. Lengths are counted in characters.

Annotations of the resource:

| Annotation | Meaning |
|---|---|
| \`${annotations.syncTrigger}\` | A new value asks for one sync now. |
| \`${annotations.syncSource}\` | Names of the sources that a new \`sync-trigger\` asks, separated by commas. Absent or empty: every source. |
| \`${annotations.rollbackTo}\` | Hash of an earlier snapshot, or its first eight digits or more, to serve until the annotation is removed. \`GET /registry/history\` lists those that are kept. |
`;

/** An object to describe: where it stands and what it is. */
interface Section {
  readonly path: string;
  readonly schema: CrdSchema;
}

/** The text of docs/reference/mcpregistry.md. */
export function reference(): string {
  const sections = descend({ path: 'MCPRegistry', schema: rootSchema() });
  // Equal blocks are described once, where their path is shortest.
  const homes = new Map<string, string>();
  for (const { path, schema } of sections.toSorted((a, b) => a.path.length - b.path.length)) {
    if (!homes.has(shape(schema))) homes.set(shape(schema), path);
  }
  const described = sections.filter(({ path, schema }) => homes.get(shape(schema)) === path);
  return [head, ...described.map((section) => describe(section, homes))].join('\n');
}

/** The section and everything below it, each object directly followed by its blocks. */
function descend(section: Section): Section[] {
  return [section, ...children(section).flatMap(descend)];
}

/** Equal for objects that differ in their description only; such are described once. */
function shape(schema: CrdSchema): string {
  return JSON.stringify({ ...schema, description: undefined });
}

function childPath(parent: string, name: string): string {
  return parent === 'MCPRegistry' ? name : `${parent}.${name}`;
}

function children({ path, schema }: Section): Section[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, child]) => {
    if (name === 'metadata') return [];
    const below = childPath(path, name);
    if (child.properties !== undefined) return [{ path: below, schema: child }];
    if (child.items?.properties !== undefined) return [{ path: `${below}[]`, schema: child.items }];
    return [];
  });
}

function describe({ path, schema }: Section, homes: ReadonlyMap<string, string>): string {
  const rows = Object.entries(schema.properties ?? {}).map(([name, child]) => {
    const required = schema.required?.includes(name) === true ? ' *(required)*' : '';
    return `| \`${name}\`${required} | ${typeOf(childPath(path, name), child, homes)} | ${defaultOf(child)} | ${bounds(child)} | ${meaning(child)} |`;
  });
  const title = `## ${path}\n`;
  const intro = schema.description === undefined ? [] : [`${schema.description}\n`];
  const table = ['| Field | Type | Default | Bounds | Meaning |', '|---|---|---|---|---|', ...rows, ''];
  return [title, ...intro, ...table, ...rules(schema, path)].join('\n');
}

function typeOf(path: string, schema: CrdSchema, homes: ReadonlyMap<string, string>): string {
  if (path === 'metadata') return 'object';
  if (schema.properties !== undefined) return link('object', path, schema, homes);
  if (schema.items?.properties !== undefined) return `list of ${link('objects', `${path}[]`, schema.items, homes)}`;
  if (schema.items !== undefined) return `list of ${schema.items.type}s`;
  if (schema.additionalProperties !== undefined) return `map of ${schema.additionalProperties.type}s`;
  if (schema.type === undefined) return 'number or string';
  if (schema.enum !== undefined) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  return schema.format === 'date-time' ? 'time' : schema.type;
}

function link(text: string, path: string, schema: CrdSchema, homes: ReadonlyMap<string, string>): string {
  const target = homes.get(shape(schema)) ?? path;
  return `[${text}](#${target.toLowerCase().replaceAll(/[^a-z0-9]/gu, '')})`;
}

function defaultOf(schema: CrdSchema): string {
  return schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``;
}

function bounds(schema: CrdSchema): string {
  const parts: string[] = [];
  const range = (min: number | undefined, max: number | undefined, unit: string): void => {
    if (min !== undefined && max !== undefined) parts.push(`${min}–${max}${unit}`);
    else if (max !== undefined) parts.push(`≤ ${max}${unit}`);
    else if (min !== undefined) parts.push(`≥ ${min}${unit}`);
  };
  if (schema.type === undefined || schema.type === 'integer')
    range(schema.minimum, schema.maximum === 2_147_483_647 ? undefined : schema.maximum, '');
  range(schema.minLength, schema.maxLength, ' characters');
  range(schema.minItems, schema.maxItems === 0 ? undefined : schema.maxItems, ' items');
  if (schema.type === 'object') range(schema.minProperties, schema.maxProperties, ' entries');
  if (schema.items?.maxLength !== undefined) range(schema.items.minLength, schema.items.maxLength, ' characters each');
  const keys = schema['x-kubernetes-list-map-keys'];
  if (keys !== undefined) parts.push(`unique \`${keys.join('`, `')}\``);
  return schema.type === undefined ? parts.slice(0, 1).join('') : parts.join('; ');
}

function meaning(schema: CrdSchema): string {
  const own = (schema['x-kubernetes-validations'] ?? [])
    .filter(() => schema.properties === undefined)
    .map((rule) => sentence(rule.message));
  const items = schema.items?.type === 'string' ? [schema.items.description ?? ''] : [];
  return [schema.description ?? '', ...items, ...own]
    .filter((part) => part !== '')
    .join(' ')
    .replaceAll('|', '\\|');
}

function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return text.endsWith('.') ? text : `${text}.`;
}

function rules(schema: CrdSchema, path: string): string[] {
  const list = schema['x-kubernetes-validations'] ?? [];
  if (list.length === 0) return [];
  return ['Rules:\n', ...list.map((rule) => `- \`${rule.fieldPath === undefined ? path : rule.fieldPath.slice(1)}\`: ${rule.message}`), ''];
}
