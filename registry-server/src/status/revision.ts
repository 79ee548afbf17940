import type { EngineStatus } from '../sync/engine.ts';

/**
 * What people call the data that are served of a source, such as a commit; undefined where the source has no such names, or nothing is served of it.
 * Data that came once more under another name are called by the last one. After a rollback it is the name that the data of then came with.
 */
export function revisionOf({ snapshot, sources }: Pick<EngineStatus, 'snapshot' | 'sources'>, source: string): string | undefined {
  const served = snapshot?.header.sources.find(({ name }) => name === source);
  const memory = sources.find(({ name }) => name === source)?.memory;
  return served !== undefined && served.hash === memory?.hash ? memory.revision : served?.revision;
}
