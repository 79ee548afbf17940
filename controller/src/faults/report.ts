import { writeSync } from 'node:fs';

/** Prints what a suite did, one line each: jest prints nothing for suites that pass. */
export function printReport(suite: string, lines: Readonly<Record<string, string | number>>): void {
  const text = Object.entries(lines)
    .map(([name, value]) => `faults, ${suite}: ${name}: ${value}\n`)
    .join('');
  writeSync(2, text);
}
