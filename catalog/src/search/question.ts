import { wordsIn } from './tokens.ts';
import { OWN_WEIGHT, variantsOf, type Variant } from './variants.ts';
import { findWord, frequency } from './word-index.ts';
import type { Words } from './words.ts';

/** A word of the index that stands for one of the question. */
export interface RankedWord extends Variant {
  /** It counts in other fields than the namespace only. */
  readonly isHost: boolean;
}

/** One word of a question with all that stands for it. */
export interface Term {
  readonly variants: readonly RankedWord[];
  /** Rows that have one of them; some are counted more than once. */
  readonly rows: number;
  /** Rows that have the word itself in one of its forms; where none has, the same as `rows`. */
  readonly ownRows: number;
  /** How much it counts beside the others; 1 for most. */
  readonly weight: number;
}

/** Most words of a question that are looked at. */
export const MAX_TERMS = 12;
/** What people write around what they look for. Rare in catalogs, they would count for much. */
const STOP_WORDS = new Set(
  'a an and any are as at be by can could do does find for from get give has have help how i if in into is it its let like look make me my need of on or our please should show some tell that the their them there this to up us use using via want was we what when where which who will with would you your'.split(
    ' ',
  ),
);
/** What stands before the last slash of a name with a host or scope: `io.github.example/`, `ghcr.io/example/`, `@example/`. */
const OWNER = /(?<!\S)(?:@|[^\s/]+\.)\S*\/(?=\S)/g;
/** How much the words of an owner count beside a name that tells something by itself. */
const OWNER_WEIGHT = 0.1;

/** The words of a question. Of one that has no other words small words count too. */
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
    // A tool by its whole name, beside the words of it.
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
