import { Argument, Command, Option } from 'commander';
import type { AnyCommand, ExitCode, PassedOn } from './command.ts';
import type { ArgumentSpec, FlagSpec, FlagSpecs } from './flag.ts';
import { checkFlags } from './check-flags.ts';
import { argumentValue, flagValue } from './values.ts';
import { versionLine } from '../version.ts';
import type { Session } from '../terminal/session.ts';

/** What the program can do. */
export interface CommandSet {
  readonly about: string;
  /** Commands below headings, in the order of the help. */
  readonly groups: readonly { readonly heading: string; readonly commands: readonly (AnyCommand | PassedOn)[] }[];
  /** Parent commands, such as `enforce`. */
  readonly parents: Readonly<Record<string, string>>;
}

/** Receives how the command that was called ended. */
export type Done = (code: ExitCode, spec?: AnyCommand) => void;

/** Builds the parser of the command line. */
export function commandTree(all: CommandSet, session: Session, done: Done): Command {
  const root = new Command(session.program)
    .description(all.about)
    .usage('COMMAND [flags]')
    .exitOverride()
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .helpCommand('help [COMMAND]', 'print the help of a command')
    .helpOption('-h, --help', 'print this text')
    .version(versionLine(), '--version', 'print the version')
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

function describe(built: Command, spec: AnyCommand, session: Session, done: Done): void {
  built.summary(spec.summary).description(described(spec));
  for (const argument of spec.args) built.addArgument(argumentOf(argument));
  built.usage([...spec.args.map(usageOf), '[flags]'].join(' '));
  for (const [flag, flagSpec] of Object.entries(spec.flags as FlagSpecs)) built.addOption(optionOf(flag, flagSpec));
  if (spec.examples.length > 0) built.addHelpText('after', examplesOf(spec, session.program));
  built.action(async (...given: unknown[]) => {
    checkFlags(spec.flags, givenOf(spec.flags, built.opts()));
    const run = await spec.load();
    done(await run({ args: textsOf(given.slice(0, spec.args.length)), flags: valuesOf(spec.flags, built.opts()) }, session), spec);
  });
}

function argumentOf(spec: ArgumentSpec): Argument {
  const { name, help, required, several, choices } = spec;
  const shown = `${name}${several === true ? '...' : ''}`;
  return new Argument(required === true ? `<${shown}>` : `[${shown}]`, withChoices(help, choices)).argParser((value, before: unknown) => {
    const read = argumentValue(spec, value);
    return several === true ? [...(Array.isArray(before) ? before : []), read] : read;
  });
}

function withChoices(help: string, choices: readonly string[] | undefined): string {
  return choices === undefined ? help : `${help}: ${choices.join(', ')}`;
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
function passOn(built: Command, spec: PassedOn, session: Session, done: Done): void {
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

function optionOf(name: string, spec: FlagSpec): Option {
  const { kind, short, placeholder, help, choices, forms } = spec;
  const flags = `${short === undefined ? '' : `-${short}, `}--${name}${kind === 'switch' ? '' : ` <${placeholder ?? 'VALUE'}>`}`;
  const option = new Option(flags, withChoices(help, choices ?? forms));
  if (kind === 'switch') return option;
  return option.argParser((value, before: unknown) => {
    const read = flagValue(name, spec, value);
    return kind === 'list' ? [...(Array.isArray(before) ? before : []), read] : read;
  });
}

function textsOf(given: readonly unknown[]): string[] {
  return given.flatMap((one) => (Array.isArray(one) ? one.map(String) : typeof one === 'string' ? [one] : []));
}

/** Commander's values under the names of the flags; switches that were not given are false, lists empty. */
function valuesOf(specs: FlagSpecs, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(specs).map(([name, { kind }]) => [
      name,
      valueIn(name, given) ?? (kind === 'switch' ? false : kind === 'list' ? [] : undefined),
    ]),
  );
}

/** Names of the flags that were given. */
function givenOf(specs: FlagSpecs, given: Readonly<Record<string, unknown>>): ReadonlySet<string> {
  return new Set(Object.keys(specs).filter((name) => ![undefined, false].includes(valueIn(name, given) as undefined | false)));
}

function valueIn(name: string, given: Readonly<Record<string, unknown>>): unknown {
  // Commander takes `--no-pager` for the opposite of `--pager`.
  return name.startsWith('no-') ? given[camelCase(name.slice('no-'.length))] === false : given[camelCase(name)];
}

function camelCase(name: string): string {
  return name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
