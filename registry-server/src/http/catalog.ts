/** Queries of the routes to the snapshot: the only file of http/ that calls the catalog package. */
import {
  asText,
  at,
  OFFICIAL_META,
  checkServerJson as check,
  comparedForm,
  decodeCursor,
  decodeRankCursor,
  encodeCursor,
  encodeRankCursor,
  entryOfItem,
  FILE_FORMATS,
  fileFacts,
  groupsOf,
  isServerKey,
  joinedSlices,
  keyPrefix,
  labelOf,
  MAX_ISSUES,
  parseTime,
  ReferenceIndex,
  rowKey,
  serverOfItem,
  toolhiveView,
  writeCatalog,
  type EntryKind,
  type Facet,
  type FacetQuery,
  type FileFormat,
  type ItemPage,
  type JsonObject,
  type ListQuery,
  type RankPage,
  type RankPlace,
  type ServerCheck,
  type Snapshot,
  type Steps,
} from '@toolhive-registry/catalog';

export {
  comparedForm,
  ReferenceIndex,
  decodeCursor,
  decodeRankCursor,
  encodeRankCursor,
  type RankPage,
  type RankPlace,
  entryOfItem,
  FILE_FORMATS,
  fileFacts,
  groupsOf,
  joinedSlices,
  labelOf,
  MAX_ISSUES,
  parseTime,
  serverOfItem,
  toolhiveView,
  writeCatalog,
  type EntryKind,
  type Facet,
  type FileFormat,
  type ListQuery,
  type Snapshot,
  type Steps,
};

/** What is wrong with a server.json, given as parsed JSON. */
export function checkServerJson(document: unknown): Promise<ServerCheck> {
  return check(document as Parameters<typeof check>[0]);
}

/** A page of the list, in JSON, made in slices. */
export function* listEntries(snapshot: Snapshot, query: ListQuery): Steps<readonly Buffer[]> {
  return envelope(yield* snapshot.listInSteps(query), query.kind);
}

/** All versions of a server, most recently published first, in JSON; undefined when there is none. */
export function listVersions(snapshot: Snapshot, name: string, includeDeleted: boolean): readonly Buffer[] | undefined {
  if (!isServerKey(name)) return undefined;
  const page = snapshot.versions(name, { includeDeleted });
  return page.count === 0 ? undefined : envelope(page);
}

/** A skill or plugin: kind, namespace and name. */
export interface ExtraName {
  readonly kind: Exclude<EntryKind, 'server'>;
  readonly namespace: string;
  readonly name: string;
}

/** All versions of a skill or plugin, in JSON; undefined when there is none. */
export function listExtraVersions(snapshot: Snapshot, { kind, namespace, name }: ExtraName): readonly Buffer[] | undefined {
  const page = snapshot.versions(rowKey(kind, `${namespace}/${name}`), { includeDeleted: false });
  return page.count === 0 ? undefined : envelope(page, kind);
}

/** One version of a skill or plugin, or its `latest`, in JSON; undefined when there is none. */
export function oneExtra(snapshot: Snapshot, { kind, namespace, name }: ExtraName, version: string): readonly Buffer[] | undefined {
  return oneRow(snapshot, rowKey(kind, `${namespace}/${name}`), version, false);
}

/** How the keys of a namespace's skills or plugins begin. */
export function namespacePrefix(kind: Exclude<EntryKind, 'server'>, namespace: string): string {
  return `${keyPrefix(kind)}${namespace}/`;
}

/** Counts of a list's values, in JSON: of each facet the most frequent ones. Made in slices. */
export function* facetCounts(snapshot: Snapshot, query: FacetQuery, limit: number): Steps<readonly Buffer[]> {
  const { total, counts } = yield* snapshot.facetsInSteps(query);
  const facets = Object.fromEntries(Object.entries(counts).map(([facet, values]) => [facet, values.slice(0, limit)]));
  return [Buffer.from(JSON.stringify({ facets, total }))];
}

/** One version of a server, or its `latest`, in JSON; undefined when there is none. */
export function oneVersion(snapshot: Snapshot, name: string, version: string, includeDeleted: boolean): readonly Buffer[] | undefined {
  return isServerKey(name) ? oneRow(snapshot, name, version, includeDeleted) : undefined;
}

function oneRow(snapshot: Snapshot, key: string, version: string, includeDeleted: boolean): readonly Buffer[] | undefined {
  const item = snapshot.version(key, version, { includeDeleted });
  return item === undefined ? undefined : [item];
}

/** The images, packages and URLs of every version of a server in a snapshot. */
export async function viewReferences(snapshot: Snapshot, pause: () => Promise<void> | undefined): Promise<ReferenceIndex> {
  const references = new ReferenceIndex();
  for (let row = 0; row < snapshot.serverRows; row += 1) {
    references.add(row, JSON.parse(snapshot.itemAt(row).toString()) as JsonObject, snapshot.keyAt(row).deleted);
    await pause();
  }
  return references;
}

/** The official status of a row's entry; `active` where none is said. */
export function statusOfRow(snapshot: Snapshot, row: number): string {
  const item = JSON.parse(snapshot.itemAt(row).toString()) as JsonObject;
  return asText(at(item, '_meta', OFFICIAL_META, 'status')) ?? 'active';
}

/** The rows of a server, deleted versions among them. */
export function rowsNamed(snapshot: Snapshot, name: string): number[] {
  if (!isServerKey(name)) return [];
  const [start, end] = snapshot.positionsOf(name);
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}

/** A strong ETag for all answers from a snapshot. */
export function snapshotEtag(snapshot: Snapshot): string {
  return `"${snapshot.header.hash.slice(0, 32)}"`;
}

/** How lists begin. */
const HEADS: Readonly<Record<EntryKind, Buffer>> = {
  server: Buffer.from('{"servers":['),
  skill: Buffer.from('{"skills":['),
  plugin: Buffer.from('{"plugins":['),
};

function envelope({ items, count, next }: ItemPage, kind: EntryKind = 'server'): readonly Buffer[] {
  // A cursor has no character that JSON would escape.
  const cursor = next === undefined ? '' : `"nextCursor":"${encodeCursor(next)}",`;
  return [HEADS[kind], ...items, Buffer.from(`],"metadata":{${cursor}"count":${count}}}`, 'latin1')];
}
