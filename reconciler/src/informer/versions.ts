const DECIMAL = /^(?:0|[1-9]\d*)$/;

/**
 * Whether one resourceVersion is not later than another of the same kind. They can be compared as numbers of any length (Kubernetes' API conventions
 * since 1.35, KEP-5504; true of every version that keeps objects in etcd). Of what is no number nothing is known: false.
 */
export function isNotLater(version: string, than: string): boolean {
  if (!DECIMAL.test(version) || !DECIMAL.test(than)) return false;
  return version.length === than.length ? version <= than : version.length < than.length;
}
