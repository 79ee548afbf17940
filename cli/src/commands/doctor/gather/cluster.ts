import { createCrdSearch, crdName, groups, publishedSchema } from '@toolhive-registry/api';
import { KubeDecodeError } from '@toolhive-registry/reconciler/client';
import type { Cluster } from '../../../cluster/connect.ts';
import { documentAt } from '../../../cluster/discovery.ts';
import { Failure } from '../../../program/failure.ts';
import type { CrdFacts, ServerVersion } from '../facts.ts';
import type { Seen } from '../finding.ts';
import { look } from './look.ts';

/** Asks the API server for its version. Throws a failure if nothing answers, or something else does: then there is nothing else to ask. */
export async function gatherVersion(cluster: Cluster, signal: AbortSignal): Promise<Seen<ServerVersion>> {
  const found = await look(cluster, 'get /version', signal, async () => versionIn(await documentAt(cluster, '/version', signal)));
  if (found.is === 'unseen' && found.remedy !== undefined) throw new Failure(found.why, { remedy: found.remedy });
  return found;
}

function versionIn(document: Readonly<Record<string, unknown>> | undefined): ServerVersion {
  const { major, minor, gitVersion } = document ?? {};
  if (typeof major !== 'string' || typeof minor !== 'string' || typeof gitVersion !== 'string')
    throw new KubeDecodeError('GET /version: the answer has no version');
  return { major, minor, gitVersion };
}

/** Finds out whose CRDs are installed, and the schema of ours. */
export function gatherCrds(cluster: Cluster, signal: AbortSignal): Promise<CrdFacts[]> {
  /** Both questions need the same answers. */
  const answers = new Map<string, Promise<unknown>>();
  const ask = (path: string): Promise<unknown> => {
    const known = answers.get(path) ?? documentAt(cluster, path, signal);
    answers.set(path, known);
    return known;
  };
  const find = createCrdSearch(ask);
  return Promise.all(
    groups.map(async (group): Promise<CrdFacts> => {
      const owner = await look(cluster, `read the published schema of ${crdName(group)}`, signal, () => find(group, signal));
      const isOurs = owner.is === 'seen' && owner.value.whose === 'ours';
      return { group, owner, schema: isOurs ? await publishedSchema(ask, group, signal) : undefined };
    }),
  );
}
