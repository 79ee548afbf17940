import { own, type Json } from '../json.ts';
import { plainText } from './hidden.ts';
import { scalar } from './input.ts';
import { ASK_PUBLISHER, objects, type Reading } from './reading.ts';
import { textOf, type Fill, type Text } from './text.ts';

/** An environment variable, or a request header. */
export interface Pair {
  readonly name: string;
  readonly text: Text;
}

/** The same with its value. */
export interface FilledPair {
  readonly name: string;
  readonly value: string;
}

/** Valid names: variables as in Kubernetes, headers restricted to common characters (RFC 9110, 5.1). */
const NAMES = {
  variable: { pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/, what: 'environment variable' },
  header: { pattern: /^[A-Za-z0-9][A-Za-z0-9_.-]*$/, what: 'header' },
} as const;

/** Variables or headers of server.json (KeyValueInput), the first of each name. */
export function pairsFrom(list: Json | undefined, kind: keyof typeof NAMES, reading: Reading): Pair[] {
  const { pattern, what } = NAMES[kind];
  const pairs = new Map<string, Pair>();
  for (const raw of objects(list)) {
    const name = scalar(own(raw, 'name')) ?? '';
    if (pattern.test(name)) {
      if (!pairs.has(name)) pairs.set(name, { name, text: reading.value(name, raw) });
      continue;
    }
    const shown = `The ${what} ${JSON.stringify(plainText(name, 60))}`;
    if (own(raw, 'isRequired') === true) reading.refuse('text', `${shown} has a name that is not valid for it`, ASK_PUBLISHER);
    else reading.warn(`${shown} is left out: no ${what} has such a name.`);
  }
  return [...pairs.values()];
}

/** The pairs that have values. */
export function filledPairs(pairs: readonly Pair[], fill: Fill): FilledPair[] {
  return pairs.flatMap(({ name, text }) => {
    const value = textOf(text, fill);
    return value === undefined ? [] : [{ name, value }];
  });
}
