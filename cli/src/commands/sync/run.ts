import type { RegistryStatusDocument, SyncRecord } from '@toolhive-registry/api';
import { closest } from '@toolhive-registry/api/closest';
import { outputFormat, structured } from '../../output/format.ts';
import type { ExitCode, Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import { changesOf } from '../../registry/changes.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { openTarget, type Target } from '../../registry/target.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import { patience, until, type Wait } from '../../terminal/wait.ts';
import { counted } from '../../output/sections.ts';
import { trigger } from './trigger.ts';
import type { Flags, flags as flagSpecs } from './command.ts';

/** Has sources read, and follows that where it is wanted. */
export const runSync: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  outputFormat(flags.output, ['table', 'json', 'yaml', 'jsonpath=TEMPLATE']);
  const timeoutMs = patience(flags.timeout);
  await using target = await openTarget(registry, flags, session);
  const { client } = target;
  const begun = await begin(target, flags.source, session);
  if (!flags.wait) {
    if (!flags.quiet) session.say(`${client.label}: sync requested; follow it with status --watch`);
    return 0;
  }
  const wait = { what: `the sync of ${client.label}`, timeoutMs, interrupted: 'the sync goes on; nothing else was changed' };
  const document = await follow(target, begun, wait, session);
  return await told(client, document, begun, flags, session);
};

/** What was begun, to tell its end from an earlier one. */
interface Begun {
  /** Value of the annotation; undefined: it was asked for over HTTP. */
  readonly trigger: string | undefined;
  /** The last sync before. */
  readonly before: string | undefined;
}

async function begin({ client, inCluster }: Target, sources: readonly string[], session: Session): Promise<Begun> {
  const { document } = (await client.status()) ?? {};
  const before = document?.lastSync?.completionTime;
  checkSources(document, sources, client.label);
  if (inCluster !== undefined) return { trigger: await trigger(inCluster, sources, session), before };
  const asked = sources.length === 0 ? [undefined] : sources;
  for (const source of asked) {
    if ((await client.sync(source)) === 'running') session.say(`note: ${client.label} reads ${source ?? 'all of it'} already`);
  }
  return { trigger: undefined, before };
}

function checkSources(document: RegistryStatusDocument | undefined, wanted: readonly string[], label: string): void {
  const known = document?.sources.map(({ name }) => name) ?? [];
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown === undefined || document === undefined) return;
  const meant = closest(unknown, known);
  throw misuse(`${label} has no source "${unknown}"`, meant === undefined ? `it has ${known.join(', ')}` : `did you mean ${meant}?`);
}

/** Waits until the sync that was asked for is over. */
async function follow(
  { client }: Target,
  { trigger: value, before }: Begun,
  wait: Wait,
  session: Session,
): Promise<RegistryStatusDocument> {
  return until(wait, session, async () => {
    const { document } = (await client.status()) ?? {};
    if (document === undefined) return { waiting: 'the registry says nothing yet' };
    const isOver = value === undefined ? document.lastSync?.completionTime !== before : document.lastSyncTrigger === value;
    return isOver && !document.syncing ? { done: document } : { waiting: doingOf(document) };
  });
}

function doingOf({ sources, syncing }: RegistryStatusDocument): string {
  const busy = sources
    .filter(({ activity }) => activity !== undefined && activity !== 'idle')
    .map(({ name, activity }) => `${name} (${activity})`);
  if (busy.length > 0) return busy.join(', ');
  return syncing ? 'the catalog is built' : 'the registry has not begun yet';
}

/** Says what came of it. */
async function told(
  client: RegistryClient,
  document: RegistryStatusDocument,
  { before }: Begun,
  flags: Flags,
  session: Session,
): Promise<ExitCode> {
  const { syncs } = await client.history(10);
  const record = syncs.find(({ type }) => type === 'manual') ?? syncs[0];
  const isNew = record !== undefined && record.completionTime !== before;
  const asked = document.sources.filter(({ name }) => flags.source.length === 0 || flags.source.includes(name));
  const failed = asked.filter(({ state }) => state === 'failed');
  const result = failed.length === 0 ? 'completed' : 'failed';
  const text = structured(
    outputFormat(flags.output),
    {
      registry: document.registry,
      result,
      servers: document.serverCount,
      ...(isNew ? { sync: record } : {}),
      sources: asked.map(({ name, state, serverCount, reason, message, remedy }) => ({
        name,
        state,
        serverCount,
        reason,
        message,
        remedy,
      })),
    },
    session.terminal,
  );
  await session.write(text ?? `${client.label}: ${sentenceOf(isNew ? record : undefined, document)}\n`);
  for (const { name, message, remedy } of failed)
    session.say(
      `error: source ${name}: ${printable(message ?? 'it could not be read')}${remedy === undefined ? '' : `; ${printable(remedy)}`}`,
    );
  return failed.length === 0 ? 0 : 1;
}

function sentenceOf(record: SyncRecord | undefined, { serverCount }: RegistryStatusDocument): string {
  return `${record === undefined ? 'nothing changed' : changesOf(record)}; ${counted(serverCount, 'server')}`;
}
