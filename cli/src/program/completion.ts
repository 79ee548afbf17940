import type { AnyCommand, PassedOn } from './command.ts';
import type { ArgumentSpec, Completed, FlagSpec, FlagSpecs } from './flag.ts';
import type { CommandSet } from './tree.ts';

/** What a shell may offer for the word that is being typed. */
export interface Offer {
  readonly words: readonly { readonly word: string; readonly about: string }[];
  /** What else: names of files, or names that only a cluster or registry knows. */
  readonly also?: Completed;
}

/** Works out what fits after the words before the last one, which is the one that is being typed and may be empty. */
export function offerFor(set: CommandSet, typed: readonly string[]): Offer {
  const current = typed.at(-1) ?? '';
  const before = typed.slice(0, -1);
  const all = set.groups.flatMap(({ commands }) => commands);
  const { spec, rest } = named(all, before);
  if (spec === undefined || !('flags' in spec))
    return spec === undefined ? commandsAfter(all, before, current) : { words: [], also: 'file' };
  const flags = spec.flags as FlagSpecs;
  const [, flagName, value] = /^--([a-z-]+)=(.*)$/.exec(current) ?? [];
  if (flagName !== undefined) return valuesOf(flags[flagName], value ?? '', `--${flagName}=`);
  const open = flagOf(flags, rest.at(-1));
  if (open !== undefined && open.kind !== 'switch') return valuesOf(open, current);
  if (current.startsWith('-')) return { words: flagWords(flags).filter(({ word }) => word.startsWith(current)) };
  return argumentOffer(argumentAt(spec, positionals(flags, rest)), current);
}

function named(
  all: readonly (AnyCommand | PassedOn)[],
  before: readonly string[],
): { spec?: AnyCommand | PassedOn; rest: readonly string[] } {
  for (const length of [2, 1]) {
    const spec = all.find(({ name }) => name === before.slice(0, length).join(' '));
    if (spec !== undefined && before.length >= length) return { spec, rest: before.slice(length) };
  }
  return { rest: before };
}

/** The next words of commands that begin with what stands before. */
function commandsAfter(all: readonly (AnyCommand | PassedOn)[], before: readonly string[], current: string): Offer {
  const words = new Map<string, string>();
  for (const { name, summary } of all) {
    const parts = name.split(' ');
    if (parts.length <= before.length || !before.every((word, index) => parts[index] === word)) continue;
    const word = parts[before.length] ?? '';
    if (word.startsWith(current)) words.set(word, parts.length === before.length + 1 ? summary : '');
  }
  return { words: [...words].map(([word, about]) => ({ word, about })) };
}

function flagOf(flags: FlagSpecs, word: string | undefined): FlagSpec | undefined {
  if (word === undefined || !word.startsWith('-')) return undefined;
  if (word.startsWith('--')) return flags[word.slice(2)];
  return Object.values(flags).find(({ short }) => short !== undefined && word === `-${short}`);
}

function flagWords(flags: FlagSpecs): { word: string; about: string }[] {
  return [
    ...Object.entries(flags).map(([name, { help }]) => ({ word: `--${name}`, about: help })),
    { word: '--help', about: 'print the help of the command' },
  ];
}

function valuesOf(flag: FlagSpec | undefined, current: string, prefix = ''): Offer {
  if (flag === undefined) return { words: [] };
  const words = (flag.choices ?? []).filter((word) => word.startsWith(current)).map((word) => ({ word: `${prefix}${word}`, about: '' }));
  return flag.completed === undefined ? { words } : { words, also: flag.completed };
}

/** How many arguments stand before the one that is being typed. */
function positionals(flags: FlagSpecs, words: readonly string[]): number {
  let count = 0;
  let isValue = false;
  for (const word of words) {
    if (isValue) isValue = false;
    else if (!word.startsWith('-')) count += 1;
    else if (!word.includes('=')) isValue = (flagOf(flags, word)?.kind ?? 'switch') !== 'switch';
  }
  return count;
}

function argumentAt({ args }: AnyCommand, index: number): ArgumentSpec | undefined {
  return args[index] ?? (args.at(-1)?.several === true ? args.at(-1) : undefined);
}

function argumentOffer(argument: ArgumentSpec | undefined, current: string): Offer {
  const words = (argument?.choices ?? []).filter((word) => word.startsWith(current)).map((word) => ({ word, about: '' }));
  return argument?.completed === undefined ? { words } : { words, also: argument.completed };
}
