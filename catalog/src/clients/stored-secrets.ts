import type { Pair } from '../launch/pair.ts';
import { answersTo, inputsIn, textOf, type Answers, type Fill } from '../launch/text.ts';

/** A variable or header whose value a client keeps in its secret store. */
export interface StoredSecret {
  /** The variable or header. */
  readonly name: string;
  /** The name in the store: it starts with the server's, so that no entry can name a secret of another. */
  readonly key: string;
  /** Its value, with placeholders for unknown parts. */
  readonly value: string;
  /** Whether the value is only an input, without text around it. */
  readonly isPlain: boolean;
}

/** Variables and headers that contain a secret. */
export function storedSecrets(pairs: readonly Pair[], fill: Fill, keyOf: (name: string) => string): StoredSecret[] {
  return pairs.flatMap(({ name, text }) => {
    const value = textOf(text, fill);
    if (value === undefined || !inputsIn(text).some(({ secret }) => secret)) return [];
    return [{ name, key: keyOf(name.toLowerCase().replaceAll(/[^a-z0-9_-]+/g, '-')), value, isPlain: text.length === 1 }];
  });
}

/** Whether the secrets of a variable or header have been answered. */
export function isAnswered({ text }: Pair, answers: Answers): boolean {
  return inputsIn(text).every((input) => !input.secret || answersTo(input, answers).length > 0);
}
