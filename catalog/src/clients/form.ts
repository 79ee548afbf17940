import type { Input } from '../launch/input.ts';
import type { Launch } from '../launch/launch.ts';
import type { Refusal } from '../launch/reading.ts';
import type { Target } from '../launch/target.ts';
import type { Answers, Fill } from '../launch/text.ts';

/** One way to tell a client of a server. */
export interface Way {
  /** A file to write or to add to, a command to run, or a link to open. */
  readonly kind: 'file' | 'command' | 'link';
  /** What it does, as a sentence of our own: of the entry it has at most names of variables and headers. */
  readonly about: string;
  /** What else there is to know, as sentences. They quote the entry, and stand beside what is pasted, never in it: not every shell knows comments. */
  readonly notes?: readonly string[];
  /** Where the file is. */
  readonly path?: string;
  readonly text: string;
}

/** What a client is told from. */
export interface Context {
  /** The name of the entry. */
  readonly serverName: string;
  /** Under which the client files the server. */
  readonly name: string;
  readonly target: Target;
  /** Empty for a bundle. */
  readonly launch: Launch;
  readonly answers: Answers;
  readonly fill: Fill;
  /** Adds a warning. */
  readonly warn: (message: string) => void;
}

/** A client. */
export interface ClientForm {
  readonly title: string;
  /** Makes the last part of the entry's name one that the client takes. Default: {@link fileName}. */
  readonly nameOf?: (lastPart: string) => string;
  /** What the client would replace in a text, and who wrote the entry could thereby read a variable of whoever uses it, or run a command. */
  readonly replaced?: RegExp;
  /** What stands for an input that has no value, where the client asks for it. Default: its key in angle brackets, which has to be replaced by hand. */
  readonly asks?: (input: Input, serverName: string) => string;
  /** Why the client cannot be told of a target; undefined: it can. */
  readonly refusal: (target: Target) => Refusal | undefined;
  /** The ways, the most convenient first. None: the text of an answer can stand in none of them. */
  readonly ways: (context: Context) => Way[];
}

/** Longest name. Claude Code takes 64 characters. */
const MAX_NAME = 64;

/** Letters, digits, `-` and `_`: what every client takes for a name. */
export function fileName(lastPart: string): string {
  const name = lastPart
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, MAX_NAME)
    .replace(/[-_]+$/, '');
  return name === '' ? 'server' : name;
}
