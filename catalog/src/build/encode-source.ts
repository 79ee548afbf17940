import type { CatalogInfo } from '../entry/entry.ts';
import { FindingList, type Finding } from '../entry/findings.ts';
import { isServerKey, readableKey } from '../entry/kind.ts';
import { CONTENT_HASH_BYTES, FLAG_DELETED, FLAG_LATEST, FLAG_OFFICIAL } from '../snapshot/layout.ts';
import { encodeSnapshot } from '../snapshot/encode.ts';
import { fileRunOf, labelRunOf, pieceRunOf, textRunOf, type RowRun } from '../snapshot/runs.ts';
import type { RowOrigin } from './known-rows.ts';
import type { SourceDraft } from './read-source.ts';
import { headOf, isKnown, latestRows, searchTextOf, sortRows, toNewRow, type KnownRow, type NewRow, type Row } from './rows.ts';

/** The input for the snapshot of one source. */
export interface EncodeSourceInput {
  readonly registry: { readonly name: string; readonly namespace: string };
  readonly draft: SourceDraft;
  /** Identifies the rules by which the draft was made, so that a kept snapshot can be recognized as outdated. */
  readonly rules: string;
  /** The source's revision of the bytes, such as a commit. */
  readonly revision?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The snapshot of one source. */
export interface EncodedSource {
  readonly block: Uint8Array<ArrayBuffer>;
  /** The origins of its rows that may be recognized next time. */
  readonly origins: readonly RowOrigin[];
}

/** Rows that are assembled at once. */
const ROWS_OF_A_RUN = 256;

/**
 * Builds the snapshot of one source on its own, as if there were no other. While the source and its rules stay the same it can be kept, and is merged with
 * others without reading it again. The block owns its memory and may be transferred to another thread.
 */
export function encodeSource({ registry, draft, rules, revision, now }: EncodeSourceInput): EncodedSource {
  const { rows, findings } = withoutDuplicates(draft);
  const latest = latestRows(rows);
  const serverCount = [...latest].filter(({ name, deleted }) => !deleted && isServerKey(name)).length;
  const source = {
    name: draft.name,
    hash: draft.hash,
    ...(revision === undefined ? {} : { revision }),
    rules,
    serverCount,
    info: withApart(draft.info, rows),
    found: findings.counts,
    filtered: draft.filtered,
  };
  const facts = { registry, createdAt: new Date(now).toISOString(), serverCount, sources: [source] };
  return { block: encodeSnapshot(facts, runsOf(rows, latest), [findings.kept]), origins: originsOf(rows) };
}

/** Lists for each group the servers that are in no other place: those that are elsewhere, too, do not get the group's row. */
function withApart(info: CatalogInfo, rows: readonly Row[]): CatalogInfo {
  if (info.groups === undefined) return info;
  const apart = new Set(rows.flatMap((row) => (!isKnown(row) && row.inGroup === true ? row.name : [])));
  return { ...info, groups: info.groups.map((group) => ({ ...group, apart: group.servers.filter((name) => apart.has(name)) })) };
}

function originsOf(rows: readonly Row[]): RowOrigin[] {
  return rows.flatMap((row, position) => {
    const { origin: hash } = row;
    return hash === undefined ? [] : [{ hash, position, latestAt: isKnown(row) ? row.latestAt : row.text.length - row.searchLength }];
  });
}

/** The rows of a draft that are served. Of two equal versions the first one stays, and the other one becomes a finding. */
export function withoutDuplicates(draft: SourceDraft): { rows: Row[]; findings: FindingList } {
  const findings = new FindingList(draft.findings);
  const rows: Row[] = [];
  for (const row of sortRows(draft.rows)) {
    const { name, version } = row;
    const before = rows.at(-1);
    if (before?.name !== name || before.version !== version) {
      rows.push(row);
      continue;
    }
    // Groups repeat servers of the list. A different one with the same name and version is a duplicate.
    if (!isKnown(row) && row.inGroup === true && (isKnown(before) || row.contentHash === before.contentHash)) continue;
    findings.add(duplicateOf(row, before));
  }
  return { rows, findings };
}

/** Names both files if they differ, since neither of them is wrong by itself. */
function duplicateOf(row: Row, served: Row): Finding {
  const { name, version } = row;
  const [file, servedFile] = [fileOf(row), fileOf(served)];
  const key = readableKey(name);
  return {
    entry: file === undefined ? key : `${file}: ${key}`,
    version,
    pointer: '/version',
    rule: 'duplicate',
    message: `version ${version} occurs twice; the first one is served${servedFile === undefined ? '' : `, which is in ${servedFile}`}`,
    served: false,
    ...placesOf(row, served),
  };
}

function placesOf(row: Row, served: Row): Pick<Finding, 'place' | 'firstPlace'> {
  if (isKnown(row) || isKnown(served) || row.place === undefined || served.place === undefined) return {};
  return { place: row.place, firstPlace: served.place };
}

function fileOf(row: Row): string | undefined {
  return isKnown(row) ? undefined : row.file;
}

function* runsOf(rows: readonly Row[], latest: ReadonlySet<Row>): Generator<RowRun> {
  for (let start = 0; start < rows.length;) {
    const stored = storedRun(rows, start, latest);
    const run = stored ?? newRun(rows, start, latest);
    yield run;
    start += run.flags.length;
  }
}

/** Neighboring rows that a snapshot already has in the wanted order are copied as they are. */
function storedRun(rows: readonly Row[], start: number, latest: ReadonlySet<Row>): RowRun | undefined {
  const first = rows[start];
  if (first === undefined || !isAsStored(first, latest)) return undefined;
  let end = start + 1;
  for (let row = rows[end]; row !== undefined && isAsStored(row, latest); row = rows[end]) {
    if (row.stored !== first.stored || row.position !== first.position + end - start) break;
    end += 1;
  }
  return { ...first.stored.rows(first.position, first.position + end - start), sources: new Uint8Array(end - start) };
}

function newRun(rows: readonly Row[], start: number, latest: ReadonlySet<Row>): RowRun {
  const limit = Math.min(rows.length, start + ROWS_OF_A_RUN);
  let end = start + 1;
  for (let row = rows[end]; row !== undefined && end < limit && !isAsStored(row, latest); row = rows[end]) end += 1;
  const run = rows.slice(start, end);
  return runOf(run.map((row) => ({ row: toNewRow(row), isLatest: latest.has(row) })));
}

function isAsStored(row: Row, latest: ReadonlySet<Row>): row is KnownRow {
  return isKnown(row) && row.latest === latest.has(row);
}

interface WrittenRow {
  readonly row: NewRow;
  readonly isLatest: boolean;
}

function runOf(written: readonly WrittenRow[]): RowRun {
  const rows = written.map(({ row }) => row);
  return {
    names: textRunOf(rows.map(({ name }) => name)),
    versions: textRunOf(rows.map(({ version }) => version)),
    items: pieceRunOf(written, itemLength, itemOf),
    searchTexts: pieceRunOf(
      rows,
      ({ searchLength }) => searchLength + LINE_FEED.length,
      (row) => [searchTextOf(row), LINE_FEED],
    ),
    labels: labelRunOf(rows.map(({ labels }) => labels)),
    words: rows.map(({ words }) => words),
    publishedAt: Float64Array.from(rows, ({ publishedAt }) => publishedAt),
    updatedAt: Float64Array.from(rows, ({ updatedAt }) => updatedAt),
    contentHashes: Buffer.concat(
      rows.map(({ contentHash }) => Buffer.from(contentHash, 'hex')),
      rows.length * CONTENT_HASH_BYTES,
    ),
    flags: Uint8Array.from(
      written,
      ({ row, isLatest }) => (isLatest ? FLAG_LATEST : 0) | (row.deleted ? FLAG_DELETED : 0) | (row.hasOfficial ? FLAG_OFFICIAL : 0),
    ),
    sources: new Uint8Array(rows.length),
    files: fileRunOf(rows.map(({ file }) => file)),
  };
}

const LINE_FEED = Buffer.from('\n');
const COMMA = Buffer.from(',');
const WORDS = { true: Buffer.from('true'), false: Buffer.from('false') } as const;

function itemOf({ row, isLatest }: WrittenRow): Buffer[] {
  const head = headOf(row);
  if (!isServerKey(row.name)) return [head, COMMA];
  return [head, WORDS[isLatest ? 'true' : 'false'], row.tail, COMMA];
}

function itemLength({ row, isLatest }: WrittenRow): number {
  const head = row.text.length - row.searchLength;
  if (!isServerKey(row.name)) return head + COMMA.length;
  return head + WORDS[isLatest ? 'true' : 'false'].length + row.tail.length + COMMA.length;
}
