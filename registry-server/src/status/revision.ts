import type { EngineStatus } from '../sync/engine.ts';

/**
 * The revision of the served data of a source, such as a commit; undefined where the source has no such names, or nothing is served of it.
 * Unchanged data under a new revision have the last one. After a rollback it is the revision at that time.
 */
export function revisionOf({ snapshot, sources }: Pick<EngineStatus, 'snapshot' | 'sources'>, source: string): string | undefined {
  const served = snapshot?.header.sources.find(({ name }) => name === source);
  const memory = sources.find(({ name }) => name === source)?.memory;
  return served !== undefined && served.hash === memory?.hash ? memory.revision : served?.revision;
}
