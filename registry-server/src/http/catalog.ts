/** What the routes ask of the snapshot: the only file of http/ that calls the catalog package. */
import {
  decodeCursor,
  encodeCursor,
  findLatest,
  findVersion,
  isDeleted,
  itemBytes,
  itemsBytes,
  listPage,
  parseTime,
  versionsOf,
  type ListQuery,
  type Snapshot,
} from '@toolhive-registry/catalog';

export { decodeCursor, parseTime };

/** A page of the list, in JSON. */
export function listServers(snapshot: Snapshot, query: ListQuery): readonly Buffer[] {
  const page = listPage(snapshot, query);
  return envelope(snapshot, page.positions, page.next === undefined ? undefined : encodeCursor(page.next));
}

/** All versions of a server, the last published first, in JSON; undefined when there is none. */
export function listVersions(snapshot: Snapshot, name: string, includeDeleted: boolean): readonly Buffer[] | undefined {
  const positions = versionsOf(snapshot, name, { includeDeleted });
  return positions.length === 0 ? undefined : envelope(snapshot, positions);
}

/** One version of a server, or its `latest`, in JSON; undefined when there is none. */
export function oneVersion(snapshot: Snapshot, name: string, version: string, includeDeleted: boolean): readonly Buffer[] | undefined {
  const position = version === 'latest' ? findLatest(snapshot, name) : findVersion(snapshot, name, version);
  if (position < 0 || (isDeleted(snapshot, position) && !includeDeleted)) return undefined;
  return [itemBytes(snapshot, position)];
}

/** A strong tag for everything that is answered from a snapshot. */
export function snapshotEtag(snapshot: Snapshot): string {
  return `"${snapshot.header.hash.slice(0, 32)}"`;
}

function envelope(snapshot: Snapshot, positions: readonly number[], nextCursor?: string): readonly Buffer[] {
  const metadata = JSON.stringify({ ...(nextCursor === undefined ? {} : { nextCursor }), count: positions.length });
  return [Buffer.from('{"servers":['), ...itemsBytes(snapshot, positions), Buffer.from(`],"metadata":${metadata}}`)];
}
