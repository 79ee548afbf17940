import type { MCPRegistry } from '@toolhive-registry/api';
import type { ValidRegistry } from '../resource.ts';

/** Resource requirements of a container. */
export interface Resources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}

/** Defaults for registries whose spec leaves these fields out. They are not limits: a spec may set other values. */
export interface RegistryDefaults {
  /** Names of Secrets in the registry's own namespace, for `spec.imagePullSecrets`. */
  readonly imagePullSecrets?: readonly string[];
  /** Replaces the built-in requests and limits. */
  readonly resources?: Resources;
  /** A Go duration: how often a remote source without a sync policy is asked. */
  readonly syncInterval?: string;
  /** Environment variables of the registry server by name; those in `spec.env` win. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Source types that send no notifications. ConfigMaps and files are watched, so polling them adds nothing. */
const ASKED: ReadonlySet<string> = new Set(['git', 'url', 'registry', 'api']);

type Spec = MCPRegistry['spec'];

/** The registry for rendering pods: with default pull Secrets and variables. */
export function withPodDefaults(registry: ValidRegistry, { imagePullSecrets = [], env = {} }: RegistryDefaults): ValidRegistry {
  const { spec } = registry.manifest;
  const own = new Set(spec.env?.map(({ name }) => name));
  const inherited = Object.entries(env).flatMap(([name, value]) => (own.has(name) ? [] : [{ name, value }]));
  return withSpec(registry, {
    ...(spec.imagePullSecrets === undefined && imagePullSecrets.length > 0
      ? { imagePullSecrets: imagePullSecrets.map((name) => ({ name })) }
      : {}),
    ...(inherited.length > 0 ? { env: [...inherited, ...(spec.env ?? [])] } : {}),
  });
}

/** The registry as its server reads it: with the default sync policy of its sources. A change of that rolls no pods. */
export function withSyncDefault(registry: ValidRegistry, { syncInterval: interval }: RegistryDefaults): ValidRegistry {
  const { spec } = registry.manifest;
  if (interval === undefined || spec.syncPolicy !== undefined) return registry;
  const policy = { syncPolicy: { type: 'automatic', interval } } as const;
  const inheriting = <S extends NonNullable<Spec['source']>>(source: S): S =>
    source.syncPolicy === undefined && ASKED.has(source.type) ? { ...source, ...policy } : source;
  return withSpec(registry, {
    ...(spec.source === undefined ? {} : { source: inheriting(spec.source) }),
    ...(spec.sources === undefined ? {} : { sources: spec.sources.map(inheriting) }),
  });
}

function withSpec(registry: ValidRegistry, fields: Partial<Spec>): ValidRegistry {
  const { manifest } = registry;
  return { ...registry, manifest: { ...manifest, spec: { ...manifest.spec, ...fields } } };
}
