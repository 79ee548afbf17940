import { group, version } from './group.ts';
import { issue, type Issue } from './issue.ts';
import { isObject } from './known-fields.ts';

/** Fields that ToolHive's MCPRegistry gained after autumn 2025 and ours does not have (stacklok/toolhive, mcpregistry_types.go of v1alpha1 and v1beta1). */
const SPEC_FIELDS = ['configYAML', 'registries', 'databaseConfig', 'authConfig', 'telemetryConfig', 'pgpassSecretRef'] as const;
const SOURCE_FIELDS = ['configMapRef', 'pvcRef', 'managed', 'kubernetes', 'claims'] as const;

const MESSAGE = "this manifest is for ToolHive's own registry server; run `toolhive-registry migrate -f FILE` to convert it";

/**
 * An issue for a manifest that is meant for ToolHive's own registry server, at the first field that no manifest of ours has. Undefined for every other
 * manifest, including those of ToolHive's autumn 2025, which are read as they are.
 */
export function toolhiveIssue(manifest: Readonly<Record<string, unknown>>): Issue | undefined {
  const { apiVersion, spec } = manifest;
  if (isObject(spec)) {
    const field = SPEC_FIELDS.find((name) => isSet(spec, name));
    if (field !== undefined) return issue(`spec.${field}`, MESSAGE);
    const sources = Array.isArray(spec['sources']) ? spec['sources'] : [];
    for (const [index, source] of sources.entries()) {
      const foreign = isObject(source) ? SOURCE_FIELDS.find((name) => isSet(source, name)) : undefined;
      if (foreign !== undefined) return issue(`spec.sources[${index}].${foreign}`, MESSAGE);
    }
  }
  const isOtherVersion = typeof apiVersion === 'string' && apiVersion.startsWith(`${group}/`) && apiVersion !== `${group}/${version}`;
  return isOtherVersion ? issue('apiVersion', MESSAGE, apiVersion) : undefined;
}

function isSet(object: Readonly<Record<string, unknown>>, key: string): boolean {
  return Object.hasOwn(object, key) && object[key] !== null;
}
