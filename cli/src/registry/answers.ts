import type { Answers } from '@toolhive-registry/catalog/clients';
import { closest } from '@toolhive-registry/api/closest';
import { misuse } from '../program/failure.ts';

/** Reads `--set KEY=VALUE`. What is given several times for one key becomes a list. */
export function answersOf(given: readonly string[]): Answers {
  const answers: Record<string, string | string[]> = {};
  for (const one of given) {
    const [, key = '', value = ''] = /^([^=]+)=(.*)$/s.exec(one) ?? [];
    if (key === '') throw misuse(`--set is "${one}"`, 'write KEY=VALUE');
    const before = Object.hasOwn(answers, key) ? answers[key] : undefined;
    answers[key] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return answers;
}

/** Throws a failure for an answer to an unknown question. */
export function checkAnswers(answers: Answers, keys: readonly string[]): void {
  const unknown = Object.keys(answers).find((key) => !keys.includes(key));
  if (unknown === undefined) return;
  const meant = closest(unknown, keys);
  const all = keys.length === 0 ? 'nothing can be set here' : `you can set ${keys.join(', ')}`;
  throw misuse(`--set names "${unknown}", which is not asked for`, meant === undefined ? all : `did you mean ${meant}?`);
}
