/** A measured value and its target. */
export interface Measure {
  /** What was measured. */
  readonly name: string;
  readonly value: number;
  /** `ms`, `MB` (10^6 bytes), `%`, `x` (times something), or what is counted. */
  readonly unit: string;
  readonly target: { readonly atMost: number } | { readonly atLeast: number };
  /** How it was measured: spread, conditions. */
  readonly note: string;
}

/** What a part of the bench found out. */
export interface PartResult {
  readonly measures: readonly Measure[];
  /** Why the part was not measured. */
  readonly leftOut?: string;
}

/** True if the value meets its target. */
export function isMet({ value, target }: Measure): boolean {
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

/** The middle value; of an even number the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, value) => sum + value, 0) / middle.length;
}

/** The least value that at least this share of all is not above. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}
