import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';

/** What a Dockerfile does until its own part begins, comments and empty lines aside. */
function beginningOf(program: string): string[] {
  const lines = readFileSync(new URL(`../${program}/Dockerfile`, import.meta.url), 'utf8').split('\n');
  const end = lines.findIndex((line) => line.startsWith('COPY --from=node'));
  return lines.slice(0, end + 1).filter((line) => line !== '' && !line.startsWith('#'));
}

test('both images begin alike, so that a node stores what they share once', () => {
  const controller = beginningOf('controller');
  expect(controller.length).toBeGreaterThan(5);
  expect(beginningOf('registry-server')).toEqual(controller);
});
