/** What the routes ask of the snapshot: the only file of http/ that calls the catalog package. */
import {
  checkServerJson as check,
  decodeCursor,
  encodeCursor,
  MAX_ISSUES,
  parseTime,
  type ItemPage,
  type ListQuery,
  type ServerCheck,
  type Snapshot,
} from '@toolhive-registry/catalog';

export { decodeCursor, MAX_ISSUES, parseTime };

/** What is wrong with a server.json, given as parsed JSON. */
export function checkServerJson(document: unknown): Promise<ServerCheck> {
  return check(document as Parameters<typeof check>[0]);
}

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
