import { plainText } from './hidden.ts';
import type { Input } from './input.ts';
import { answersTo, type Answers } from './text.ts';

/** The inputs, required ones first. */
export function requiredFirst(inputs: readonly Input[]): Input[] {
  return [...inputs.filter(({ required }) => required), ...inputs.filter(({ required }) => !required)];
}

/** Problems of answers, as sentences: unknown keys, and values that are not among the choices. */
export function answerWarnings(inputs: readonly Input[], answers: Answers): string[] {
  const keys = inputs.map(({ key }) => key);
  const unknown = Object.keys(answers).filter((key) => !keys.includes(key));
  return [
    ...inputs.flatMap((input) => notAChoice(input, answers)),
    ...unknown.map(
      (key) => `There is no input ${JSON.stringify(plainText(key, 60))}${keys.length === 0 ? '' : `; the inputs are ${keys.join(', ')}`}.`,
    ),
  ];
}

function notAChoice(input: Input, answers: Answers): string[] {
  const { key, choices } = input;
  if (choices.length === 0) return [];
  const others = answersTo(input, answers).filter((answer) => !choices.includes(answer));
  return others.map(
    (answer) => `${JSON.stringify(plainText(answer, 60))} is not one of the choices of ${key}: ${plainText(choices.join(', '), 300)}.`,
  );
}

/** Placeholders in a text that have to be replaced by hand. */
export function placeholderWarnings(inputs: readonly Input[], texts: readonly string[]): string[] {
  const missing = inputs.map(placeholderOf).filter((placeholder) => texts.some((text) => text.includes(placeholder)));
  return missing.length === 0 ? [] : [`Put your own values in place of ${missing.join(', ')}.`];
}

/** The visible placeholder of an unanswered input. */
export function placeholderOf({ key }: Input): string {
  return `<${key}>`;
}
