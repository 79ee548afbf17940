import { formatIssue, groups, kind, parseMCPRegistry, version, type RegistryGroup } from '@toolhive-registry/api';
import type { RegistryObject } from '../cluster/registries.ts';
import { misuse } from '../program/failure.ts';
import type { SpecInput } from './types.ts';

/** Which registry a manifest is of. */
export interface Named {
  readonly name: string;
  readonly namespace?: string | undefined;
  /** Default: the first of both. */
  readonly group?: RegistryGroup | undefined;
}

/** A manifest. Throws a failure that lists everything that is wrong with it. */
export function registryManifest({ name, namespace, group = groups[0] }: Named, spec: SpecInput): RegistryObject {
  const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
  const manifest: RegistryObject = { apiVersion: `${group}/${version}`, kind, metadata, spec };
  const parsed = parseMCPRegistry(manifest);
  if (parsed.ok) return manifest;
  throw misuse(`the registry is not valid: ${parsed.issues.map(formatIssue).join('; ')}`);
}
