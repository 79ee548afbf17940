import { isAbout } from '@toolhive-registry/catalog/entry';
import type { ServerOrigin } from '@toolhive-registry/api';
import { outputFormat, structured } from '../../output/format.ts';
import type { ExitCode } from '../../program/command.ts';
import { Failure } from '../../program/failure.ts';
import type { RegistryClient } from '../../registry/client.ts';
import { findServer, versionOf } from '../../registry/find-server.ts';
import { rowOf } from '../../registry/server-row.ts';
import { shortRevision } from '../../registry/short-revision.ts';
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
  const { name: full, version } = rowOf(item);
  if (format.kind === 'name') {
    await session.write(`${full}\n`);
    return 0;
  }
  const [source, findings] = await Promise.all([sourceOf(client, full, version), findingsOf(client, full)]);
  await paged(session, flags, (write) => write(serverText({ item, versions, source, findings }, session)));
  return 0;
}

/** Where an entry comes from, in words; only our own registries say it. */
async function sourceOf(client: RegistryClient, name: string, version: string): Promise<string | undefined> {
  const origin = await unlessRefused(client.origin(name, version));
  if (origin !== undefined) return placeText({ ...origin.source, file: origin.file });
  // Earlier servers report it on the internal port only.
  const answer = await unlessRefused(client.explain({ server: name }));
  const [entry] = answer?.entries ?? [];
  return entry === undefined ? undefined : placeText({ name: entry.source, file: entry.file });
}

function placeText({ name, type, file, revision }: ServerOrigin['source'] & Pick<ServerOrigin, 'file'>): string {
  const parts = [
    type === undefined ? name : `${name} (${type})`,
    file === undefined ? '' : `file ${file}`,
    revision === undefined ? '' : `revision ${shortRevision(revision)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

async function findingsOf(client: RegistryClient, name: string): Promise<string[]> {
  const lines: string[] = [];
  const read = async (): Promise<void> => {
    for await (const { findings } of client.report({ entry: name })) {
      // Earlier servers report of all entries.
      for (const { entry, outcome, pointer, message } of findings)
        if (isAbout(entry, name)) lines.push(`${outcome}${pointer === '' ? '' : ` ${pointer}`}: ${message}`);
    }
  };
  await unlessRefused(read());
  return lines;
}

/** What other registries do not offer is left out. */
async function unlessRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch((error: unknown) => {
    if (error instanceof Failure) return undefined;
    throw error;
  });
}
