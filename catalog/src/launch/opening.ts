import type { Argument } from './argument.ts';
import { plainText } from './hidden.ts';
import type { Input } from './input.ts';
import { READ_FIRST, type Refusal } from './reading.ts';
import type { Target } from './target.ts';
import { answersTo, inputsIn, type Answers, type Text } from './text.ts';

/**
 * Options of `docker run` that give a container access to the machine, whatever their value (docs.docker.com, docker container run). None of them is passed on,
 * and an entry that has one is refused: its server would not work without it, and should not run with it.
 */
export const FORBIDDEN_OPTIONS: readonly string[] = [
  '--privileged',
  '--cap-add',
  '--device',
  '--device-cgroup-rule',
  '--volumes-from',
  '--volume-driver',
  '--pid',
  '--ipc',
  '--uts',
  '--userns',
  '--cgroupns',
  '--cgroup-parent',
  '--runtime',
  '--group-add',
  '--sysctl',
];

/** Placeholder for the user's own choices: no text of an entry contains it, since it is invisible. */
const DECIDED = '\u0000';
/** A location on the machine: an absolute or relative path, the home directory, a variable, a Windows drive or named pipe. Anything else names a volume. */
const HOST_PATH = /^([/\\~.$%]|[A-Za-z]:[/\\])/;
/** The network of the machine, or of another container. */
const SHARED_NETWORK = /^(host|container:.*|ns:.*)$/i;
/** The only security option that restricts a container. */
const HARDENING = /^no-new-privileges([:=]true)?$/i;

/** What an option opens to a container, from its value; undefined: nothing that the entry itself chooses. */
const OPENS: ReadonlyMap<string, (value: string) => string | undefined> = new Map([
  ...['-v', '--volume'].map((name) => [name, openedByVolume] as const),
  ['--mount', openedByMount],
  ...['--network', '--net'].map((name) => [name, openedByNetwork] as const),
  ['--security-opt', (value) => (value.includes(DECIDED) || HARDENING.test(value) ? undefined : 'less protection')],
]);

/**
 * Why the container of a target would get more access to the machine than the user has decided; undefined: it would not. Answers, and what is to be filled in
 * by hand, are the user's own decisions; the entry's text and defaults are not.
 */
export function hostAccessOf(answers: Answers, target: Target): Refusal | undefined {
  if (target.kind !== 'package' || target.type !== 'oci') return undefined;
  for (const { name = '', text } of target.options) {
    const value = text === undefined ? undefined : decidedText(text, answers);
    const opened = value === undefined ? undefined : OPENS.get(name)?.(value);
    if (opened !== undefined) return refusal({ name, text: text ?? [] }, opened, answers);
  }
  return undefined;
}

function refusal({ name = '', text = [] }: Argument, opened: string, answers: Answers): Refusal {
  const presets = inputsIn(text).filter((input) => input.default !== undefined && answersTo(input, answers).length === 0);
  return {
    reason: 'options',
    message: `Its option ${name} gives the container ${plainText(opened, 120)} of the machine that it runs on`,
    remedy: presets.length === 0 ? READ_FIRST : `Give a value of your own for ${presets.map(({ key }) => key).join(', ')}.`,
  };
}

/** A text as chosen by the entry; undefined if an optional input in it has no value, since the option is left out then. */
function decidedText(text: Text, answers: Answers): string | undefined {
  const parts = text.map((part) => (typeof part === 'string' ? part : decidedInput(part, answers)));
  return parts.includes(undefined) ? undefined : parts.join('');
}

function decidedInput(input: Input, answers: Answers): string | undefined {
  if (answersTo(input, answers).length > 0) return DECIDED;
  return input.default ?? (input.required ? DECIDED : undefined);
}

function openedByVolume(value: string): string | undefined {
  const [source = ''] = /^([A-Za-z]:[/\\])?[^:]*/.exec(value) ?? [];
  return value.includes(':') && HOST_PATH.test(source) && !source.includes(DECIDED) ? `the path ${source}` : undefined;
}

/** Fields of `--mount` are CSV. A local volume can map any path, through its `volume-opt`. */
function openedByMount(value: string): string | undefined {
  const fields = value.split(',').map((field) => field.replaceAll('"', '').trim());
  const sources = fields.flatMap((field) => /^(?:src|source)\s*=\s*(.*)$/is.exec(field)?.[1] ?? []);
  const path = sources.find((source) => HOST_PATH.test(source) && !source.includes(DECIDED));
  if (path !== undefined) return `the path ${path}`;
  const option = fields.find((field) => /^volume-(opt|driver)\b/i.test(field));
  return option === undefined ? undefined : `what ${option} stands for`;
}

function openedByNetwork(value: string): string | undefined {
  const names = value.split(',').map((field) => field.replace(/^name=/i, '').trim());
  const shared = names.find((name) => SHARED_NETWORK.test(name));
  return shared === undefined ? undefined : `the network ${shared}`;
}
