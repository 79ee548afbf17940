import type { RegistryStatusDocument } from '@toolhive-registry/api';
import type { Cluster } from '../../../cluster/connect.ts';
import { concurrently } from '../../../concurrent.ts';
import { Failure, sentenceOf } from '../../../program/failure.ts';
import { clusterClient } from '../../../registry/cluster-client.ts';
import type { Via } from '../../../registry/in-cluster.ts';
import type { Session } from '../../../terminal/session.ts';
import type { RegistryFacts } from '../facts.ts';
import { seen, type Seen } from '../finding.ts';
import { canAnswer } from './registries.ts';

/** Registries that are asked at once, and milliseconds for each. */
const CONCURRENCY = 50;
const PATIENCE_MS = 5_000;

/** Asks each registry that has a ready pod for its status. The public port has enough of it. */
export function gatherDocuments(
  cluster: Cluster,
  registries: readonly RegistryFacts[],
  {
    via,
    session,
    progress,
  }: { readonly via: Via; readonly session: Pick<Session, 'env' | 'signal'>; readonly progress: (done: number) => void },
): Promise<RegistryFacts[]> {
  let done = 0;
  return concurrently(registries, CONCURRENCY, async (facts): Promise<RegistryFacts> => {
    const document = canAnswer(facts) ? await documentOf(cluster, facts, via, session) : undefined;
    progress((done += 1));
    return document === undefined ? facts : { ...facts, document };
  });
}

async function documentOf(
  cluster: Cluster,
  { object }: RegistryFacts,
  via: Via,
  { env, signal }: Pick<Session, 'env' | 'signal'>,
): Promise<Seen<RegistryStatusDocument>> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const { client, close } = await clusterClient(
    cluster,
    object,
    { port: 'http', via },
    { env, signal: AbortSignal.any([signal, patience]) },
  );
  try {
    const { document } = (await client.status()) ?? {};
    return document === undefined ? { is: 'unseen', why: 'it reports nothing' } : seen(document);
  } catch (error) {
    signal.throwIfAborted();
    if (patience.aborted) return { is: 'unseen', why: `it does not answer within ${PATIENCE_MS / 1000} s` };
    if (error instanceof Failure) return { is: 'unseen', why: sentenceOf(error) };
    throw error;
  } finally {
    close();
  }
}
