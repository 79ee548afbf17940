import type { AnyCommand, PassedOn } from './command.ts';
import type { FlagSpec, FlagSpecs } from './flag.ts';
import type { CommandSet } from './tree.ts';

/** The command that the first words name, and the words after its name. */
export interface Named {
  readonly spec?: AnyCommand | PassedOn;
  readonly rest: readonly string[];
}

/** All commands in the order of the help. */
export function commandsOf({ groups }: CommandSet): readonly (AnyCommand | PassedOn)[] {
  return groups.flatMap(({ commands }) => commands);
}

/** Finds the command that is named by the first two words, or by the first. */
export function named(all: CommandSet, words: readonly string[]): Named {
  for (const length of [2, 1]) {
    const spec = commandsOf(all).find(({ name }) => name === words.slice(0, length).join(' '));
    if (spec !== undefined && words.length >= length) return { spec, rest: words.slice(length) };
  }
  return { rest: words };
}

/** The flag that a word names, without a value behind `=`. */
export function flagOf(flags: FlagSpecs, word: string | undefined): FlagSpec | undefined {
  if (word === undefined || !word.startsWith('-')) return undefined;
  if (word.startsWith('--')) return Object.hasOwn(flags, word.slice(2)) ? flags[word.slice(2)] : undefined;
  return Object.values(flags).find(({ short }) => short !== undefined && word === `-${short}`);
}

/** What a word of a command line is: a flag, the value of the flag before it, or an argument. */
export type WordKind = 'flag' | 'value' | 'argument';

/** Tells the words after a command's name apart. Behind `--` there are arguments only. */
export function kindsOf(flags: FlagSpecs, words: readonly string[]): readonly WordKind[] {
  const kinds: WordKind[] = [];
  let isValue = false;
  let onlyArguments = false;
  for (const word of words) {
    if (isValue || onlyArguments || !word.startsWith('-') || word === '-') {
      kinds.push(isValue ? 'value' : 'argument');
      isValue = false;
      continue;
    }
    kinds.push('flag');
    onlyArguments = word === '--';
    if (!word.includes('=')) isValue = (flagOf(flags, word)?.kind ?? 'switch') !== 'switch';
  }
  return kinds;
}

/**
 * The same words with `-o=json` as `-o json`: pflag, which kubectl reads its flags with, takes one `=` behind a short flag for a separator (spf13/pflag,
 * parseSingleShortArg).
 */
export function withoutShortEquals(all: CommandSet, words: readonly string[]): readonly string[] {
  const { spec, rest } = named(all, words);
  if (spec === undefined || !('flags' in spec)) return words;
  const flags = spec.flags as FlagSpecs;
  const kinds = kindsOf(flags, rest);
  const spelled = rest.flatMap((word, at) => {
    const [, short, value = ''] = (kinds[at] === 'flag' ? /^(-[a-zA-Z])=(.*)$/s.exec(word) : null) ?? [];
    return short === undefined || (flagOf(flags, short)?.kind ?? 'switch') === 'switch' ? [word] : [short, value];
  });
  return [...words.slice(0, words.length - rest.length), ...spelled];
}
