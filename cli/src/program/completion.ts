import type { AnyCommand, PassedOn } from './command.ts';
import type { ArgumentSpec, Completed, FlagSpec, FlagSpecs } from './flag.ts';
import type { CommandSet } from './tree.ts';
import { commandsOf, flagOf, kindsOf, named } from './words.ts';

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
  if (before[0] === 'help') return commandsAfter(commandsOf(set), before.slice(1), current);
  const { spec, rest } = named(set, before);
  if (spec === undefined || !('flags' in spec))
    return spec === undefined ? commandsAfter(commandsOf(set), before, current) : { words: [], also: 'file' };
  const flags = spec.flags as FlagSpecs;
  const [, flagName, value] = /^(--[a-z-]+|-[a-zA-Z])=(.*)$/s.exec(current) ?? [];
  if (flagName !== undefined) return valuesOf(flagOf(flags, flagName), value ?? '', `${flagName}=`);
  const open = kindsOf(flags, rest).at(-1) === 'flag' ? flagOf(flags, rest.at(-1)) : undefined;
  if (open !== undefined && open.kind !== 'switch') return valuesOf(open, current);
  if (current.startsWith('-')) return { words: flagWords(flags).filter(({ word }) => word.startsWith(current)) };
  return argumentOffer(argumentAt(spec, positionals(flags, rest)), current);
}

/** The next words of commands that begin with what is before. */
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

function flagWords(flags: FlagSpecs): { word: string; about: string }[] {
  return [
    ...Object.entries(flags).map(([name, { help }]) => ({ word: `--${name}`, about: help })),
    { word: '--help', about: 'print the help of the command' },
  ];
}

function valuesOf(flag: FlagSpec | undefined, current: string, prefix = ''): Offer {
  if (flag === undefined) return { words: [] };
  // The value after the `=` of a form is free text.
  const known = flag.choices ?? flag.forms?.map((form) => form.replace(/=.*$/s, '=')) ?? [];
  const words = known.filter((word) => word.startsWith(current)).map((word) => ({ word: `${prefix}${word}`, about: '' }));
  return flag.completed === undefined ? { words } : { words, also: flag.completed };
}

/** How many arguments are before the one that is being typed. */
function positionals(flags: FlagSpecs, words: readonly string[]): number {
  return kindsOf(flags, words).filter((kind) => kind === 'argument').length;
}

function argumentAt({ args }: AnyCommand, index: number): ArgumentSpec | undefined {
  return args[index] ?? (args.at(-1)?.several === true ? args.at(-1) : undefined);
}

function argumentOffer(argument: ArgumentSpec | undefined, current: string): Offer {
  const words = (argument?.choices ?? []).filter((word) => word.startsWith(current)).map((word) => ({ word, about: '' }));
  return argument?.completed === undefined ? { words } : { words, also: argument.completed };
}
