/** A condition of a status, as in meta/v1. */
export interface Condition {
  /** In CamelCase; one of each type. */
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  /** Why, in CamelCase, for programs. */
  readonly reason: string;
  /** Why, as a sentence for people. */
  readonly message: string;
  /** The generation of the spec that this is about. */
  readonly observedGeneration?: number | undefined;
  /** RFC 3339; when `status` last changed. */
  readonly lastTransitionTime: string;
}

/** A condition without its time. */
export type ConditionDraft = Omit<Condition, 'lastTransitionTime'>;

/** The condition of a type. */
export function findCondition<C extends { readonly type: string }>(conditions: readonly C[] | undefined, type: string): C | undefined {
  return conditions?.find((condition) => condition.type === type);
}

/** Whether the condition of a type exists and is True. */
export function isConditionTrue(
  conditions: readonly { readonly type: string; readonly status: string }[] | undefined,
  type: string,
): boolean {
  return findCondition(conditions, type)?.status === 'True';
}

/**
 * A condition with its time: that of the previous condition as long as the status is the same, even if reason and message change; else `now` (RFC 3339). So an
 * unchanged condition is written unchanged.
 */
export function dateCondition<D extends ConditionDraft>(
  draft: D,
  before: readonly Condition[],
  now: string,
): D & { readonly lastTransitionTime: string } {
  const former = findCondition(before, draft.type);
  return { ...draft, lastTransitionTime: former?.status === draft.status ? former.lastTransitionTime : now };
}

/** The conditions with one set: it replaces the one of its type, or is appended. `now` is RFC 3339, and used when the status changes. */
export function setCondition(conditions: readonly Condition[], draft: ConditionDraft, now: string): Condition[] {
  const dated = dateCondition(draft, conditions, now);
  if (findCondition(conditions, draft.type) === undefined) return [...conditions, dated];
  return conditions.map((condition) => (condition.type === draft.type ? dated : condition));
}
