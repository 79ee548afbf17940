import type { JsonObject } from '../json.ts';
import { kubernetesManifest, type KubernetesManifest, type ManifestOptions, type ManifestUnavailable } from './index.ts';

/** For tests: the registry, and the labels as the controller reads them. */
export const ownership = {
  registry: { name: 'team', namespace: 'prod' },
  labels: {
    registryName: 'toolhive.stacklok.io/registry-name',
    registryNamespace: 'toolhive.stacklok.io/registry-namespace',
    serverName: 'toolhive.stacklok.io/server-name',
  },
} as const;

/** For tests: the manifest; throws if there is none. */
export function made(server: JsonObject, options: Partial<ManifestOptions> = {}): KubernetesManifest {
  const found = kubernetesManifest(server, { kind: 'toolhive', ...ownership, ...options });
  if (!found.available) throw new Error(found.message);
  return found;
}

/** For tests: why there is no manifest; throws if there is one. */
export function refused(server: JsonObject, options: Partial<ManifestOptions> = {}): ManifestUnavailable {
  const found = kubernetesManifest(server, { kind: 'toolhive', ...ownership, ...options });
  if (found.available) throw new Error('it is available');
  return found;
}

/** For tests: the metadata of the object of `io.example/weather`. */
export function metadata(fields: JsonObject = {}): JsonObject {
  return {
    name: 'weather',
    ...fields,
    labels: {
      'toolhive.stacklok.io/registry-name': 'team',
      'toolhive.stacklok.io/registry-namespace': 'prod',
      'toolhive.stacklok.io/server-name': 'io.example.weather',
    },
  };
}

/** For tests: a package that listens. */
export const listens = { transport: { type: 'streamable-http', url: 'http://localhost:8000/mcp' } };

/** For tests: a package with all kinds of inputs. */
export const inputs = {
  environmentVariables: [
    { name: 'API_KEY', isRequired: true, isSecret: true },
    {
      name: 'DSN',
      value: 'db://{user}:{password}@db',
      variables: { user: { isRequired: true }, password: { isRequired: true, isSecret: true } },
    },
    { name: 'REGION', isRequired: true },
    { name: 'LEVEL', default: 'info' },
    { name: 'OTHER', description: 'Any' },
  ],
  packageArguments: [{ type: 'named', name: '--units', default: 'metric' }],
};
