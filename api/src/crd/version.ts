import packageJson from '../../package.json' with { type: 'json' };

/** Product version of these CRDs, recorded in annotation `toolhive.stacklok.dev/crd-version`. */
export const crdVersion: string = packageJson.version;

/** MAJOR.MINOR.PATCH with an optional suffix. */
const VERSION = /^(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?$/;

/**
 * Orders two versions by Semantic Versioning 2.0.0 §11 (https://semver.org/#spec-item-11): negative if `a` is older, positive if it is newer, undefined if
 * either is not a version.
 */
export function compareVersions(a: string, b: string): number | undefined {
  const [left, right] = [VERSION.exec(a), VERSION.exec(b)];
  if (left === null || right === null) return undefined;
  for (const part of [1, 2, 3]) {
    const order = Number(left[part]) - Number(right[part]);
    if (order !== 0) return order;
  }
  return comparePrereleases(left[4], right[4]);
}

function comparePrereleases(a: string | undefined, b: string | undefined): number {
  // A release is newer than its prereleases.
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [left, right] = [a.split('.'), b.split('.')];
  for (const [index, part] of left.entries()) {
    const other = right[index];
    const order = other === undefined ? 1 : compareIdentifiers(part, other);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareIdentifiers(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => (/^\d+$/.test(text) ? Number(text) : undefined));
  if (left !== undefined && right !== undefined) return left - right;
  // Numeric identifiers sort before others.
  if (left !== undefined || right !== undefined) return left === undefined ? 1 : -1;
  return a === b ? 0 : a < b ? -1 : 1;
}
