import { checkBeyondSchema, configMapReferences, parseMCPRegistry, type Issue, type MCPRegistry } from '@toolhive-registry/api';
import type { RegistryObject } from './resource.ts';

/** A parsed MCPRegistry, or what is wrong with it. */
export type Parsed =
  { readonly manifest: MCPRegistry; readonly issues: readonly [] } | { readonly manifest?: undefined; readonly issues: readonly Issue[] };

/** Cache: objects in stores never change, so each is parsed once. */
const judged = new WeakMap<RegistryObject, Parsed>();

/**
 * Parses an MCPRegistry by itself; other objects may still make it invalid (`takenNames`). Unknown fields are ignored, since the API server has already refused
 * those that no version has.
 */
export function parsed(object: RegistryObject): Parsed {
  const known = judged.get(object);
  if (known !== undefined) return known;
  const { status: _status, ...manifest } = object;
  const judgement = judge(parseMCPRegistry(manifest, { unknownFields: 'ignore' }));
  judged.set(object, judgement);
  return judgement;
}

function judge(result: ReturnType<typeof parseMCPRegistry>): Parsed {
  if (!result.ok) return { issues: result.issues };
  const issues = checkBeyondSchema(result.registry, { on: 'cluster' });
  return issues.length > 0 ? { issues } : { manifest: result.registry, issues: [] };
}

/** Names of the ConfigMaps that the registry's sources read. */
export function sourceConfigMaps(object: RegistryObject): string[] {
  const { manifest } = parsed(object);
  if (manifest === undefined) return [];
  return [...new Set(configMapReferences(manifest).map(({ name }) => name))];
}
