import type { Input } from './input.ts';

/** A text with inputs in it. */
export type Text = readonly (string | Input)[];

/** The value for an input: one, several if it may be repeated, or none; then the part that contains it is left out. */
export type Fill = (input: Input) => readonly string[];

/** The user's answers, by the keys of the inputs. An empty answer counts as none. */
export type Answers = Readonly<Record<string, string | readonly string[]>>;

/** The answers to an input. One that equals the entry's default does not count as the user's. */
export function answersTo({ key, default: preset }: Input, answers: Answers): readonly string[] {
  const answer = Object.hasOwn(answers, key) ? (answers[key] ?? []) : [];
  return (typeof answer === 'string' ? [answer] : answer).filter((one) => one !== '' && one !== preset);
}

/** Fills inputs with answers, else with their defaults; `stand` returns the placeholder for a required one without either. */
export function fillWith(answers: Answers, stand: (input: Input) => string): Fill {
  return (input) => {
    const given = answersTo(input, answers);
    if (given.length > 0) return input.repeated ? given : given.slice(0, 1);
    if (input.default !== undefined) return [input.default];
    return input.required ? [stand(input)] : [];
  };
}

/** A text with its inputs filled; undefined if one of them has no value. */
export function textOf(text: Text, fill: Fill): string | undefined {
  let filled = '';
  for (const part of text) {
    const value = typeof part === 'string' ? part : fill(part)[0];
    if (value === undefined) return undefined;
    filled += value;
  }
  return filled;
}

/** The same for a text that may be repeated: once for each value of the input that it consists of. */
export function textsOf(text: Text, fill: Fill): readonly string[] {
  const [only] = text;
  if (text.length === 1 && only !== undefined && typeof only !== 'string') return fill(only);
  const filled = textOf(text, fill);
  return filled === undefined ? [] : [filled];
}

/** The inputs in a text. */
export function inputsIn(text: Text): Input[] {
  return text.filter((part) => typeof part !== 'string');
}
