import { outputFormat, structured } from '../../output/format.ts';
import type { ExitCode } from '../../program/command.ts';
import { Failure } from '../../program/failure.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { findServer, versionOf } from '../../registry/find-server.ts';
import { rowOf } from '../../registry/server-row.ts';
import { showClient } from './client.ts';
import { showVersions } from './versions.ts';
import { serverText } from '../../registry/server-text.ts';
import type { Target } from '../../registry/target.ts';
import { paged } from '../../terminal/pager.ts';
import type { Session } from '../../terminal/session.ts';
import type { Flags } from './command.ts';

/** Shows a server. */
export async function serverInfo({ client }: Target, name: string, flags: Flags, session: Session): Promise<ExitCode> {
  const format = outputFormat(flags.output);
  const versions = await findServer(client, name);
  if (flags.versions) return showVersions(versions, flags, session);
  const item = versionOf(versions, flags.version, client);
  if (flags.client !== undefined) return showClient(item, flags.client, flags, session);
  const text = structured(format, item, session.terminal);
  if (text !== undefined) {
    await session.write(text);
    return 0;
  }
  const full = rowOf(item).name;
  if (format.kind === 'name') {
    await session.write(`${full}\n`);
    return 0;
  }
  const [source, findings] = await Promise.all([sourceOf(client, full), findingsOf(client, full)]);
  await paged(session, flags, (write) => write(serverText({ item, versions, source, findings }, session)));
  return 0;
}

/** Where an entry comes from; only our own registries say it. */
async function sourceOf(client: RegistryClient, name: string): Promise<string | undefined> {
  const answer = await unlessRefused(client.explain({ server: name }));
  const [entry] = answer?.entries ?? [];
  if (entry === undefined) return undefined;
  return entry.file === undefined ? entry.source : `${entry.source}, file ${entry.file}`;
}

async function findingsOf(client: RegistryClient, name: string): Promise<string[]> {
  const told: string[] = [];
  const read = async (): Promise<void> => {
    for await (const { findings } of client.report()) {
      for (const { entry, outcome, pointer, message } of findings)
        if (entry === name || entry.endsWith(`: ${name}`)) told.push(`${outcome}${pointer === '' ? '' : ` ${pointer}`}: ${message}`);
    }
  };
  await unlessRefused(read());
  return told;
}

/** What other registries do not offer is left out. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof Failure) return undefined;
    throw error;
  });
}
