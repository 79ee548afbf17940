/** Passes unless it throws or rejects. */
export type Check = () => void | Promise<void>;

/** How one named check went. */
export interface CheckResult {
  readonly name: string;
  readonly error: string | undefined;
}

/** Runs all checks; none can stop another. */
export function runChecks(checks: ReadonlyMap<string, Check>): Promise<CheckResult[]> {
  return Promise.all(
    [...checks].map(async ([name, check]) => {
      try {
        await check();
        return { name, error: undefined };
      } catch (error) {
        return { name, error: error instanceof Error ? error.message : String(error) };
      }
    }),
  );
}

/** One line per check, as Kubernetes' own `/readyz?verbose` writes them. */
export function describeChecks(results: readonly CheckResult[]): string {
  return results.map(({ name, error }) => (error === undefined ? `[+]${name} ok\n` : `[-]${name} failed: ${error}\n`)).join('');
}
