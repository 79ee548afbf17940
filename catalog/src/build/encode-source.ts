import type { CatalogEntry } from '../entry/entry.ts';
import { FindingList } from '../entry/findings.ts';
import { encodeSnapshot, rowRun, type RowRun } from '../snapshot/encode.ts';
import type { Predecessor } from '../snapshot/predecessor.ts';
import { itemJson } from './item.ts';
import type { SourceDraft } from './read-source.ts';
import { rowsOf, type Row } from './rows.ts';
import { searchText } from './search-text.ts';

/** What the snapshot of one source is made of. */
export interface EncodeSourceInput {
  readonly registry: { readonly name: string; readonly namespace: string };
  readonly draft: SourceDraft;
  /** Names the rules that the draft was made by, so that a kept snapshot can be told from an outdated one. */
  readonly rules: string;
  /** What was served before: entries keep their first-seen and last-changed times. */
  readonly previous?: Predecessor | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Makes the snapshot of one source by itself, as if there were no other. Where it and its rules stay the same it can be kept, and is merged
 * with those of others without being read again. The block owns its memory and may be transferred to another thread.
 */
export function encodeSource({ registry, draft, rules, previous, now }: EncodeSourceInput): Uint8Array<ArrayBuffer> {
  const { entries, findings } = withoutDuplicates(draft);
  const rows = rowsOf(entries, previous, now);
  const serverCount = rows.filter(({ latest, deleted }) => latest && !deleted).length;
  const source = {
    name: draft.name,
    hash: draft.hash,
    rules,
    serverCount,
    info: draft.info,
    found: findings.counts,
    filtered: draft.filtered,
  };
  return encodeSnapshot({ registry, createdAt: new Date(now).toISOString(), serverCount, sources: [source] }, bytesOf(rows), [
    findings.kept,
  ]);
}

/** Of two equal versions the first one stays. */
function withoutDuplicates({ entries, findings: before }: SourceDraft): { entries: CatalogEntry[]; findings: FindingList } {
  const seen = new Set<string>();
  const findings = new FindingList(before);
  const kept = entries.filter(({ name, version }) => {
    const id = `${name}\n${version}`;
    if (!seen.has(id)) return seen.add(id);
    findings.add({
      entry: name,
      version,
      pointer: '/version',
      rule: 'duplicate',
      message: `version ${version} occurs twice; the first one is served`,
      served: false,
    });
    return false;
  });
  return { entries: kept, findings };
}

/** One at a time, so that the JSON of all items never exists as texts at once. */
function* bytesOf(rows: readonly Row[]): Generator<RowRun> {
  for (const row of rows) {
    const { entry, publishedAt, updatedAt, contentHash, latest, deleted } = row;
    const { name, version } = entry;
    yield rowRun({
      name,
      version,
      item: itemJson(row),
      searchText: searchText(entry),
      publishedAt,
      updatedAt,
      contentHash,
      latest,
      deleted,
    });
  }
}
