import type { MCPRegistry } from '@toolhive-registry/api';
import type { ValidRegistry } from '../resource.ts';

/** Resources of a container, as Kubernetes has them. */
export interface Resources {
  readonly requests?: Readonly<Record<string, string>>;
  readonly limits?: Readonly<Record<string, string>>;
}

/** What every registry inherits whose spec says nothing of it. Nothing of this is a border: whoever writes a spec may say something else. */
export interface RegistryDefaults {
  /** Names of Secrets in the registry's own namespace, for `spec.imagePullSecrets`. */
  readonly imagePullSecrets?: readonly string[];
  /** In place of those that the pods have otherwise. */
  readonly resources?: Resources;
  /** A Go duration: how often a source elsewhere is asked that has no sync policy. */
  readonly syncInterval?: string;
  /** Environment variables of the registry server by name; those of `spec.env` win. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Types of sources that nobody tells of changes. ConfigMaps and files are watched: asking them again tells nothing new. */
const ASKED: ReadonlySet<string> = new Set(['git', 'url', 'registry', 'api']);

type Spec = MCPRegistry['spec'];

/** The registry as its pods are made from it: with pull Secrets and variables that it inherits. */
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

/** The registry as its server reads it: with the sync policy that its sources inherit. A change of that rolls no pods. */
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
