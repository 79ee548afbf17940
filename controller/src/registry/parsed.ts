import { checkBeyondSchema, configMapReferences, parseMCPRegistry, type Issue, type MCPRegistry } from '@toolhive-registry/api';
import type { RegistryObject } from './resource.ts';

/** The manifest of an MCPRegistry, or what is wrong with it. */
export type Parsed =
  { readonly manifest: MCPRegistry; readonly issues: readonly [] } | { readonly manifest?: undefined; readonly issues: readonly Issue[] };

/** Objects in stores never change: each is judged once. */
const judged = new WeakMap<RegistryObject, Parsed>();

/** Judges an MCPRegistry by itself; what is beside it may still forbid it (`takenNames`). Fields of other versions are left out of account: the API server has already refused what nobody knows. */
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

/** Names of the ConfigMaps that sources of the registry need. */
export function sourceConfigMaps(object: RegistryObject): string[] {
  const { manifest } = parsed(object);
  if (manifest === undefined) return [];
  return [...new Set(configMapReferences(manifest).map(({ name }) => name))];
}
