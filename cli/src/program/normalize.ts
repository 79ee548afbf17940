import { closest } from '@toolhive-registry/api/closest';
import { misuse, type Failure } from './failure.ts';
import { commandsOf, named, withoutShortEquals } from './words.ts';
import type { CommandSet } from './tree.ts';
import { printable } from '../terminal/printable.ts';

/**
 * Normalizes the arguments for the parser: `help COMMAND` is `COMMAND --help`, `-o=json` is `-o json`. Throws a failure for an unknown command,
 * even if only its help is wanted.
 */
export function normalizedWords(all: CommandSet, args: readonly string[], program: string): readonly string[] {
  const isHelp = args[0] === 'help';
  const words = isHelp ? args.slice(1).filter((word) => word !== '--help' && word !== '-h') : args;
  checkCommand(all, words, program);
  return isHelp ? [...words, '--help'] : withoutShortEquals(all, words);
}

function checkCommand(all: CommandSet, words: readonly string[], program: string): void {
  const [first, second] = words;
  if (first === undefined || first.startsWith('-') || named(all, words).spec !== undefined) return;
  if (!Object.hasOwn(all.parents, first)) throw unknown(first, [...firstWords(all), 'help'], program);
  if (second !== undefined && !second.startsWith('-')) throw unknown(`${first} ${second}`, namesOf(all), program);
}

function unknown(name: string, known: readonly string[], program: string): Failure {
  const meant = closest(name, known);
  return misuse(
    `unknown command "${printable(name)}"`,
    meant === undefined ? `"${program} --help" lists the commands` : `did you mean ${meant}?`,
  );
}

function namesOf(all: CommandSet): string[] {
  return commandsOf(all).map(({ name }) => name);
}

function firstWords(all: CommandSet): string[] {
  return [...new Set(namesOf(all).map((name) => name.split(' ')[0] ?? ''))];
}

/** Where to find help: for the command that the words name, or for the program. */
export function helpFor(all: CommandSet, words: readonly string[], program: string): string {
  const { spec } = named(all, words);
  return spec === undefined
    ? `Run "${program} --help" for the commands.`
    : `Run "${program} ${spec.name} --help" for its arguments and flags.`;
}
