import semver from 'semver';

/** What decides which version of a server is the latest. Times in milliseconds since 1970. */
export interface VersionFacts {
  readonly version: string;
  readonly publishedAt: number;
  readonly deleted: boolean;
}

/**
 * The index of the latest version, by the official registry's rules: deleted versions only when there is nothing else; a semantic
 * version (exactly three parts, a leading `v` accepted) beats any other; two semantic ones compare by precedence, of equal ones
 * (`1.0.0` and `1.0.0+build`) the first published is later; two others by the time of publication. -1 for an empty list.
 */
export function latestIndex(versions: readonly VersionFacts[]): number {
  let best = -1;
  for (const [index, facts] of versions.entries()) {
    const current = versions[best];
    if (current === undefined || compareVersions(facts, current) > 0) best = index;
  }
  return best;
}

/** Orders by how late a version is: negative when `a` is older than `b`. */
export function compareVersions(a: VersionFacts, b: VersionFacts): number {
  if (a.deleted !== b.deleted) return a.deleted ? -1 : 1;
  const left = semver.parse(a.version);
  const right = semver.parse(b.version);
  if (left !== null && right !== null) return semver.compare(left, right) || b.publishedAt - a.publishedAt;
  if (left !== null) return 1;
  if (right !== null) return -1;
  return a.publishedAt - b.publishedAt;
}
