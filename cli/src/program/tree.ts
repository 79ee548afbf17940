import { Argument, Command, Option } from 'commander';
import type { AnyCommand, ExitCode, PassedOn } from './command.ts';
import type { ArgumentSpec, FlagSpec, FlagSpecs } from './flag.ts';
import { misuse } from './failure.ts';
import { VERSION } from '../version.ts';
import type { Session } from '../terminal/session.ts';

/** What the program can do. */
export interface CommandSet {
  readonly about: string;
  /** Commands below headings, in the order of the help. */
  readonly groups: readonly { readonly heading: string; readonly commands: readonly (AnyCommand | PassedOn)[] }[];
  /** What stands for commands below one another, such as `enforce`. */
  readonly parents: Readonly<Record<string, string>>;
}

/** Builds the parser of the command line. `done` is told how the command that was called ended. */
export function commandTree(all: CommandSet, session: Session, done: (code: ExitCode) => void): Command {
  const root = new Command(session.program)
    .description(all.about)
    .usage('COMMAND [flags]')
    .exitOverride()
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .helpOption('-h, --help', 'print this text')
    .version(VERSION, '--version', 'print the version')
    // Their own help has the rest.
    .configureHelp({ subcommandTerm: (one) => one.name() })
    .addHelpText('after', `\nRun "${session.program} COMMAND --help" for the flags and examples of a command.`);
  const parents = new Map<string, Command>();
  for (const { heading, commands } of all.groups) {
    for (const spec of commands) {
      const [first = '', second] = spec.name.split(' ');
      const parent = second === undefined ? root : parentOf(first, heading);
      const built = new Command(second ?? first).copyInheritedSettings(root);
      if ('flags' in spec) describe(built, spec, session, done);
      else passOn(built, spec, session, done);
      parent.addCommand(built);
      if (parent === root) built.helpGroup(heading);
    }
  }
  return root;

  function parentOf(name: string, heading: string): Command {
    const known = parents.get(name);
    if (known !== undefined) return known;
    const made = new Command(name)
      .description(all.parents[name] ?? '')
      .copyInheritedSettings(root)
      .helpGroup(heading)
      .usage('COMMAND [flags]')
      .helpCommand(false);
    root.addCommand(made);
    parents.set(name, made);
    return made;
  }
}

function describe(built: Command, spec: AnyCommand, session: Session, done: (code: ExitCode) => void): void {
  built.summary(spec.summary).description(described(spec));
  for (const argument of spec.args) built.addArgument(argumentOf(argument));
  built.usage([...spec.args.map(usageOf), '[flags]'].join(' '));
  for (const [flag, flagSpec] of Object.entries(spec.flags as FlagSpecs)) built.addOption(optionOf(flag, flagSpec));
  if (spec.examples.length > 0) built.addHelpText('after', examplesOf(spec, session.program));
  built.action(async (...given: unknown[]) => {
    const run = await spec.load();
    done(await run({ args: textsOf(given.slice(0, spec.args.length)), flags: valuesOf(spec.flags, built.opts()) }, session));
  });
}

function argumentOf({ name, help, required, several, choices }: ArgumentSpec): Argument {
  const shown = `${name}${several === true ? '...' : ''}`;
  const argument = new Argument(
    required === true ? `<${shown}>` : `[${shown}]`,
    choices === undefined ? help : `${help}: ${choices.join(', ')}`,
  );
  return choices === undefined ? argument : argument.argParser((value) => oneOf(name, value, choices));
}

function usageOf({ name, required, several }: ArgumentSpec): string {
  const shown = `${name}${several === true ? '...' : ''}`;
  return required === true ? shown : `[${shown}]`;
}

function described({ summary, details }: AnyCommand): string {
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return details === undefined ? sentence : `${sentence}\n\n${details}`;
}

function examplesOf({ examples }: AnyCommand, program: string): string {
  return `\nExamples:\n${examples.map(({ about, line }) => `  # ${about}\n  ${program} ${line}`).join('\n\n')}`;
}

/** A command whose own parser reads what follows, its `--help` too. */
function passOn(built: Command, spec: PassedOn, session: Session, done: (code: ExitCode) => void): void {
  built
    .summary(spec.summary)
    .description(spec.summary)
    .helpOption(false)
    .allowUnknownOption()
    .allowExcessArguments()
    .passThroughOptions()
    .argument('[flags...]')
    .action(async (args: string[]) => {
      const run = await spec.load();
      done(await run(args, session));
    });
}

function optionOf(name: string, { kind, short, placeholder, help, choices, least = 1, form }: FlagSpec): Option {
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}${kind === 'switch' ? '' : ` <${placeholder ?? 'VALUE'}>`}`;
  const option = new Option(flags, choices === undefined ? help : `${help}: ${choices.join(', ')}`);
  if (kind === 'list')
    option.argParser((value, before: unknown) => [...(Array.isArray(before) ? before : []), oneOf(`--${name}`, value, choices)]);
  else if (kind === 'number') option.argParser((value) => whole(name, value, least));
  else if (choices !== undefined) option.argParser((value) => oneOf(`--${name}`, value, choices));
  else if (form !== undefined) option.argParser((value) => formed(name, value, form));
  return option;
}

function oneOf(what: string, value: string, choices: readonly string[] | undefined): string {
  if (choices === undefined || choices.includes(value)) return value;
  throw misuse(`${what} is "${value}"`, `use one of ${choices.join(', ')}`);
}

function formed(flag: string, value: string, { pattern, remedy }: NonNullable<FlagSpec['form']>): string {
  if (pattern.test(value)) return value;
  throw misuse(`--${flag} is "${value}"`, remedy);
}

function whole(flag: string, value: string, least: number): number {
  if (/^\d{1,9}$/.test(value) && Number(value) >= least) return Number(value);
  throw misuse(`--${flag} is "${value}"`, `give it a whole number of at least ${least}`);
}

function textsOf(given: readonly unknown[]): string[] {
  return given.flatMap((one) => (Array.isArray(one) ? one.map(String) : typeof one === 'string' ? [one] : []));
}

/** Commander's values under the names of the flags; switches that were not given are false, lists empty. */
function valuesOf(specs: FlagSpecs, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { kind }]) => {
      // Commander takes `--no-pager` for the opposite of `--pager`.
      if (name.startsWith('no-')) return [name, given[camelCase(name.slice('no-'.length))] === false];
      return [name, given[camelCase(name)] ?? (kind === 'switch' ? false : kind === 'list' ? [] : undefined)];
    }),
  );
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
