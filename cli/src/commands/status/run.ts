import { isSettled } from '../../cluster/settled.ts';
import { outputFormat, structured } from '../../output/format.ts';
import { counted } from '../../output/counted.ts';
import type { Run } from '../../program/command.ts';
import { Failure, misuse, sentenceOf } from '../../program/failure.ts';
import { changesOf } from '../../registry/changes.ts';
import type { TaggedStatus } from '../../registry/client.ts';
import { statusText, type Known } from '../../registry/status-text.ts';
import { openTarget, type Target } from '../../registry/target.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import { pause } from '../../terminal/wait.ts';
import type { flags as flagSpecs } from './command.ts';

/** Shows the state of a registry, and keeps watching it if asked to. */
export const runStatus: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  const format = outputFormat(flags.output);
  if (flags.watch && flags.output !== undefined && format.kind !== 'table')
    throw misuse(`--watch writes lines, not ${format.kind}`, 'leave one of them out');
  await using target = await openTarget(registry, flags, session);
  const first = await asked(target, session);
  const known: Known = { label: target.client.label, document: first?.document, object: target.inCluster?.object };
  const text = structured(
    format,
    { ...(known.object === undefined ? {} : { resource: known.object }), status: known.document ?? null },
    session.terminal,
  );
  await session.write(text ?? statusText(known, { terminal: session.terminal, now: session.now() }));
  if (flags.watch) return await followed(target, first, session);
  return isWell(known) ? 0 : 1;
};

/** The registry's status; undefined if the registry cannot be reached but the cluster has a status. */
async function asked({ client, inCluster }: Target, session: Session): Promise<TaggedStatus | undefined> {
  if (inCluster === undefined) return client.status();
  return client.status().catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    session.say(`note: ${printable(sentenceOf(error))}`);
    return undefined;
  });
}

function isWell({ document, object }: Known): boolean {
  if (document === undefined || !document.ready) return false;
  if (object !== undefined && !isSettled(object)) return false;
  return document.sources.every(({ state }) => state === 'ok');
}

/** Milliseconds until a registry is asked again that did not answer. */
const RETRY_MS = 2_000;
/** Seconds of one question. */
const WAIT_SECONDS = 30;

/** Prints each change on a line, until the signal, or until the reader is gone. */
async function followed({ client }: Target, first: TaggedStatus | undefined, session: Session): Promise<130 | 141> {
  let tag = first?.tag;
  let lost = false;
  while (!session.signal.aborted && session.isRead()) {
    try {
      const news = await client.status(tag === undefined || tag === '' ? undefined : { tag, seconds: WAIT_SECONDS });
      if (news !== undefined && (news.tag !== tag || lost)) await session.write(`${printable(lineOf(news, session.now()))}\n`);
      lost = false;
      if (news === undefined) continue;
      if (news.tag === tag || news.tag === '') await pause(RETRY_MS, session.signal);
      tag = news.tag;
    } catch (error) {
      if (session.signal.aborted) break;
      if (!lost) session.say(`note: ${printable(sentenceOf(error))}`);
      lost = true;
      await pause(RETRY_MS, session.signal).catch(() => undefined);
    }
  }
  return session.signal.aborted ? 130 : 141;
}

function lineOf({ document }: TaggedStatus, now: number): string {
  const { serverCount, lastChange, sources } = document;
  const states = sources
    .map(({ name, state, reason }) => `${name} ${state}${reason === undefined ? '' : ` (${printable(reason)})`}`)
    .join(', ');
  return `${new Date(now).toISOString()}  ${counted(serverCount, 'server')}${lastChange === undefined ? '' : `, ${changesOf(lastChange)}`}; ${states}`;
}
