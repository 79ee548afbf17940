import { UNSEEN } from '../unseen.ts';

/** Whether a text has invisible characters. In a pasted command they can disguise something else. */
export function hasHidden(text: string): boolean {
  return text.search(UNSEEN) >= 0;
}

/** A text for people: on one line, no longer than `most` characters, without invisible characters. */
export function plainText(text: string, most: number): string {
  const line = text.replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim();
  const all = Array.from(line);
  return all.length <= most ? line : `${all.slice(0, most - 1).join('')}…`;
}
