import { parseArgs } from 'node:util';

/** One command-line flag; the same value may come from an environment variable, see {@link variableOf}. */
export interface FlagSpec {
  readonly type: 'string' | 'boolean';
  /** Shown in `--help` in place of the value. */
  readonly placeholder?: string;
  readonly help: string;
  /** Used when neither flag nor variable is set; for a boolean flag `true`, or absent for false. */
  readonly fallback?: string;
  readonly required?: boolean;
  /** The only accepted values, ignoring case; the program gets them as written here. */
  readonly choices?: readonly string[];
  /** False if the variable of this name has another meaning for other programs. */
  readonly variable?: false;
}

/** The flags of a program by name, without the leading dashes. */
export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

/** Values of flags: text, or true and false for a boolean flag. */
export type FlagValues<S extends FlagSpecs> = {
  readonly [N in keyof S]: S[N]['type'] extends 'boolean'
    ? boolean
    : S[N] extends { required: true } | { fallback: string }
      ? string
      : string | undefined;
};

/** The parsed command line. */
export type Invocation<S extends FlagSpecs> =
  { readonly kind: 'run'; readonly flags: FlagValues<S> } | { readonly kind: 'help' } | { readonly kind: 'version' };

/** An invalid command line. The program prints the message and exits with 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The environment variable of a flag: upper case, with underscores. */
export function variableOf(flag: string): string {
  return flag.toUpperCase().replaceAll('-', '_');
}

/** Reads flags, then environment variables, then fallbacks. Throws {@link UsageError} for anything unknown. */
export function readFlags<const S extends FlagSpecs>(
  specs: S,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Invocation<S> {
  const options = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { type: spec.type }]));
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({
      args: args.map((arg) => spelledOut(specs, arg)),
      options: { ...options, help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } },
      allowPositionals: false,
      allowNegative: true,
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? (cause.message.split('. To specify')[0] ?? cause.message) : String(cause), { cause });
  }
  if (parsed.values['help'] === true) return { kind: 'help' };
  if (parsed.values['version'] === true) return { kind: 'version' };
  const values = Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => {
      const variable = spec.variable === false ? undefined : env[variableOf(name)];
      return [name, valueOf(name, spec, parsed.values[name], variable)];
    }),
  );
  return { kind: 'run', flags: values as FlagValues<S> };
}

/** `--flag=false` of a boolean flag as `--no-flag`, and `--flag=true` as `--flag`: people use these forms. */
function spelledOut(specs: FlagSpecs, arg: string): string {
  const [, name = '', value] = /^--([^=]+)=(true|false)$/.exec(arg) ?? [];
  if (value === undefined || !Object.hasOwn(specs, name) || specs[name]?.type !== 'boolean') return arg;
  return value === 'true' ? `--${name}` : `--no-${name}`;
}

function valueOf(name: string, spec: FlagSpec, given: unknown, variable: string | undefined): string | boolean | undefined {
  if (spec.type === 'boolean') {
    if (typeof given === 'boolean') return given;
    if (variable === undefined || variable === '') return spec.fallback === 'true';
    if (/^(true|1|yes)$/i.test(variable)) return true;
    if (/^(false|0|no)$/i.test(variable)) return false;
    throw new UsageError(`environment variable ${variableOf(name)} is "${variable}"; use true or false`);
  }
  const value = typeof given === 'string' ? given : variable === '' ? undefined : variable;
  const chosen = value ?? spec.fallback;
  if (chosen === undefined || chosen === '') {
    if (spec.required === true) throw new UsageError(`--${name} is missing (or environment variable ${variableOf(name)})`);
    if (spec.fallback !== undefined) throw new UsageError(`--${name} is ""; leave it out for ${spec.fallback}, or give it a value`);
    return undefined;
  }
  return spec.choices === undefined ? chosen : choiceOf(name, chosen, spec.choices);
}

/** Synonyms of a choice from other programs, for programs that have that choice. */
const SYNONYMS: Readonly<Record<string, string>> = { warning: 'warn' };

function choiceOf(name: string, given: string, choices: readonly string[]): string {
  const word = given.toLowerCase();
  const choice = choices.find((candidate) => candidate === word) ?? choices.find((candidate) => candidate === SYNONYMS[word]);
  if (choice === undefined) throw new UsageError(`--${name} is "${given}"; use one of ${choices.join(', ')}`);
  return choice;
}

/** The text of `--help`: usage, then a line for each flag with its variable and default. */
export function helpText(usage: string, about: string, specs: FlagSpecs): string {
  const rows = Object.entries(specs).map(([name, spec]): [flag: string, help: string] => {
    const flag = spec.type === 'boolean' ? `--${name}` : `--${name} ${spec.placeholder ?? 'VALUE'}`;
    const notes = [
      spec.choices?.join('|'),
      spec.required === true ? 'required' : undefined,
      spec.fallback === undefined ? undefined : `default ${spec.fallback}`,
    ];
    const extra = notes.filter((note) => note !== undefined).join('; ');
    const variable = spec.variable === false ? '' : ` [${variableOf(name)}]`;
    return [flag, `${spec.help}${extra === '' ? '' : ` (${extra})`}${variable}`];
  });
  rows.push(['--version', 'print the version'], ['-h, --help', 'print this text']);
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return `${usage}\n\n${about}\n\n${rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`).join('\n')}\n`;
}

/** A listen address. Without a host: every interface. */
export interface ListenAddress {
  readonly host?: string;
  readonly port: number;
}

/** Reads `:8080`, `127.0.0.1:8080` and `[::1]:8080`; port 0 lets the system choose. Throws {@link UsageError}. */
export function parseAddress(flag: string, text: string): ListenAddress {
  const match = /^(?:\[([0-9a-fA-F:.]+)\]|([^:[\]]*)):(\d{1,5})$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new UsageError(`--${flag} is "${text}"; write HOST:PORT or :PORT, for example 127.0.0.1:8080`);
  const host = match[1] ?? match[2] ?? '';
  return host === '' ? { port } : { host, port };
}
