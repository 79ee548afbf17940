import { isObject } from '../known-fields.ts';

/**
 * The fields of one schema that another one lacks, as paths such as `spec.sources[].tls`; fields below a missing one are not listed. Compares OpenAPI 3 schemas
 * as far as CRDs use them, whether from a CRD or published by the API server.
 */
export function missingFields(schema: unknown, wanted: unknown, path = ''): string[] {
  if (!isObject(wanted)) return [];
  const [has, wants] = [propertiesOf(schema), propertiesOf(wanted)];
  const fields = Object.entries(wants).flatMap(([name, child]) => {
    const at = path === '' ? name : `${path}.${name}`;
    return Object.hasOwn(has, name) ? missingFields(has[name], child, at) : [at];
  });
  const own = isObject(schema) ? schema : {};
  const items = isObject(wanted['items']) ? missingFields(own['items'], wanted['items'], `${path}[]`) : [];
  const values = wanted['additionalProperties'];
  return [...fields, ...items, ...(isObject(values) ? missingFields(own['additionalProperties'], values, `${path}.*`) : [])];
}

/** The part of an MCPRegistry's schema that is ours to declare; the API server adds to everything else. */
export function declaredPart(schema: unknown): object {
  const { spec, status } = propertiesOf(schema);
  return { properties: { spec, status } };
}

function propertiesOf(schema: unknown): Record<string, unknown> {
  return isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {};
}
