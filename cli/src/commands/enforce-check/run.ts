import { freshReferences, referencesOfObject } from '@toolhive-registry/catalog/references';
import { concurrently } from '../../concurrent.ts';
import { outputFormat, structured } from '../../output/format.ts';
import type { Run } from '../../program/command.ts';
import { misuse } from '../../program/failure.ts';
import { printable } from '../../terminal/printable.ts';
import type { Session } from '../../terminal/session.ts';
import { styleFor } from '../../terminal/style.ts';
import { askAll, type Case } from './ask.ts';
import { type Flags, type flags as flagSpecs } from './command.ts';
import { objectsOf } from './documents.ts';
import type { EnforcerSource } from './enforcers.ts';
import { clusterEnforcers } from './from-cluster.ts';
import { urlEnforcers } from './from-urls.ts';
import { judgeServer, type Judgement } from './judge.ts';
import { readManifests } from '../../manifest/read-manifests.ts';
import { serversAmong, type ManifestServer } from './servers.ts';
import { documentOf, sentenceOf, summaryOf, textOf } from './text.ts';

/** Objects that are judged at once. */
const CONCURRENCY = 8;

/** Says what the admission policies would make of manifests. */
export const runEnforceCheck: Run<typeof flagSpecs> = async ({ args, flags }, session) => {
  const format = outputFormat(flags.output);
  if (flags.url.length > 0 && flags.registry.length > 0) throw misuse('--url and --registry both name registries', 'leave one of them out');
  const files = await readManifests([...flags.filename, ...args], flags, session);
  const objects = files.flatMap(objectsOf);
  const servers = serversAmong(objects);
  const judgements = servers.length === 0 ? [] : await judged(servers, flags, session);
  const summary = summaryOf(judgements, objects.length - servers.length);
  await session.write(
    structured(format, documentOf(judgements, summary), session.terminal) ?? textOf(judgements, styleFor(session.terminal.color)),
  );
  if (!flags.quiet) session.say(sentenceOf(summary));
  return judgements.some(isBad) ? 1 : 0;
};

async function judged(servers: readonly ManifestServer[], flags: Flags, session: Session): Promise<Judgement[]> {
  await using source = await (flags.url.length > 0 ? urlEnforcers(flags, session) : clusterEnforcers(flags, session));
  const asEnforced = flags['as-enforced'];
  const cases = await concurrently(servers, CONCURRENCY, async (server): Promise<Case> => ({ server, enforcers: await source.of(server) }));
  const answers = await askAll(cases, asEnforced, session);
  if (!flags.quiet) sayProblems(cases, session);
  return await concurrently(cases, CONCURRENCY, async ({ server, enforcers }) => {
    const context = { enforcers, asEnforced, answers: answers(enforcers) };
    const first = judgeServer(server, server.references, context);
    if (first.reasons.every(({ allowed }) => allowed)) return first;
    const fresh = await freshOf(server, source);
    return fresh.length === server.references.length ? first : judgeServer(server, fresh, context);
  });
}

/** What an object names beyond the running version of it: what already runs may continue. */
async function freshOf(server: ManifestServer, source: EnforcerSource): Promise<ManifestServer['references']> {
  const running = await source.running(server);
  return running === undefined ? server.references : freshReferences(server.references, referencesOfObject(running, server.kind));
}

/** Registries that ask for more than the cluster does. */
function sayProblems(cases: readonly Case[], { say }: Session): void {
  const problems = new Map(cases.flatMap(({ enforcers }) => enforcers.all.map(({ label, problem }) => [label, problem] as const)));
  for (const [label, problem] of problems)
    if (problem !== undefined) say(`warning: ${label} is not enforced in the cluster: ${printable(problem)}`);
}

function isBad({ outcome, mode }: Judgement): boolean {
  return outcome === 'refused' || (outcome === 'unknown' && mode === 'enforce');
}
