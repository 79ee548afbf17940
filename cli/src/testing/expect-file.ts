import { expect } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * For tests: compares a text with the file of that name in cli/testdata, after putting words for what differs from run to run. With WRITE_EXPECTED=1 the file
 * is written instead.
 */
export function expectFile(name: string, text: string, replaced: readonly (readonly [found: RegExp | string, word: string])[] = []): void {
  const file = fileURLToPath(new URL(`../../testdata/${name}`, import.meta.url));
  const stable = replaced.reduce(
    (all, [found, word]) => all.replaceAll(typeof found === 'string' ? found : new RegExp(found, 'g'), word),
    text,
  );
  if (process.env['WRITE_EXPECTED'] === '1') writeFileSync(file, stable);
  expect(stable).toBe(readFileSync(file, 'utf8'));
}
