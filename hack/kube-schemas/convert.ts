/** A schema of OpenAPI 3 or of JSON Schema. */
export type Schema = Readonly<Record<string, unknown>>;

/** The document of one group version, as the API server publishes it under /openapi/v3. */
export interface OpenApiDocument {
  readonly components?: { readonly schemas?: Readonly<Record<string, Schema>> };
}

/** A kind with its JSON schema. `file` is where `KUBECONFORM_TEMPLATE` has kubeconform look for it. */
export interface KindSchema {
  readonly file: string;
  readonly schema: Schema;
}

/** The file name of a kind in kubeconform's terms. Of the core group, which has no name, both are the version. */
export const KUBECONFORM_TEMPLATE = '{{.ResourceKind}}-{{.Group}}-{{.ResourceAPIVersion}}.json';

const REFERENCE = '#/components/schemas/';
const BRANCHES = ['allOf', 'anyOf', 'oneOf'] as const;
/** Keywords whose value is one schema. `not` is a condition, in which nothing may be closed. */
const INNER = ['items', 'additionalProperties', 'not'] as const;

/** One schema for each kind of the document, complete in itself: what it refers to is in its `definitions`. */
export function kindSchemas(document: OpenApiDocument): KindSchema[] {
  const schemas = document.components?.schemas ?? {};
  return Object.values(schemas).flatMap((schema) => {
    const kinds = schema['x-kubernetes-group-version-kind'];
    // Kinds of every group (DeleteOptions, WatchEvent) are not for manifests.
    if (!Array.isArray(kinds) || kinds.length !== 1) return [];
    const { group, version, kind } = kinds[0] as { group: string; version: string; kind: string };
    return [{ file: `${kind.toLowerCase()}-${group === '' ? version : group}-${version}.json`, schema: standalone(schema, schemas) }];
  });
}

function standalone(root: Schema, schemas: Readonly<Record<string, Schema>>): Schema {
  const definitions: Record<string, Schema> = {};
  const pending: string[] = [];
  const refer = (name: string): void => {
    if (name in definitions) return;
    const found = schemas[name];
    if (found === undefined) throw new Error(`the API server's document refers to ${name}, which it does not have`);
    // Registered before it is converted: types may be recursive.
    definitions[name] = {};
    pending.push(name);
  };
  const converted = convert(root, refer, true);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) definitions[name] = convert(schemas[name] ?? {}, refer, true);
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...converted, definitions };
}

/**
 * One schema, without what JSON Schema does not know. `close`: an object has no other fields than those named, which is what the API server's strict
 * validation asks for; not in conditions (`allOf`, `not` …), where only some of the fields are named.
 */
function convert(schema: Schema, refer: (name: string) => void, close: boolean): Schema {
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const name = reference.slice(REFERENCE.length);
    refer(name);
    return { $ref: `#/definitions/${name}` };
  }
  const result: Record<string, unknown> = { ...plainKeywords(schema), ...bounds(schema) };
  for (const key of INNER) {
    const value = schema[key];
    if (isSchema(value)) result[key] = convert(value, refer, close && key !== 'not');
    else if (value !== undefined) result[key] = value;
  }
  for (const key of BRANCHES) {
    const value = schema[key];
    if (Array.isArray(value)) result[key] = value.map((branch: Schema) => convert(branch, refer, false));
  }
  const { properties } = schema;
  if (isSchema(properties)) {
    result['properties'] = Object.fromEntries(
      Object.entries(properties).map(([name, value]) => [name, convert(value as Schema, refer, close)]),
    );
    const open = schema['x-kubernetes-preserve-unknown-fields'] === true || schema['x-kubernetes-embedded-resource'] === true;
    if (close && !open && !('additionalProperties' in schema)) result['additionalProperties'] = false;
  }
  if (schema['x-kubernetes-int-or-string'] === true) result['type'] = ['integer', 'string'];
  return schema['nullable'] === true ? { anyOf: [result, { type: 'null' }] } : result;
}

/** Keywords that mean the same in both, and have no schemas in them. */
const PLAIN = [
  'type',
  'format',
  'enum',
  'required',
  'pattern',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
  'multipleOf',
];

function plainKeywords(schema: Schema): Record<string, unknown> {
  return Object.fromEntries(PLAIN.filter((key) => key in schema).map((key) => [key, schema[key]]));
}

/** OpenAPI 3 says with a boolean whether a bound itself is excluded, JSON Schema with another bound. */
function bounds(schema: Schema): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (schema[bound] !== undefined) result[schema[exclusive] === true ? exclusive : bound] = schema[bound];
  }
  return result;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
