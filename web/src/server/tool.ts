import { asText, own, toolhiveExtensions, type JsonObject } from '@toolhive-registry/catalog/entry';
import { objectsIn, textsIn } from './values.ts';

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
