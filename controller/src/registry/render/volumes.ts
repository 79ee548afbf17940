import { credentialKeys, names, normalizedSources, paths, secretFiles, type NormalizedSource } from '@toolhive-registry/api';
import type { ValidRegistry } from '../resource.ts';

/** A volume of the pod, and where the registry server's container has it. */
export interface MountedVolume {
  readonly volume: Readonly<Record<string, unknown>>;
  readonly mount: Readonly<Record<string, unknown>>;
}

/** Owner and group may read, nobody may write: `fsGroup` makes the group the server's. */
const SECRET_MODE = 0o440;
/**
 * Room for Git to fetch into: 20 sources at once, the most that a registry may have, with 256 MiB each, at which the server ends a fetch. That limit
 * has to come first, since the kubelet evicts a pod that exceeds this one: a large repository must not cost the other sources their server. This one
 * protects the node's disk from what the server does not see. It is the same for all registries, so that another Git source rolls no pod.
 */
const TEMP_SIZE = '6Gi';

/** The volumes of a registry's pod, in the order in which they are written. What no source needs is not there. */
export function mountedVolumes(registry: ValidRegistry): MountedVolume[] {
  const sources = normalizedSources(registry.manifest);
  const secrets = sources.flatMap(projectedSecrets);
  return [
    readOnly('config', paths.configDir, { configMap: { name: names.config(registry.name) } }),
    readOnly('sources', paths.sources, { projected: { sources: sources.flatMap(projectedData) } }),
    // There only once a server was deployed.
    readOnly('deployed', paths.deployedDir, { configMap: { name: names.deployed(registry.name), optional: true } }),
    writable('data', paths.data, { emptyDir: {} }),
    ...(secrets.length === 0 ? [] : [readOnly('secrets', paths.secrets, { projected: { defaultMode: SECRET_MODE, sources: secrets } })]),
    ...(needsTemp(registry) ? [writable('tmp', paths.temp, { emptyDir: { sizeLimit: TEMP_SIZE } })] : []),
  ];
}

/** Whether the server needs a folder for temporary files: Git fetches into one. */
export function needsTemp(registry: ValidRegistry): boolean {
  return normalizedSources(registry.manifest).some(({ type }) => type === 'git');
}

function readOnly(name: string, mountPath: string, kind: object): MountedVolume {
  return { volume: { name, ...kind }, mount: { name, mountPath, readOnly: true } };
}

function writable(name: string, mountPath: string, kind: object): MountedVolume {
  return { volume: { name, ...kind }, mount: { name, mountPath } };
}

/** Optional, so that a missing ConfigMap is reported by the server and heals by itself, instead of keeping the pod from starting. */
function projectedData(source: NormalizedSource): object[] {
  if (source.type !== 'configmap') return [];
  const { name, key } = source.configmap;
  return [{ configMap: { name, items: [{ key, path: `${source.name}/${key}` }], optional: true } }];
}

/**
 * Credentials and certificates, by name only: the controller has no right to read Secrets. Optional for the same reason, and because a Secret has
 * some of the keys only: a key that is missing from one that is not optional keeps the pod from starting.
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
