import { isObject } from '../known-fields.ts';

/**
 * The fields of one schema that another one lacks, each as a path such as `spec.sources[].tls`; what is below a missing field is not named. It compares
 * OpenAPI 3 schemas as far as CRDs use it, whoever wrote them: a CRD, or the API server, which publishes it.
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

/** The part of an MCPRegistry's schema that is ours to declare: to everything else the API server adds. */
export function declaredPart(schema: unknown): object {
  const { spec, status } = propertiesOf(schema);
  return { properties: { spec, status } };
}

function propertiesOf(schema: unknown): Record<string, unknown> {
  return isObject(schema) && isObject(schema['properties']) ? schema['properties'] : {};
}
