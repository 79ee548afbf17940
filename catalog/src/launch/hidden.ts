import { UNSEEN } from '../unseen.ts';

/** Whether a text has characters that are not seen. In a command somebody pastes they can pass for something else. */
export function hasHidden(text: string): boolean {
  return text.search(UNSEEN) >= 0;
}

/** A text for people: on one line, no longer than `most` characters, without what is not seen. */
export function plainText(text: string, most: number): string {
  const line = text.replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim();
  const all = Array.from(line);
  return all.length <= most ? line : `${all.slice(0, most - 1).join('')}…`;
}
