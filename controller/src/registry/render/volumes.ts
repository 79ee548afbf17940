import { credentialKeys, names, normalizedSources, paths, secretFiles, type NormalizedSource } from '@toolhive-registry/api';
import type { ValidRegistry } from '../resource.ts';

/** A volume of the pod, and its mount path in the registry server's container. */
export interface MountedVolume {
  readonly volume: Readonly<Record<string, unknown>>;
  readonly mount: Readonly<Record<string, unknown>>;
}

/** Readable by owner and group, writable by nobody: `fsGroup` makes the server's group the owner. */
const SECRET_MODE = 0o440;
/**
 * Room for Git fetches: 20 sources at once, the most that a registry may have, with 256 MiB each, at which the server aborts a fetch. That limit has to be hit
 * first, since the kubelet evicts a pod that exceeds this one, and one large repository must not take down the server for all other sources. This limit
 * protects the node's disk from what the server does not see. It is the same for all registries, so that adding a Git source rolls no pod.
 */
const TEMP_SIZE = '6Gi';

/** The volumes of a registry's pod, in the order in which they are written. Only those that a source needs. */
export function mountedVolumes(registry: ValidRegistry): MountedVolume[] {
  const sources = normalizedSources(registry.manifest);
  const secrets = sources.flatMap(projectedSecrets);
  return [
    readOnly('config', paths.configDir, { configMap: { name: names.config(registry.name) } }),
    readOnly('sources', paths.sources, { projected: { sources: sources.flatMap(projectedData) } }),
    // Exists only once a server has been deployed.
    readOnly('deployed', paths.deployedDir, { configMap: { name: names.deployed(registry.name), optional: true } }),
    writable('data', paths.data, { emptyDir: {} }),
    ...(secrets.length === 0 ? [] : [readOnly('secrets', paths.secrets, { projected: { defaultMode: SECRET_MODE, sources: secrets } })]),
    ...(needsTemp(registry) ? [writable('tmp', paths.temp, { emptyDir: { sizeLimit: TEMP_SIZE } })] : []),
  ];
}

/** Whether the server needs a directory for temporary files: Git fetches into one. */
export function needsTemp(registry: ValidRegistry): boolean {
  return normalizedSources(registry.manifest).some(({ type }) => type === 'git');
}

function readOnly(name: string, mountPath: string, kind: object): MountedVolume {
  return { volume: { name, ...kind }, mount: { name, mountPath, readOnly: true } };
}

function writable(name: string, mountPath: string, kind: object): MountedVolume {
  return { volume: { name, ...kind }, mount: { name, mountPath } };
}

/** Optional, so that the server reports a missing ConfigMap and recovers by itself, instead of the pod not starting. */
function projectedData(source: NormalizedSource): object[] {
  if (source.type !== 'configmap') return [];
  const { name, key } = source.configmap;
  return [{ configMap: { name, items: [{ key, path: `${source.name}/${key}` }], optional: true } }];
}

/**
 * Credentials and certificates, by name only: the controller has no permission to read Secrets. Optional for the same reason, and because a Secret may have
 * only some of the keys: a missing key of a volume that is not optional keeps the pod from starting.
 */
function projectedSecrets({ name, auth, tls }: NormalizedSource): object[] {
  const credentials = credentialKeys.map((key) => ({ key, path: `${secretFiles.auth(name)}/${key}` }));
  const { caSecretRef, caConfigMapRef } = tls ?? {};
  const certificates = (key: string): object[] => [{ key, path: secretFiles.ca(name) }];
  return [
    ...(auth === undefined ? [] : [{ secret: { name: auth.secretRef.name, items: credentials, optional: true } }]),
    ...(caSecretRef === undefined ? [] : [{ secret: { name: caSecretRef.name, items: certificates(caSecretRef.key), optional: true } }]),
    ...(caConfigMapRef === undefined
      ? []
      : [{ configMap: { name: caConfigMapRef.name, items: certificates(caConfigMapRef.key), optional: true } }]),
  ];
}
