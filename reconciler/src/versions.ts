const DECIMAL = /^(?:0|[1-9]\d*)$/;

/**
 * Compares two resourceVersions of one kind: positive if the first is later, negative if the second is; undefined: unknown. They are numbers of any length
 * (Kubernetes' API conventions since 1.35, KEP-5504; true of every version that keeps objects in etcd).
 */
export function compareVersions(one: string | undefined, other: string | undefined): number | undefined {
  if (one === undefined || other === undefined || !DECIMAL.test(one) || !DECIMAL.test(other)) return undefined;
  if (one === other) return 0;
  const isLater = one.length === other.length ? one > other : one.length > other.length;
  return isLater ? 1 : -1;
}
