import type { Argument } from './argument.ts';
import { plainText } from './hidden.ts';
import { READ_FIRST, type Reading } from './reading.ts';
import type { Text } from './text.ts';

/**
 * How an option is treated: a switch is passed on (`switch`) or is irrelevant (`ignored`); a value is passed on (`value`), is irrelevant (`ignoredValue`), or
 * is an environment variable (`variable`).
 */
export type OptionKind = 'switch' | 'ignored' | 'value' | 'ignoredValue' | 'variable';

/** What may come between a program and the package or image that it runs. */
export interface OptionRules {
  /** The program, for messages. */
  readonly program: string;
  /** Words before the options, such as `run`. */
  readonly words: readonly string[];
  readonly options: ReadonlyMap<string, OptionKind>;
  /** Options with which nothing is run, with or without a value. */
  readonly forbidden?: readonly string[];
  /** Whether a text is what is run: the package or the image. */
  readonly isSubject: (text: string) => boolean;
}

/** The result of reading `runtimeArguments`. */
export interface Options {
  /** The options that are passed on. */
  readonly kept: readonly Argument[];
  /** The values of options for variables: `NAME=value`, or just the name. */
  readonly variables: readonly Text[];
  /** What follows the package or image: arguments of the server itself. */
  readonly rest: readonly Text[];
}

/** One word of a command. */
interface Word {
  readonly text: Text;
  /** The input for the value of a flag, if there is one. */
  readonly asked?: Text;
}

/**
 * Reads `runtimeArguments`. They could name another package than the entry does, or give a container access to the machine, so only known options are passed
 * on: other switches are left out with a warning; anything with a value, or forbidden, is refused. Publishers often write the whole command there, with the
 * package.
 */
export function readOptions(list: readonly Argument[], rules: OptionRules, reading: Reading): Options {
  const kept: Argument[] = [];
  const variables: Text[] = [];
  const words = list.flatMap(wordsOf);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    const flag = literalOf(word.text) ?? '';
    if (!flag.startsWith('-')) {
      if (rules.isSubject(flag)) return { kept, variables, rest: words.map(({ text }) => text) };
      if (!rules.words.includes(flag)) refuse(flag, rules, reading);
      continue;
    }
    const equals = flag.indexOf('=');
    const name = equals < 0 ? flag : flag.slice(0, equals);
    const kind = rules.options.get(name);
    if (kind === undefined) notPassedOn(name, words[0], rules, reading);
    else if (kind === 'switch') kept.push({ name });
    else if (kind !== 'ignored') {
      const text = equals < 0 ? valueBehind(word, words) : [flag.slice(equals + 1)];
      if (kind === 'value' && text !== undefined) kept.push({ name, text });
      if (kind === 'variable' && text !== undefined && text !== word.asked) variables.push(text);
    }
  }
  return { kept, variables, rest: [] };
}

/** What follows an unknown option may be its value, or what is run. */
function notPassedOn(name: string, next: Word | undefined, rules: OptionRules, reading: Reading): void {
  if (rules.forbidden?.includes(name) === true)
    reading.refuse('options', `"runtimeArguments" has ${name}, which gives the container the machine that it runs on`, READ_FIRST);
  else if (next !== undefined && !isOption(next)) refuse(name, rules, reading);
  else reading.warn(`The option ${plainText(name, 60)} of the entry is not passed on to ${rules.program}.`);
}

/** The value of an option: the next word, unless that is an option, too; else an input. */
function valueBehind({ asked }: Word, words: Word[]): Text | undefined {
  const [next] = words;
  if (next === undefined || isOption(next)) return asked;
  words.shift();
  return next.text;
}

function isOption({ text }: Word): boolean {
  return literalOf(text)?.startsWith('-') === true;
}

function wordsOf({ name, text }: Argument): Word[] {
  if (name === undefined) return text === undefined ? [] : [{ text }];
  if (text === undefined) return [{ text: [name] }];
  return isOptional(text) ? [{ text: [name], asked: text }] : [{ text: [name] }, { text }];
}

/** Whether a text is just an optional input. */
function isOptional(text: Text): boolean {
  const [only] = text;
  return text.length === 1 && typeof only === 'object' && !only.required && only.default === undefined;
}

/** A text without inputs; undefined if it has some. */
export function literalOf(text: Text): string | undefined {
  return text.every((part) => typeof part === 'string') ? text.join('') : undefined;
}

function refuse(word: string, { program }: OptionRules, reading: Reading): void {
  reading.refuse(
    'options',
    `"runtimeArguments" has ${word === '' ? 'a value' : plainText(word, 60)} in front of the package, which may change what ${program} runs`,
    READ_FIRST,
  );
}
