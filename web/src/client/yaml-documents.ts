import type { JsonObject } from '@toolhive-registry/catalog/entry';
import { writeYaml } from '@toolhive-registry/catalog/yaml';

/** Objects as YAML documents; as JSON, which is YAML too, if a text is too long for the writer. */
export function yamlDocuments(objects: readonly JsonObject[]): string {
  return objects.map((one) => writeYaml(one) ?? `${JSON.stringify(one, undefined, 2)}\n`).join('---\n');
}
