import { FindingList } from '../entry/findings.ts';
import { CONTENT_HASH_BYTES, FLAG_DELETED, FLAG_LATEST } from '../snapshot/layout.ts';
import { encodeSnapshot, textRunOf, type RowRun } from '../snapshot/encode.ts';
import type { SourceDraft } from './read-source.ts';
import { latestRows, sortRows, type Row } from './rows.ts';

/** What the snapshot of one source is made of. */
export interface EncodeSourceInput {
  readonly registry: { readonly name: string; readonly namespace: string };
  readonly draft: SourceDraft;
  /** Names the rules that the draft was made by, so that a kept snapshot can be told from an outdated one. */
  readonly rules: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Rows that are put together at once. */
const ROWS_OF_A_RUN = 256;

/**
 * Makes the snapshot of one source by itself, as if there were no other. Where it and its rules stay the same it can be kept, and is merged
 * with those of others without being read again. The block owns its memory and may be transferred to another thread.
 */
export function encodeSource({ registry, draft, rules, now }: EncodeSourceInput): Uint8Array<ArrayBuffer> {
  const { rows, findings } = withoutDuplicates(draft);
  const latest = latestRows(rows);
  const serverCount = [...latest].filter(({ deleted }) => !deleted).length;
  const source = {
    name: draft.name,
    hash: draft.hash,
    rules,
    serverCount,
    info: draft.info,
    found: findings.counts,
    filtered: draft.filtered,
  };
  return encodeSnapshot({ registry, createdAt: new Date(now).toISOString(), serverCount, sources: [source] }, runsOf(rows, latest), [
    findings.kept,
  ]);
}

/** Of two equal versions the first one stays. */
function withoutDuplicates(draft: SourceDraft): { rows: Row[]; findings: FindingList } {
  const findings = new FindingList(draft.findings);
  const rows: Row[] = [];
  for (const row of sortRows(draft.rows)) {
    const { name, version } = row;
    const before = rows.at(-1);
    if (before?.name !== name || before.version !== version) {
      rows.push(row);
      continue;
    }
    findings.add({
      entry: name,
      version,
      pointer: '/version',
      rule: 'duplicate',
      message: `version ${version} occurs twice; the first one is served`,
      served: false,
    });
  }
  return { rows, findings };
}

function* runsOf(rows: readonly Row[], latest: ReadonlySet<Row>): Generator<RowRun> {
  for (let start = 0; start < rows.length; start += ROWS_OF_A_RUN) yield runOf(rows.slice(start, start + ROWS_OF_A_RUN), latest);
}

function runOf(rows: readonly Row[], latest: ReadonlySet<Row>): RowRun {
  return {
    names: textRunOf(rows.map(({ name }) => [Buffer.from(name)])),
    versions: textRunOf(rows.map(({ version }) => [Buffer.from(version)])),
    items: textRunOf(rows.map((row) => itemOf(row, latest.has(row)))),
    searchTexts: textRunOf(rows.map((row) => [row.searchText, LINE_FEED])),
    publishedAt: Float64Array.from(rows, ({ publishedAt }) => publishedAt),
    updatedAt: Float64Array.from(rows, ({ updatedAt }) => updatedAt),
    contentHashes: Buffer.concat(
      rows.map(({ contentHash }) => Buffer.from(contentHash, 'hex')),
      rows.length * CONTENT_HASH_BYTES,
    ),
    flags: Uint8Array.from(rows, (row) => (latest.has(row) ? FLAG_LATEST : 0) | (row.deleted ? FLAG_DELETED : 0)),
    sources: new Uint8Array(rows.length),
  };
}

const LINE_FEED = Buffer.from('\n');
const COMMA = Buffer.from(',');
const WORDS = { true: Buffer.from('true'), false: Buffer.from('false') } as const;

function itemOf({ item, latestAt }: Row, isLatest: boolean): Buffer[] {
  return [item.subarray(0, latestAt), WORDS[isLatest ? 'true' : 'false'], item.subarray(latestAt), COMMA];
}
