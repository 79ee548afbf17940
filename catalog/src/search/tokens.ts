/** Letters, digits, and combining marks: for ASCII texts, and for all others. */
const ASCII_WORD = /[A-Za-z0-9]+/g;
const WORD = /[\p{L}\p{N}\p{M}]+/gu;
// eslint-disable-next-line no-control-regex
const NOT_ASCII = /[^\0-\x7f]/;

/** A part of a text, from a start to an exclusive end. */
export type Place = (from: number, to: number) => void;

/**
 * Finds the words of a text: maximal runs of letters, digits and marks. Everything else separates words. Uses regular expressions: a loop over the characters
 * of a small catalog runs long enough for the JavaScript engine to optimize it, and its optimizing compiler alone is 5 MB of code, resident from then on.
 * `found` must not look for words itself.
 */
export function eachWord(text: string, found: Place): void {
  const words = NOT_ASCII.test(text) ? WORD : ASCII_WORD;
  words.lastIndex = 0;
  for (let match = words.exec(text); match !== null; match = words.exec(text)) found(match.index, words.lastIndex);
}

/** The words of a text. */
export function wordsIn(text: string): readonly string[] {
  return text.match(NOT_ASCII.test(text) ? WORD : ASCII_WORD) ?? [];
}

/** `createIssue` as `create Issue`, `getURLOf` as `get URL Of`: splits names of tools. */
export function spacedWords(name: string): string {
  return name.replace(/(\p{Ll}|\d)(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$2 ');
}
