/** What the chart's values.schema.json uses of JSON Schema. */
export interface ValuesSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, ValuesSchema>>;
  readonly additionalProperties?: boolean | ValuesSchema;
  readonly items?: ValuesSchema;
  readonly $comment?: string;
}

/** A schema and where it stands; `[]` is an item of a list, `*` a value of a map. */
interface Place {
  readonly path: readonly string[];
  readonly schema: ValuesSchema;
}

function places(schema: ValuesSchema, path: readonly string[] = []): Place[] {
  return [
    { path, schema },
    ...Object.entries(schema.properties ?? {}).flatMap(([name, child]) => places(child, [...path, name])),
    ...(schema.items === undefined ? [] : places(schema.items, [...path, '[]'])),
    ...(typeof schema.additionalProperties === 'object' ? places(schema.additionalProperties, [...path, '*']) : []),
  ];
}

/** Paths of the objects that accept only the listed keys. */
export function closedObjects(schema: ValuesSchema): (readonly string[])[] {
  return places(schema)
    .filter((place) => place.schema.additionalProperties === false)
    .map(({ path }) => path);
}

/** The objects that accept any key, with their comments. A map whose values have a schema is not included. */
export function openObjects(schema: ValuesSchema): { readonly path: string; readonly comment: string | undefined }[] {
  return places(schema)
    .filter(({ schema: { type, additionalProperties = true } }) => type === 'object' && additionalProperties === true)
    .map(({ path, schema: { $comment: comment } }) => ({ path: path.join('.'), comment }));
}

/**
 * Paths of the values, with dots: of everything that is set by itself. Objects with a `$comment` are someone else's, such as Kubernetes' own, and are one
 * value; so are lists and maps.
 */
export function valuePaths(schema: ValuesSchema, path = ''): string[] {
  if (schema.properties === undefined || (schema.$comment !== undefined && path !== '')) return [path];
  return Object.entries(schema.properties).flatMap(([name, child]) => valuePaths(child, path === '' ? name : `${path}.${name}`));
}
