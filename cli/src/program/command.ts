import type { Session } from '../terminal/session.ts';
import type { ArgumentSpec, FlagSpecs, FlagValues } from './flag.ts';

/** Exit codes: 0 done, 1 failed or something was found, 2 wrong usage or invalid input, 130 interrupted, 141 the reader is gone. */
export type ExitCode = 0 | 1 | 2 | 130 | 141;

/** An example that `--help` shows and tests run. */
export interface Example {
  readonly about: string;
  /** What is typed after the program's name. */
  readonly line: string;
}

/** The parsed call of a command. */
export interface Invocation<F extends FlagSpecs = FlagSpecs> {
  /** The arguments in their order; one that takes several gives all it got. */
  readonly args: readonly string[];
  readonly flags: FlagValues<F>;
}

/** Runs a command. Throws a `Failure` for errors that the user can act on, anything else for a fault of the program. */
export type Run<F extends FlagSpecs> = (invocation: Invocation<F>, session: Session) => Promise<ExitCode>;

/**
 * One command, as far as help and completion need it. What it does is loaded only when it is called, so that `--help` loads no HTTP server, no logger and
 * no Kubernetes client.
 */
export interface Command<F extends FlagSpecs = FlagSpecs> {
  /** One word, or two for a command below another, such as `enforce check`. */
  readonly name: string;
  /** One line for the list of commands, without a full stop. */
  readonly summary: string;
  /** What else there is to know, for its own help. */
  readonly details?: string;
  readonly args: readonly ArgumentSpec[];
  readonly flags: F;
  readonly examples: readonly Example[];
  /** Its exit code is a verdict, even 0, so it holds even if the reader of the result is gone. */
  readonly verdict?: boolean;
  readonly load: () => Promise<Run<F>>;
}

/** A command whatever its flags are. */
// The flags of a command are known where it is written; a table of commands has all kinds of them.
// oxlint-disable-next-line typescript/no-explicit-any
export type AnyCommand = Command<any>;

/** A command that passes all its arguments on to another parser. */
export interface PassedOn {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<(args: readonly string[], session: Session) => Promise<ExitCode>>;
}

/** Gives a command its type. */
export function command<const F extends FlagSpecs>(spec: Command<F>): Command<F> {
  return spec;
}
