/** What the routes ask of the snapshot: the only file of http/ that calls the catalog package. */
import { decodeCursor, encodeCursor, parseTime, type ItemPage, type ListQuery, type Snapshot } from '@toolhive-registry/catalog';

export { decodeCursor, parseTime };

/** A page of the list, in JSON. */
export function listServers(snapshot: Snapshot, query: ListQuery): readonly Buffer[] {
  return envelope(snapshot.list(query));
}

/** All versions of a server, the last published first, in JSON; undefined when there is none. */
export function listVersions(snapshot: Snapshot, name: string, includeDeleted: boolean): readonly Buffer[] | undefined {
  const page = snapshot.versions(name, { includeDeleted });
  return page.count === 0 ? undefined : envelope(page);
}

/** One version of a server, or its `latest`, in JSON; undefined when there is none. */
export function oneVersion(snapshot: Snapshot, name: string, version: string, includeDeleted: boolean): readonly Buffer[] | undefined {
  const item = snapshot.version(name, version, { includeDeleted });
  return item === undefined ? undefined : [item];
}

/** A strong tag for everything that is answered from a snapshot. */
export function snapshotEtag(snapshot: Snapshot): string {
  return `"${snapshot.header.hash.slice(0, 32)}"`;
}

function envelope({ items, count, next }: ItemPage): readonly Buffer[] {
  const metadata = JSON.stringify({ ...(next === undefined ? {} : { nextCursor: encodeCursor(next) }), count });
  return [Buffer.from('{"servers":['), ...items, Buffer.from(`],"metadata":${metadata}}`)];
}
