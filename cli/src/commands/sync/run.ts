import { defaultSourceName } from '@toolhive-registry/api';
import type { Run } from '../../program/command.ts';
import { Failure } from '../../program/failure.ts';
import { checkSources } from '../../registry/known-sources.ts';
import { openTarget, type Target } from '../../registry/target.ts';
import type { Session } from '../../terminal/session.ts';
import { waitTimeoutMs } from '../../terminal/wait.ts';
import { follow, type Begun } from './follow.ts';
import { reportOutcome } from './outcome.ts';
import { trigger } from './trigger.ts';
import type { flags as flagSpecs } from './command.ts';

/** Syncs sources, and follows the sync if asked to. */
export const runSync: Run<typeof flagSpecs> = async ({ args: [registry], flags }, session) => {
  const timeoutMs = waitTimeoutMs(flags.timeout);
  await using target = await openTarget(registry, flags, session);
  const begun = await begin(target, flags.source, session);
  if (!flags.wait) {
    if (!flags.quiet) session.say(`${target.client.label}: sync requested; follow it with status --watch`);
    return 0;
  }
  const wait = { what: `the sync of ${target.client.label}`, timeoutMs, interrupted: 'the sync continues; nothing else was changed' };
  return await reportOutcome(target, await follow(target, begun, wait, session), begun, flags, session);
};

/** Asks for a sync: all replicas of a cluster's registry by its annotations, any other over HTTP. */
async function begin({ client, inCluster }: Target, sources: readonly string[], session: Session): Promise<Begun> {
  if (inCluster !== undefined) {
    const { source, sources: several = [] } = inCluster.object.spec;
    checkSources(source === undefined ? several.map(({ name }) => name) : [defaultSourceName], sources, client.label);
    const before = await client.status().catch(unlessReached);
    return { trigger: await trigger(inCluster, sources, session), before: before?.document.lastSync?.completionTime };
  }
  const { document } = (await client.status()) ?? {};
  checkSources(document?.sources.map(({ name }) => name) ?? [], sources, client.label);
  for (const source of sources.length === 0 ? [undefined] : sources) {
    if ((await client.sync(source)) === 'running') session.say(`note: ${client.label} reads ${source ?? 'all of it'} already`);
  }
  return { trigger: undefined, before: document?.lastSync?.completionTime };
}

/** The cluster says what a registry did, even where the registry itself cannot be reached. */
function unlessReached(error: unknown): undefined {
  if (!(error instanceof Failure)) throw error;
}
