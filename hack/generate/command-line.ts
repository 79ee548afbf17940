import { COMMANDS } from '../../cli/src/commands/all.ts';
import type { AnyCommand, PassedOn } from '../../cli/src/program/command.ts';
import { CLUSTER_FLAGS, TARGET_FLAGS, type FlagSpec, type FlagSpecs } from '../../cli/src/program/flag.ts';
import { PROGRAM } from '../../cli/src/program/names.ts';
import { markdownTable } from './markdown.ts';

/** Where the reference is. */
export const commandLineFile = 'docs/reference/command-line.md';

/** The reference of the command line, from the table of its commands. */
export function commandLine(): string {
  return [
    '<!-- Generated from cli/src/commands by `npm run generate`; do not edit. -->',
    '# Command line reference',
    `Every command of \`${PROGRAM}\`, with its arguments, flags and examples. [The command line](../command-line.md) explains how to use them together.`,
    '## Flags of many commands',
    'These choose a cluster or a registry:',
    flagTable(TARGET_FLAGS),
    ...COMMANDS.groups.flatMap(({ heading, commands }) => [`## ${heading.replace(/:$/, '')}`, ...commands.flatMap(commandPart)]),
  ]
    .join('\n\n')
    .concat('\n');
}

function commandPart(command: AnyCommand | PassedOn): string[] {
  const about = `${command.summary.charAt(0).toUpperCase()}${command.summary.slice(1)}.`;
  const head = [`### ${command.name}`, about];
  if (!('flags' in command)) return [...head, 'Its flags are those of the [registry server](../configuration.md#registry-server).'];
  const { args, flags, details, examples } = command;
  const own = Object.fromEntries(Object.entries(flags as FlagSpecs).filter(([name]) => !(name in TARGET_FLAGS)));
  const usage = [...args.map(({ name, required }) => (required === true ? name : `[${name}]`)), '[flags]'].join(' ');
  return [
    ...head,
    ...(details === undefined ? [] : details.split('\n')),
    `\`\`\`text\n${PROGRAM} ${command.name} ${usage}\n\`\`\``,
    ...(Object.keys(own).length === 0 ? [] : [flagTable(own)]),
    ...commonFlags(flags as FlagSpecs),
    ...(examples.length === 0
      ? []
      : [`\`\`\`sh\n${examples.map(({ about: what, line }) => `# ${what}\n${PROGRAM} ${line}`).join('\n\n')}\n\`\`\``]),
  ];
}

function commonFlags(flags: FlagSpecs): string[] {
  if ('url' in flags) return ['And [the flags that choose a registry](#flags-of-many-commands).'];
  return Object.keys(CLUSTER_FLAGS).every((name) => name in flags)
    ? ['And `--kubeconfig`, `--context` and `--namespace`, [which choose a cluster](#flags-of-many-commands).']
    : [];
}

function flagTable(flags: FlagSpecs): string {
  return markdownTable(
    ['flag', 'meaning'],
    Object.entries(flags).map(([name, spec]) => [flagText(name, spec), meaningOf(spec)]),
  );
}

function flagText(name: string, { kind, short, placeholder }: FlagSpec): string {
  const value = kind === 'switch' ? '' : ` ${placeholder ?? 'VALUE'}`;
  return `\`${short === undefined ? '' : `-${short}, `}--${name}${value}\``;
}

function meaningOf({ help, choices, kind }: FlagSpec): string {
  const text = `${help}${choices === undefined ? '' : `: ${choices.map((choice) => `\`${choice}\``).join(', ')}`}`;
  return `${text.replaceAll('|', '\\|')}${kind === 'list' && !/several/.test(text) ? '; may be given several times' : ''}`;
}
