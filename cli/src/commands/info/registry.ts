import type { RegistryHistory, RegistryStatusDocument } from '@toolhive-registry/api';
import { outputFormat, structured, yamlText } from '../../output/format.ts';
import { section } from '../../output/sections.ts';
import type { ExitCode } from '../../program/command.ts';
import { TEXT_FORMS } from '../../program/flag.ts';
import { Failure, sentenceOf } from '../../program/failure.ts';
import type { Target } from '../../registry/target.ts';
import { statusText } from '../../registry/status-text.ts';
import { historyLines } from '../../registry/history-text.ts';
import { paged } from '../../terminal/pager.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import { styleFor } from '../../terminal/style.ts';
import type { Flags } from './command.ts';

/** Syncs that are shown. */
const SYNCS = 5;

/** Shows a registry: its state, its spec, and its last syncs. */
export async function registryInfo({ client, inCluster }: Target, flags: Flags, session: Session): Promise<ExitCode> {
  const format = outputFormat(flags.output, TEXT_FORMS);
  let document: RegistryStatusDocument | undefined;
  let history: RegistryHistory | undefined;
  try {
    [document, history] = await Promise.all([client.status().then((answer) => answer?.document), client.history(SYNCS)]);
  } catch (error) {
    if (inCluster === undefined || !(error instanceof Failure)) throw error;
    session.say(`note: ${printable(sentenceOf(error))}`);
  }
  const object = inCluster?.object;
  const text = structured(
    format,
    {
      ...(object === undefined ? {} : { resource: object }),
      status: document ?? null,
      history: history ?? null,
    },
    session.terminal,
  );
  if (text !== undefined) {
    await session.write(text);
    return 0;
  }
  const shown = { terminal: session.terminal, now: session.now() };
  const style = styleFor(session.terminal.color);
  const spec = object === undefined ? '' : printable(yamlText(object.spec), 'keep').replace(/^(?=.)/gm, '  ');
  const syncs = historyLines(history?.syncs ?? [], { wide: false, ...shown });
  const all = `${statusText({ label: client.label, document, object }, shown)}${section('Last syncs', syncs, style)}${section('Spec', spec, style)}`;
  await paged(session, flags, (write) => write(all));
  return 0;
}
