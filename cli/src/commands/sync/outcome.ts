import type { RegistryStatusDocument, SyncRecord } from '@toolhive-registry/api';
import type { RegistryObject } from '../../cluster/registries.ts';
import { outputFormat, structured } from '../../output/format.ts';
import { counted } from '../../output/counted.ts';
import type { ExitCode } from '../../program/command.ts';
import { changesOf } from '../../registry/changes.ts';
import type { Target } from '../../registry/target.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import type { Begun, Over } from './follow.ts';
import type { Flags } from './command.ts';

/** Reports the result of a sync. */
export function reportOutcome({ client }: Target, over: Over, begun: Begun, flags: Flags, session: Session): Promise<ExitCode> {
  return 'document' in over
    ? reportFromRegistry(client, over.document, begun, flags, session)
    : reportFromCluster(client.label, over.object, flags, session);
}

/** Syncs of the history that are looked at for this one. */
const LOOKED_AT = 10;

async function reportFromRegistry(
  client: Target['client'],
  document: RegistryStatusDocument,
  { before }: Begun,
  flags: Flags,
  session: Session,
): Promise<ExitCode> {
  const { syncs } = await client.history(LOOKED_AT);
  // Times are of one form, so that they sort as texts.
  const since = syncs.filter(({ completionTime }) => before === undefined || completionTime > before);
  const record = since.find(({ type }) => type === 'manual') ?? since[0];
  const asked = document.sources.filter(({ name }) => flags.source.length === 0 || flags.source.includes(name));
  const failed = asked.filter(({ state }) => state === 'failed');
  // The record of a sync of some sources also includes the others.
  const isWell = failed.length === 0 && (flags.source.length > 0 || record?.result !== 'failed');
  const value = {
    registry: document.registry,
    result: isWell ? 'completed' : 'failed',
    servers: document.serverCount,
    ...(record === undefined ? {} : { sync: record }),
    sources: asked.map(({ name, state, serverCount, reason, message, remedy }) => ({ name, state, serverCount, reason, message, remedy })),
  };
  const text = structured(outputFormat(flags.output), value, session.terminal);
  if (text !== undefined) await session.write(text);
  else if (isWell) await session.write(`${printable(`${client.label}: ${sentenceOf(record, document.serverCount)}`)}\n`);
  if (isWell) return 0;
  const why = failed.length === 0 ? `: ${record?.errorMessage ?? 'the registry gives no reason'}` : '';
  reportFailure(client.label, why, document.serverCount, session);
  for (const { name, message, remedy } of failed) {
    const what = printable(message ?? 'it could not be read');
    session.say(`error: source ${name}: ${what}${remedy === undefined ? '' : `; ${printable(remedy)}`}`);
  }
  return 1;
}

function reportFailure(label: string, why: string, servers: number, { say }: Session): void {
  say(`error: ${printable(`the sync of ${label} failed${why}; what was served before still is: ${counted(servers, 'server')}`)}`);
}

function sentenceOf(record: SyncRecord | undefined, servers: number): string {
  return `${record === undefined ? 'nothing changed' : changesOf(record)}; ${counted(servers, 'server')}`;
}

/** What conditions say, where the registry itself cannot be reached. */
async function reportFromCluster(label: string, { status }: RegistryObject, flags: Flags, session: Session): Promise<ExitCode> {
  const condition = status?.conditions?.find(({ type }) => type === 'SyncSuccessful');
  const isWell = condition?.status === 'True';
  const servers = status?.serverCount ?? 0;
  const value = { result: isWell ? 'completed' : 'failed', servers, condition };
  const text = structured(outputFormat(flags.output), value, session.terminal);
  if (text !== undefined) await session.write(text);
  else if (isWell) await session.write(`${printable(label)}: done; ${counted(servers, 'server')}\n`);
  if (!isWell) reportFailure(label, `: ${condition?.message ?? 'the controller reports nothing about the sync'}`, servers, session);
  return isWell ? 0 : 1;
}
