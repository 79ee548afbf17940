import type { Snapshot } from '../snapshot/snapshot.ts';

/** When the newest of the sources' files was created, according to itself, and the version of the first one. */
export function fileFacts(snapshot: Snapshot): { readonly version: string; readonly lastUpdated: string } {
  const infos = snapshot.header.sources.map(({ info }) => info);
  const newest = infos
    .flatMap(({ lastUpdated }) => (lastUpdated === undefined || Number.isNaN(Date.parse(lastUpdated)) ? [] : [lastUpdated]))
    .sort((a, b) => Date.parse(b) - Date.parse(a))[0];
  return {
    version: infos.find(({ version }) => version !== undefined)?.version ?? '1.0.0',
    lastUpdated: newest ?? snapshot.header.createdAt,
  };
}
