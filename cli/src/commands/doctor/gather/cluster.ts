import { createCrdSearch, crdName, groups, publishedSchema } from '@toolhive-registry/api';
import { isNotFound } from '@toolhive-registry/reconciler/client';
import type { Cluster } from '../../../cluster/connect.ts';
import type { CrdFacts, ServerVersion } from '../facts.ts';
import type { Seen } from '../finding.ts';
import { look } from './look.ts';

/** Asks the API server for its version. Throws a failure where nobody answers. */
export function gatherVersion(cluster: Cluster, signal: AbortSignal): Promise<Seen<ServerVersion>> {
  return look(
    cluster,
    'get /version',
    signal,
    async () => (await cluster.client.request({ method: 'GET', path: '/version', signal })) as ServerVersion,
  );
}

/** Finds out whose the CRDs are, and what they look like where they are ours. */
export function gatherCrds(cluster: Cluster, signal: AbortSignal): Promise<CrdFacts[]> {
  /** Both questions need the same answers. */
  const answers = new Map<string, Promise<unknown>>();
  const ask = (path: string): Promise<unknown> => {
    const known = answers.get(path) ?? asked(path);
    answers.set(path, known);
    return known;
  };
  async function asked(path: string): Promise<unknown> {
    try {
      return await cluster.client.request({ method: 'GET', path, signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }
  const find = createCrdSearch(ask);
  return Promise.all(
    groups.map(async (group): Promise<CrdFacts> => {
      const owner = await look(cluster, `read the published schema of ${crdName(group)}`, signal, () => find(group, signal));
      const isOurs = owner.is === 'seen' && owner.value.whose === 'ours';
      return { group, owner, schema: isOurs ? await publishedSchema(ask, group, signal) : undefined };
    }),
  );
}
