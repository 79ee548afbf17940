/** Checks that depend on each other. */
export interface Checks {
  /** Runs one; after a failure the others are not run. */
  readonly check: (name: string, work: () => Promise<void>) => Promise<void>;
  /** Prints "N passed, N failed" in a line, and returns the exit code. */
  readonly end: () => 0 | 1;
}

/** A new list of checks. */
export function checks(): Checks {
  let passed = 0;
  let failed = 0;
  return {
    check: async (name, work) => {
      if (failed > 0) return;
      try {
        await work();
        passed += 1;
        console.log(`ok   ${name}`);
      } catch (error) {
        failed += 1;
        const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
        console.log(`FAIL ${name}\n${String(error)}\n${stdout}${stderr}`);
      }
    },
    end: () => {
      console.log(`${passed} passed, ${failed} failed`);
      return failed === 0 ? 0 : 1;
    },
  };
}
