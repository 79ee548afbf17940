/** A remark on a check that passes. */
type Remark = string | undefined | void;

/** Passes unless it throws or rejects. A returned remark is shown. */
export type Check = () => Remark | Promise<Remark>;

/** The result of one named check. */
export interface CheckResult {
  readonly name: string;
  readonly error: string | undefined;
  readonly remark?: string;
}

/** Runs all checks; none can stop another. */
export function runChecks(checks: ReadonlyMap<string, Check>): Promise<CheckResult[]> {
  return Promise.all(
    [...checks].map(async ([name, check]) => {
      try {
        const remark = (await check()) ?? undefined;
        return { name, error: undefined, ...(remark === undefined ? {} : { remark }) };
      } catch (error) {
        return { name, error: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

/** One line per check, as Kubernetes' own `/readyz?verbose` writes them. */
export function describeChecks(results: readonly CheckResult[]): string {
  return results
    .map(({ name, error, remark }) => {
      if (error !== undefined) return `[-]${name} failed: ${error}\n`;
      return `[+]${name} ok${remark === undefined ? '' : `: ${remark}`}\n`;
    })
    .join('');
}
