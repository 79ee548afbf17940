import { expect, test } from '@jest/globals';
import type { Answers } from '@toolhive-registry/catalog/clients';
import { attempt } from './attempt.ts';

/** Can be made of packages 0 and 1; no answer may have a line feed. */
function make(
  answers: Answers,
  target: string | undefined,
): { available: true; of: string } | { available: false; message: string; remedy: string } {
  const bad = Object.values(answers).find((value) => value.includes('\n'));
  if (bad !== undefined) return { available: false, message: 'no line breaks', remedy: 'Answer with one line.' };
  if (target === 'packages/9') return { available: false, message: 'no such package', remedy: 'Name another.' };
  return { available: true, of: `${target ?? 'any'} ${JSON.stringify(answers)}` };
}

test.each<[what: string, answers: Answers, target: string | undefined, made: object, wrong: [string, string][]]>([
  ['what was asked for', { A: '1' }, 'packages/1', { available: true, of: 'packages/1 {"A":"1"}' }, []],
  ['another package where the chosen one is none of it', { A: '1' }, 'packages/9', { available: true, of: 'any {"A":"1"}' }, []],
  [
    'the rest where an answer cannot be used',
    { A: '1', B: 'x\ny' },
    undefined,
    { available: true, of: 'any {"A":"1"}' },
    [['B', 'no line breaks']],
  ],
])('%s is made', (_, answers, target, made, wrong) => {
  const found = attempt(make, answers, target);
  expect([found.made, [...found.wrong]]).toEqual([made, wrong]);
});

test('if nothing can be made at all, that is reported', () => {
  const refusal = { available: false, message: 'no packages', remedy: 'Ask.' } as const;
  expect(attempt(() => refusal, { A: '1' }, 'packages/1')).toEqual({ made: refusal, wrong: new Map() });
});
