import { isServerKey, type EntryKind } from '../entry/kind.ts';
import type { RowWords } from '../search/vocabulary.ts';
import { readColumns, type Columns } from './columns.ts';
import { compareRows } from './compare.ts';
import type { RowRun, SnapshotRow } from './runs.ts';
import { listFindings, shadowedIn, type FindingPage, type FindingQuery, type Shadowed } from './findings.ts';
import { FLAG_DELETED, NO_SOURCE, type SnapshotHeader } from './layout.ts';
import { allSteps, findLatest, isDeleted, listPositions, versionPositions, type After, type ListQuery, type Steps } from './list.ts';
import { facetsOf, type Facets } from './labels.ts';
import { newestRows, type NewestPage, type NewestQuery } from './newest.ts';
import { answeringRows, rankRows, type RankPage, type RankQuery } from './ranked.ts';
import { joinedSlices } from './slices.ts';
import { findVersion, lastRowUpTo, rangeOf } from './lookup.ts';
import {
  copyRows,
  remembers,
  rowFactsAt,
  rowFactsOf,
  serversOf,
  type Comparison,
  type Predecessor,
  type PredecessorData,
  type RememberedRows,
  type RowFacts,
  type Successor,
} from './predecessor.ts';
import { fileOf, keyOf, labelsOf, runOf, storedRow, textsOf, wordsOf, type RowIdentity } from './stored-rows.ts';

/** Items that match a query. */
export interface ItemPage {
  /** Slices of the snapshot's memory: concatenated they are the items' JSON with commas between them. Neighbors are one slice. */
  readonly items: readonly Buffer[];
  /** Number of items. */
  readonly count: number;
  /** Where the next page begins; absent for the last one. */
  readonly next?: After;
}

/** What is counted: the matches of a list query, or the latest versions of servers that answer a question. */
export interface FacetQuery extends Omit<ListQuery, 'limit' | 'after'> {
  readonly question?: string | undefined;
}

/** Which rows a query for one server sees. */
export interface Visibility {
  /** Includes tombstones. */
  readonly includeDeleted: boolean;
}

/** A catalog that can be queried. Immutable; its bytes are encoded once, and answers are slices of them. */
export class Snapshot implements Predecessor, Successor {
  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  get header(): SnapshotHeader {
    return this.#columns.header;
  }

  /** The block from which it was opened, for the disk and for other replicas. */
  get block(): Uint8Array<ArrayBuffer> {
    return this.#columns.block;
  }

  /** A page of the list, in order of name and version. Pages follow each other without gaps, whatever is added or removed in between. */
  list(query: ListQuery): ItemPage {
    return allSteps(this.listInSteps(query));
  }

  /** The same in slices, so that other work can run in between. */
  *listInSteps(query: ListQuery): Steps<ItemPage> {
    const { positions, next } = yield* listPositions(this.#columns, query);
    const items = this.itemsOf(positions);
    return next === undefined ? { items, count: positions.length } : { items, count: positions.length, next };
  }

  /** The latest versions of servers that answer a question. */
  rank(query: RankQuery): RankPage {
    return allSteps(this.rankInSteps(query));
  }

  /** The same in slices, so that other work can run in between. */
  rankInSteps(query: RankQuery): Steps<RankPage> {
    return rankRows(this.#columns, query);
  }

  /** Positions of all rows that match a list query. */
  rowsOf(query: Omit<ListQuery, 'limit' | 'after'>): readonly number[] {
    return allSteps(this.rowsInSteps(query));
  }

  /** The same in slices, so that other work can run in between. */
  *rowsInSteps(query: Omit<ListQuery, 'limit' | 'after'>): Steps<readonly number[]> {
    return (yield* listPositions(this.#columns, { ...query, limit: this.rowCount })).positions;
  }

  /** The last position whose key does not come after a name; -1 if there is none. */
  lastRowUpTo(name: string): number {
    return lastRowUpTo(this.#columns, name);
  }

  /** The JSON of rows, joined by commas, as in {@link ItemPage.items}. */
  itemsOf(rows: readonly number[]): readonly Buffer[] {
    const { body, bodyOffsets } = this.#columns;
    return joinedSlices(body, bodyOffsets, rows);
  }

  /** Position of the latest version of a server; undefined if there is no such server. */
  latestRowOf(name: string): number | undefined {
    const row = isServerKey(name) ? findLatest(this.#columns, name) : -1;
    return row < 0 || isDeleted(this.#columns, row) ? undefined : row;
  }

  /** How many of the rows that match a list query, or answer a question, have each value of a facet, and come from each source; computed in slices. */
  *facetsInSteps(query: FacetQuery): Steps<Facets> {
    const { question } = query;
    const rows = question === undefined ? yield* this.rowsInSteps(query) : yield* answeringRows(this.#columns, { ...query, question });
    return facetsOf(this.#columns, rows);
  }

  /** The last changed servers, by their latest versions; a text is searched in slices. */
  newestInSteps(query: NewestQuery): Steps<NewestPage> {
    return newestRows(this.#columns, query);
  }

  /** Number of entries of a kind: names with at least one version that is not deleted. */
  countOf(kind: EntryKind): number {
    return this.#columns.view(kind).latest.length;
  }

  /** Number of versions of a kind that are not deleted. */
  versionsOf(kind: EntryKind): number {
    return this.#columns.view(kind).active.length;
  }

  /** All versions of a server, or of another entry with that key, the last published first. Undefined for an unknown name. */
  versions(name: string, { includeDeleted }: Visibility): ItemPage {
    const positions = versionPositions(this.#columns, name, includeDeleted);
    return { items: this.itemsOf(positions), count: positions.length };
  }

  /** The JSON of one version, or of the latest; undefined if there is none. */
  version(name: string, version: string, { includeDeleted }: Visibility): Buffer | undefined {
    // No entry has a version called "latest": admit refuses it.
    const position = version === 'latest' ? findLatest(this.#columns, name) : findVersion(this.#columns, name, version);
    if (position < 0 || (!includeDeleted && isDeleted(this.#columns, position))) return undefined;
    return this.itemAt(position);
  }

  rowFacts(name: string, version: string): RowFacts | undefined {
    return rowFactsOf(this.#columns, name, version);
  }

  remembers(other: RememberedRows, position: number): boolean {
    return remembers(this.#columns, other, position);
  }

  /** Whether another catalog's row has the same record. */
  isRememberedBy(previous: Predecessor, row: number): boolean {
    return previous.remembers(this.#columns, row);
  }

  /** A page of findings. Those about entries that are not served come first. */
  findings(query: FindingQuery): FindingPage {
    return listFindings(this.#columns, query);
  }

  /** Versions under the name of a server in other sources, which are shadowed; in the order of the sources. */
  shadowed(name: string, limit: number): readonly Shadowed[] {
    return shadowedIn(this.#columns, name, limit);
  }

  comparedTo(next: Successor): Comparison {
    return next.comparedFrom(this.#columns);
  }

  /** How this catalog differs from the previous one. */
  comparedFrom(previous: RememberedRows): Comparison {
    return compareRows(previous, this.#columns);
  }

  serversOf(source: string): string[] | undefined {
    return serversOf(this.#columns, source);
  }

  /** Number of rows that are not deleted. */
  get activeCount(): number {
    let count = 0;
    for (const flags of this.#columns.flags) if ((flags & FLAG_DELETED) === 0) count += 1;
    return count;
  }

  /** Where the rows of servers end, and those of skills and plugins begin. */
  get serverRows(): number {
    return this.#columns.serverRows;
  }

  /** Number of rows. They are sorted by the bytes of name, then version. */
  get rowCount(): number {
    return this.#columns.flags.length;
  }

  /** The name of a row. */
  nameAt(row: number): Buffer {
    return textsOf(this.#columns.names, this.#columns.nameOffsets, row, row + 1).bytes;
  }

  /** The version of a row. */
  versionAt(row: number): Buffer {
    return textsOf(this.#columns.versions, this.#columns.versionOffsets, row, row + 1).bytes;
  }

  /** A row's name, version and flags. */
  keyAt(row: number): RowIdentity {
    return keyOf(this.#columns, row);
  }

  /** When a row was published, in milliseconds since 1970. */
  publishedAt(row: number): number {
    return this.#columns.publishedAt[row] ?? 0;
  }

  /** The record of a row for the next build. */
  factsAt(row: number): RowFacts {
    return rowFactsAt(this.#columns, row);
  }

  /** The JSON of a row. */
  itemAt(row: number): Buffer {
    return textsOf(this.#columns.body, this.#columns.bodyOffsets, row, row + 1).bytes.subarray(0, -1);
  }

  /** The text of a row that `search` looks at. */
  searchTextAt(row: number): Buffer {
    return textsOf(this.#columns.search, this.#columns.searchOffsets, row, row + 1).bytes.subarray(0, -1);
  }

  /** The words of a row. */
  wordsAt(row: number): RowWords {
    return wordsOf(this.#columns, row, row + 1);
  }

  /** The labels of a row. */
  labelsAt(row: number): string[] {
    return labelsOf(this.#columns, row);
  }

  /** The rows of a name, as a range with exclusive end. */
  positionsOf(name: string): [start: number, end: number] {
    return rangeOf(this.#columns, name);
  }

  /** Index of a row's source in the header; NO_SOURCE for a tombstone of an entry that no source has any more. */
  sourceAt(row: number): number {
    return this.#columns.sources[row] ?? NO_SOURCE;
  }

  /** The file that contains a row, if its source has several. */
  fileAt(row: number): string | undefined {
    return fileOf(this.#columns, row);
  }

  /** Whether it has the current layout. A snapshot of the previous layout lacks what the current one added. */
  get isOfThisLayout(): boolean {
    return this.#columns.isOfThisLayout;
  }

  /** A row with its texts, to be sent to another thread. */
  rowAt(row: number): SnapshotRow {
    return storedRow(this.#columns, row);
  }

  /** A range of rows as slices of this snapshot's memory, to be copied into another one. */
  rows(from: number, to: number): RowRun {
    return runOf(this.#columns, from, to);
  }

  /** The data of this snapshot for the next build, to be sent to another thread. */
  predecessorData(): PredecessorData {
    return copyRows(this.#columns);
  }
}

/**
 * Opens a block that encodeSnapshot created. With `verify` the sections are checked against the header's hash, as needed for a block from disk or from
 * elsewhere. Throws SnapshotError for a block that is not a complete, undamaged snapshot.
 */
export function openSnapshot(block: Uint8Array<ArrayBuffer>, options: { readonly verify: boolean }): Snapshot {
  return new Snapshot(readColumns(block, options));
}
