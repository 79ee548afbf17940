import { isNotFound, isRecord, KubeDecodeError } from '@toolhive-registry/reconciler/client';
import type { Cluster } from './connect.ts';

/** Reads a document by which the API server describes itself; undefined where it has none (404). Throws the client's errors, also for what is no such document. */
export async function documentAt(
  { client }: Pick<Cluster, 'client'>,
  path: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const answer = await client.request({ method: 'GET', path, signal });
    if (isRecord(answer) && !Array.isArray(answer)) return answer;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
  throw new KubeDecodeError(`GET ${path}: the answer is not an object`);
}
