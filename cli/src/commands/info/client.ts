import { clientSetup, clientTitle, type Client, type ClientSetup } from '@toolhive-registry/catalog/clients';
import type { JsonObject } from '@toolhive-registry/catalog/entry';
import { outputFormat, structured } from '../../output/format.ts';
import type { ExitCode } from '../../program/command.ts';
import { clause, Failure } from '../../program/failure.ts';
import { answersOf, checkAnswers } from '../../registry/answers.ts';
import type { ServerItem } from '../../registry/client.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import { styleFor, type Style } from '../../terminal/style.ts';
import type { Flags } from './command.ts';

/** Shows how a client is told of a server. */
export async function showClient({ server }: ServerItem, client: Client, flags: Flags, session: Session): Promise<ExitCode> {
  const format = outputFormat(flags.output, ['table', 'json', 'yaml', 'jsonpath=TEMPLATE']);
  const answers = answersOf(flags.set);
  const setup = clientSetup(server as JsonObject, client, { answers, ...(flags.target === undefined ? {} : { target: flags.target }) });
  if (!setup.available) throw new Failure(clause(setup.message), { remedy: clause(setup.remedy) });
  checkAnswers(
    answers,
    setup.inputs.map(({ key }) => key),
  );
  await session.write(structured(format, setup, session.terminal) ?? textOf(setup, styleFor(session.terminal.color)));
  if (format.kind === 'table') for (const warning of setup.warnings) session.say(`warning: ${printable(warning)}`);
  return 0;
}

function textOf({ client, ways, inputs, target, targets }: ClientSetup, style: Style): string {
  const asked = inputs.map(({ key, description, required, secret, choices, default: preset }) => {
    const facts = [
      required ? 'required' : '',
      secret ? 'secret' : '',
      preset === undefined ? '' : `default ${preset}`,
      choices.length === 0 ? '' : `one of ${choices.join(', ')}`,
    ].filter((fact) => fact !== '');
    const about = description === '' ? '' : `: ${description}`;
    return `  ${printable(`${key}${facts.length === 0 ? '' : ` (${facts.join('; ')})`}${about}`)}\n`;
  });
  const others = targets.filter(({ id }) => id !== target).map(({ id, about }) => `  ${printable(`${id}: ${about}`)}\n`);
  return [
    `${style.bold(clientTitle(client))}\n`,
    ...ways.map(
      ({ about, path, text }) =>
        `\n# ${printable(about)}${path === undefined ? '' : ` (${printable(path)})`}\n${printable(text, 'keep').trimEnd()}\n`,
    ),
    ...(asked.length === 0 ? [] : [`\n${style.bold('Values, for --set KEY=VALUE')}\n`, ...asked]),
    ...(others.length === 0 ? [] : [`\n${style.bold('Other ways to run it, for --target')}\n`, ...others]),
  ].join('');
}
