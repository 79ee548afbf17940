import type { Input } from '../launch/input.ts';
import type { Launch } from '../launch/launch.ts';
import type { Refusal } from '../launch/reading.ts';
import type { Target } from '../launch/target.ts';
import type { Answers, Fill } from '../launch/text.ts';

/** One way to configure a client for a server. */
export interface Way {
  /** A file to write or extend, a command to run, or a link to open. */
  readonly kind: 'file' | 'command' | 'link';
  /** What it does, as a sentence of ours: it contains at most names of variables and headers of the entry. */
  readonly about: string;
  /** Further remarks, as sentences. They quote the entry, and are shown next to what is pasted, never in it: not every shell has comments. */
  readonly notes?: readonly string[];
  /** Path of the file. */
  readonly path?: string;
  readonly text: string;
}

/** The input for configuring a client. */
export interface Context {
  /** Name of the entry. */
  readonly serverName: string;
  /** The name under which the client stores the server. */
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
  /** Turns the last part of the entry's name into one that the client accepts. Default: {@link fileName}. */
  readonly nameOf?: (lastPart: string) => string;
  /** What the client would substitute in a text; the entry's author could use that to read a variable of the user, or run a command. */
  readonly replaced?: RegExp;
  /** The placeholder for an input without value, if the client asks for it. Default: its key in angle brackets, to be replaced by hand. */
  readonly asks?: (input: Input, serverName: string) => string;
  /** Why the client cannot be configured for a target; undefined: it can. */
  readonly refusal: (target: Target) => Refusal | undefined;
  /** The ways, the most convenient first. None: an answer's text fits into none of them. */
  readonly ways: (context: Context) => Way[];
}

/** Longest name. Claude Code allows 64 characters. */
const MAX_NAME = 64;

/** Letters, digits, `-` and `_`: accepted in names by every client. */
export function fileName(lastPart: string): string {
  const name = lastPart
    .replaceAll(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, MAX_NAME)
    .replace(/[-_]+$/, '');
  return name === '' ? 'server' : name;
}
