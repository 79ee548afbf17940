import { parseGoDuration } from './duration.ts';
import { defaultSourceName } from './group.ts';
import type { Auth, Filter, Format, MCPRegistry, NamedSource, Source, SyncPolicy, Tls } from './types.ts';

/** Names and tags to include and exclude, with the short form merged into `names`. Empty include lists include everything. */
export interface NormalizedFilter {
  readonly names: { readonly include: readonly string[]; readonly exclude: readonly string[] };
  readonly tags: { readonly include: readonly string[]; readonly exclude: readonly string[] };
}

/** The location of a source's data, one variant per type of source; `api` is mapped to `registry`. */
export type SourceLocation =
  | { readonly type: 'configmap'; readonly configmap: { readonly name: string; readonly key: string } }
  | { readonly type: 'git'; readonly git: GitLocation }
  | { readonly type: 'url'; readonly url: string }
  | { readonly type: 'registry'; readonly registry: { readonly endpoint: string } }
  | { readonly type: 'file'; readonly file: { readonly path: string } };

/** A file or folder at one revision. `path` has no leading slash; without a ref it is the default branch. */
export interface GitLocation {
  readonly repository: string;
  readonly ref?: { readonly kind: 'branch' | 'tag' | 'commit'; readonly name: string };
  readonly path: string;
}

/** A source with all defaults and alternative spellings of the manifest resolved. */
export type NormalizedSource = SourceLocation & {
  readonly name: string;
  readonly format: Format;
  readonly auth?: Auth;
  readonly tls?: Tls;
  /** Limit of one attempt in milliseconds. */
  readonly timeoutMs: number;
  /** Filters in the order in which they apply: the registry's own and the source's; each only if set. */
  readonly registryFilter?: NormalizedFilter;
  readonly sourceFilter?: NormalizedFilter;
  /** Policies as written; the source's replaces the registry's. `syncSchedule(sourceSyncPolicy ?? registrySyncPolicy)` computes times. */
  readonly registrySyncPolicy?: SyncPolicy;
  readonly sourceSyncPolicy?: SyncPolicy;
};

/** Limit of one attempt where `timeout` is absent. */
const defaultTimeoutMs = 30_000;

/** The registry's sources in order of precedence. `spec.source` becomes one source named `default`. */
export function normalizedSources(registry: MCPRegistry): NormalizedSource[] {
  const { spec } = registry;
  const sources: readonly NamedSource[] = spec.sources ?? (spec.source === undefined ? [] : [{ name: defaultSourceName, ...spec.source }]);
  return sources.map((source) => ({
    ...location(source),
    name: source.name,
    format: source.format ?? spec.format ?? 'auto',
    timeoutMs: source.timeout === undefined ? defaultTimeoutMs : parseGoDuration(source.timeout),
    ...(source.auth === undefined ? {} : { auth: source.auth }),
    ...(source.tls === undefined ? {} : { tls: source.tls }),
    ...(spec.filter === undefined ? {} : { registryFilter: normalizedFilter(spec.filter) }),
    ...(source.filter === undefined ? {} : { sourceFilter: normalizedFilter(source.filter) }),
    ...(spec.syncPolicy === undefined ? {} : { registrySyncPolicy: spec.syncPolicy }),
    ...(source.syncPolicy === undefined ? {} : { sourceSyncPolicy: source.syncPolicy }),
  }));
}

/** A filter with the short form `include`/`exclude` merged into `names` and absent lists empty. */
export function normalizedFilter(filter: Filter): NormalizedFilter {
  return {
    names: {
      include: [...(filter.names?.include ?? []), ...(filter.include ?? [])],
      exclude: [...(filter.names?.exclude ?? []), ...(filter.exclude ?? [])],
    },
    tags: { include: filter.tags?.include ?? [], exclude: filter.tags?.exclude ?? [] },
  };
}

function location(source: Source): SourceLocation {
  const { configmap, git, url, file } = source;
  const endpoint = source.registry?.endpoint ?? source.api?.endpoint;
  if (source.type === 'configmap' && configmap !== undefined) {
    return { type: 'configmap', configmap: { name: configmap.name, key: configmap.key } };
  }
  if (source.type === 'git' && git !== undefined) return { type: 'git', git: gitLocation(git) };
  if (source.type === 'url' && url !== undefined) return { type: 'url', url };
  if (source.type === 'file' && file !== undefined) return { type: 'file', file: { path: file.path } };
  if ((source.type === 'registry' || source.type === 'api') && endpoint !== undefined) return { type: 'registry', registry: { endpoint } };
  throw new TypeError(`a source of type '${source.type}' without its block; pass only registries that parseMCPRegistry accepted`);
}

function gitLocation(git: NonNullable<Source['git']>): GitLocation {
  const { repository, branch, tag, commit } = git;
  // ToolHive accepts an absolute path and means the repository's root.
  const path = git.path.replace(/^\/+/u, '');
  if (branch !== undefined) return { repository, path, ref: { kind: 'branch', name: branch } };
  if (tag !== undefined) return { repository, path, ref: { kind: 'tag', name: tag } };
  if (commit !== undefined) return { repository, path, ref: { kind: 'commit', name: commit } };
  return { repository, path };
}

/** A sync policy in milliseconds. */
export interface SyncSchedule {
  /** Time between two syncs; absent: sync once, on change and on request. */
  readonly intervalMs?: number;
  /** `maxAttempts` absent: unlimited. */
  readonly retry: { readonly maxAttempts?: number; readonly backoffMs: number; readonly multiplier: number };
  readonly maxRemovedPercent?: number;
}

/** Seed 000: without a retry policy a failed sync is retried every five minutes, indefinitely. */
const defaultRetry = { backoffMs: 300_000, multiplier: 1 } as const;

/** Times and counts of a policy; without one: no interval, retries every five minutes. */
export function syncSchedule(policy: SyncPolicy | undefined): SyncSchedule {
  const retry = policy?.retryPolicy;
  const interval = policy?.type === 'automatic' ? policy.interval : undefined;
  return {
    ...(interval === undefined ? {} : { intervalMs: parseGoDuration(interval) }),
    retry:
      retry === undefined
        ? defaultRetry
        : {
            maxAttempts: retry.maxAttempts,
            backoffMs: parseGoDuration(retry.backoffInterval),
            multiplier: Number(retry.backoffMultiplier),
          },
    ...(policy?.maxRemovedPercent === undefined ? {} : { maxRemovedPercent: policy.maxRemovedPercent }),
  };
}
