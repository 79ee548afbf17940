/** A letter, a digit, or a mark that belongs to one. */
const PART_OF_WORD = /[\p{L}\p{N}\p{M}]/u;
/** The same of ASCII, by code. */
const ASCII = Uint8Array.from({ length: 128 }, (_, code) => (PART_OF_WORD.test(String.fromCharCode(code)) ? 1 : 0));

/** A part of a text: from a place up to, not including, another. */
export type Place = (from: number, to: number) => void;

/** Finds the words of a text: the longest runs of letters, digits and marks. Everything else stands between words. */
export function eachWord(text: string, found: Place): void {
  let from = -1;
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const units = code < 0xd800 || code > 0xdbff ? 1 : String.fromCodePoint(text.codePointAt(at) ?? 0).length;
    const isPart = code < 128 ? ASCII[code] === 1 : PART_OF_WORD.test(text.slice(at, at + units));
    if (isPart && from < 0) from = at;
    if (!isPart && from >= 0) {
      found(from, at);
      from = -1;
    }
    at += units;
  }
  if (from >= 0) found(from, text.length);
}

/** The words of a text. */
export function wordsIn(text: string): string[] {
  const words: string[] = [];
  eachWord(text, (from, to) => words.push(text.slice(from, to)));
  return words;
}

/** `createIssue` as `create Issue`, `getURLOf` as `get URL Of`: how names of tools are read. */
export function spacedWords(name: string): string {
  return name.replace(/(\p{Ll}|\d)(?=\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$2 ');
}
