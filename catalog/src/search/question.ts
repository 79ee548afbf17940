import { wordsIn } from './tokens.ts';
import { OWN_WEIGHT, variantsOf, type Variant } from './variants.ts';
import { findWord, frequency } from './word-index.ts';
import type { Words } from './words.ts';

/** A word of the index that matches one of the question. */
export interface RankedWord extends Variant {
  /** It counts only in fields other than the namespace. */
  readonly isHost: boolean;
}

/** One word of a question with all matching words. */
export interface Term {
  readonly variants: readonly RankedWord[];
  /** Number of rows with one of them; some are counted more than once. */
  readonly rows: number;
  /** Number of rows with the word itself in one of its forms; if there are none, the same as `rows`. */
  readonly ownRows: number;
  /** Its weight relative to the others; 1 for most. */
  readonly weight: number;
}

/** Most words of a question that are used. */
export const MAX_TERMS = 12;
/** Filler words of questions. Being rare in catalogs, they would get a high weight. */
const STOP_WORDS = new Set(
  'a an and any are as at be by can could do does find for from get give has have help how i if in into is it its let like look make me my need of on or our please should show some tell that the their them there this to up us use using via want was we what when where which who will with would you your'.split(
    ' ',
  ),
);
/** The prefix of a name with a host or scope, up to the last slash: `io.github.example/`, `ghcr.io/example/`, `@example/`. */
const OWNER = /(?<!\S)(?:@|[^\s/]+\.)\S*\/(?=\S)/g;
/** The weight of an owner's words next to a descriptive name. */
const OWNER_WEIGHT = 0.1;

/** The words of a question. Filler words count if there are no others. */
export function termsOf(words: Words, question: string): Term[] {
  const text = question.toLowerCase().toWellFormed();
  const all = [...new Set(wordsIn(text))];
  const telling = all.filter((word) => !STOP_WORDS.has(word));
  const named = new Set(wordsIn(text.replaceAll(OWNER, ' ')));
  const terms = (telling.length === 0 ? all : telling)
    .toSorted((a, b) => Number(named.has(b)) - Number(named.has(a)))
    .slice(0, MAX_TERMS)
    .map((word) => ({ word, ...termOf(words, variantsOf(words, word)) }));
  const hasName = terms.some(({ word, rows }) => named.has(word) && rows > 0 && !words.isCommon(rows));
  const weighted = terms.map(({ word, ...term }) => ({ ...term, weight: hasName && !named.has(word) ? OWNER_WEIGHT : 1 }));
  for (const whole of text.split(/\s+/)) {
    if (weighted.length >= MAX_TERMS) break;
    // The whole name of a tool, in addition to its words.
    const id = all.includes(whole) ? -1 : findWord(words.index, Buffer.from(whole));
    if (id >= 0 && whole !== '') weighted.push({ ...termOf(words, [{ id, weight: 1 }]), weight: 1 });
  }
  return weighted.filter(({ variants }) => variants.length > 0);
}

function termOf(words: Words, variants: readonly Variant[]): Omit<Term, 'weight'> {
  let [rows, ownRows] = [0, 0];
  const ranked = variants.map((variant) => {
    const hosts = words.hostRows(variant.id);
    const telling = frequency(words.index, variant.id) - hosts;
    rows += telling;
    if (variant.weight >= OWN_WEIGHT) ownRows += telling;
    return { ...variant, isHost: hosts > 0 };
  });
  return { variants: ranked, rows, ownRows: ownRows || rows };
}
