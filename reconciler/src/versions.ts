const DECIMAL = /^(?:0|[1-9]\d*)$/;

/**
 * Which of two resourceVersions of one kind is later: above 0 the first, below 0 the second; undefined: that cannot be known. They are numbers of any
 * length (Kubernetes' API conventions since 1.35, KEP-5504; true of every version that keeps objects in etcd).
 */
export function compareVersions(one: string | undefined, other: string | undefined): number | undefined {
  if (one === undefined || other === undefined || !DECIMAL.test(one) || !DECIMAL.test(other)) return undefined;
  if (one === other) return 0;
  const isLater = one.length === other.length ? one > other : one.length > other.length;
  return isLater ? 1 : -1;
}
