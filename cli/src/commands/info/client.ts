import { clientSetup, type Client, type ClientSetup } from '@toolhive-registry/catalog/clients';
import type { JsonObject } from '@toolhive-registry/catalog/entry';
import { outputFormat, structured } from '../../output/format.ts';
import type { ExitCode } from '../../program/command.ts';
import { TEXT_FORMS } from '../../program/flag.ts';
import { clause, Failure } from '../../program/failure.ts';
import { answersOf, checkAnswers } from '../../registry/answers.ts';
import type { ServerItem } from '../../registry/client.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import type { Flags } from './command.ts';

/** Shows how to add a server to a client. */
export async function showClient({ server }: ServerItem, client: Client, flags: Flags, session: Session): Promise<ExitCode> {
  const format = outputFormat(flags.output, TEXT_FORMS);
  const answers = answersOf(flags.set);
  const setup = clientSetup(server as JsonObject, client, { answers, ...(flags.target === undefined ? {} : { target: flags.target }) });
  if (!setup.available) {
    const exitCode = flags.target !== undefined && setup.reason === 'nothing' ? 2 : 1;
    throw new Failure(clause(setup.message), { remedy: clause(setup.remedy), exitCode });
  }
  checkAnswers(
    answers,
    setup.inputs.map(({ key }) => key),
  );
  const text = structured(format, setup, session.terminal);
  if (text === undefined) await showWays(setup, session);
  else await session.write(text);
  return 0;
}

/**
 * The result is what is pasted and nothing else, since zsh takes a line that begins with `#` for a command. Notes about it are printed beside
 * the result; on a terminal it is above what it is about.
 */
async function showWays({ ways, inputs, target, targets, warnings }: ClientSetup, session: Session): Promise<void> {
  const say = (kind: string, message: string): void => session.say(`${kind}: ${printable(message)}`);
  for (const [index, { about, path, notes = [], text }] of ways.entries()) {
    if (index > 0) await session.write('\n');
    say('note', path === undefined ? about : `${path}: ${about}`);
    for (const note of notes) say('note', note);
    await session.write(`${printable(text, 'keep').trimEnd()}\n`);
  }
  if (inputs.length > 0) session.say(`note: values, for --set KEY=VALUE\n${inputs.map(inputLine).join('\n')}`);
  const others = targets.filter(({ id }) => id !== target);
  if (others.length > 0)
    session.say(
      `note: other ways to run it, for --target\n${others.map(({ id, about }) => `  ${printable(`${id}: ${about}`)}`).join('\n')}`,
    );
  for (const warning of warnings) say('warning', warning);
}

function inputLine({ key, description, required, secret, choices, default: preset }: ClientSetup['inputs'][number]): string {
  const facts = [
    required ? 'required' : '',
    secret ? 'secret' : '',
    preset === undefined ? '' : `default ${preset}`,
    choices.length === 0 ? '' : `one of ${choices.join(', ')}`,
  ].filter((fact) => fact !== '');
  const about = description === '' ? '' : `: ${description}`;
  return `  ${printable(`${key}${facts.length === 0 ? '' : ` (${facts.join('; ')})`}${about}`)}`;
}
