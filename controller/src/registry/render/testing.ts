import { parseMCPRegistry } from '@toolhive-registry/api';
import type { ValidRegistry } from '../resource.ts';

/** For tests: the creation time. */
export const CREATED = '2025-10-22T08:00:00Z';

/** For tests: the valid registry `team/a` with one ConfigMap source called `data` and the given spec fields. */
export function validRegistry(spec: object = {}): ValidRegistry {
  const manifest = {
    apiVersion: 'toolhive.stacklok.dev/v1alpha1',
    kind: 'MCPRegistry',
    metadata: { name: 'a', namespace: 'team', uid: 'uid-of-a', creationTimestamp: CREATED },
    spec: { source: { type: 'configmap', configmap: { name: 'data' } }, ...spec },
  };
  const parsed = parseMCPRegistry(manifest, { unknownFields: 'ignore' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  return { namespace: 'team', name: 'a', object: manifest, manifest: parsed.registry };
}
