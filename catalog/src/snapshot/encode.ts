import { createHash } from 'node:crypto';
import { FINDING_KINDS, kindOf, type Finding } from '../entry/findings.ts';
import { bytesOf, FileColumn, LabelColumn, sectionOf, TextColumn, type Section } from './column-builders.ts';
import { align, HEADER_START, MAGIC, SECTIONS, type SectionName, type SnapshotHeader } from './layout.ts';
import { WordColumn } from './word-column.ts';
import { piecesOf, textRunOf, type RowRun, type TextRun } from './runs.ts';

/** The header, without what encoding computes. */
export type SnapshotFacts = Omit<SnapshotHeader, 'hash' | 'entryCount' | 'findings' | 'sections'>;

/**
 * Encodes rows once, so that answering a request only copies bytes. They must be sorted by the bytes of name, then version, without repetition; otherwise an
 * Error is thrown, since lookups would fail. `findings` has a list for each source of the facts. The result owns its memory and may be transferred.
 */
export function encodeSnapshot(
  facts: SnapshotFacts,
  runs: Iterable<RowRun>,
  findings: readonly (readonly Finding[])[] = [],
): Uint8Array<ArrayBuffer> {
  const { entryCount, ...rows } = sectionsOf(runs);
  const found = findingSections(facts.sources, findings);
  const sections: Record<SectionName, Section> = { ...rows.sections, ...found.sections };
  let offset = 0;
  const places = {} as Record<SectionName, { offset: number; length: number }>;
  for (const name of SECTIONS) {
    const length = sections[name].byteLength;
    places[name] = { offset, length };
    offset = align(offset + length);
  }
  const { registry, createdAt, serverCount, sources } = facts;
  const headerWith = (hash: string): Buffer =>
    Buffer.from(
      JSON.stringify({
        registry,
        createdAt,
        entryCount,
        serverCount,
        sources,
        findings: found.counts,
        hash,
        sections: places,
      } satisfies SnapshotHeader),
    );
  // Every hash has the same length, so the offset of the sections is known before the hash is.
  const headerLength = headerWith('0'.repeat(64)).length;
  const start = align(HEADER_START + headerLength);
  const block = new Uint8Array(start + offset);
  const hash = createHash('sha256');
  for (const name of SECTIONS) {
    let end = start + places[name].offset;
    for (const piece of sections[name].pieces) {
      block.set(piece, end);
      end += piece.byteLength;
    }
    hash.update(block.subarray(start + places[name].offset, end));
  }
  const bytes = Buffer.from(block.buffer);
  bytes.write(MAGIC, 'latin1');
  bytes.writeUInt32LE(headerLength, MAGIC.length);
  headerWith(hash.digest('hex')).copy(bytes, HEADER_START);
  return block;
}

type FindingSection = 'findings' | 'findingOffsets' | 'findingSources';

function sectionsOf(runs: Iterable<RowRun>): { sections: Record<Exclude<SectionName, FindingSection>, Section>; entryCount: number } {
  const body = new TextColumn();
  const names = new TextColumn();
  const versions = new TextColumn();
  const search = new TextColumn();
  const labels = new LabelColumn();
  const files = new FileColumn();
  const words = new WordColumn();
  const publishedAt: Uint8Array[] = [];
  const updatedAt: Uint8Array[] = [];
  const flags: Uint8Array[] = [];
  const contentHashes: Uint8Array[] = [];
  const sources: Uint8Array[] = [];
  let entryCount = 0;
  let before: RowRun | undefined;
  for (const run of runs) {
    checkOrder(lastOf(before?.names), lastOf(before?.versions), run);
    before = run;
    body.add(run.items);
    names.add(piecesOf(run.names));
    versions.add(piecesOf(run.versions));
    search.add(run.searchTexts);
    labels.add(run.labels);
    words.add(run.words);
    publishedAt.push(bytesOf(run.publishedAt));
    updatedAt.push(bytesOf(run.updatedAt));
    flags.push(run.flags);
    contentHashes.push(run.contentHashes);
    sources.push(run.sources);
    files.add(run.files, run.flags.length);
    entryCount += run.flags.length;
  }
  const sections = {
    body: body.texts(),
    bodyOffsets: body.offsets(),
    names: names.texts(),
    nameOffsets: names.offsets(),
    versions: versions.texts(),
    versionOffsets: versions.offsets(),
    search: search.texts(),
    searchOffsets: search.offsets(),
    ...words.sections(),
    ...labels.sections(),
    publishedAt: sectionOf(...publishedAt),
    updatedAt: sectionOf(...updatedAt),
    flags: sectionOf(...flags),
    contentHashes: sectionOf(...contentHashes),
    sources: sectionOf(...sources),
    ...files.sections(),
  };
  return { sections, entryCount };
}

/** Number of findings whose texts are joined at once: a piece of memory for each would take more than the text. */
const FINDINGS_AT_ONCE = 256;

/** Findings of all sources by kind, in the order of {@link FINDING_KINDS}: first those about entries that are not served. */
function findingSections(
  sources: SnapshotHeader['sources'],
  findings: readonly (readonly Finding[])[],
): { sections: Record<FindingSection, Section>; counts: SnapshotHeader['findings'] } {
  const texts = new TextColumn();
  let waiting: string[] = [];
  const flush = (): void => {
    texts.add(piecesOf(textRunOf(waiting)));
    waiting = [];
  };
  const owners: number[] = [];
  let notServed = 0;
  for (const kind of FINDING_KINDS) {
    for (const [index, { name: source }] of sources.entries()) {
      for (const finding of findings[index] ?? []) {
        if (kindOf(finding) !== kind) continue;
        waiting.push(`${JSON.stringify({ source, ...finding, place: undefined, firstPlace: undefined })},`);
        if (waiting.length === FINDINGS_AT_ONCE) flush();
        owners.push(index);
        if (kind === 'leftOut' || kind === 'shadowed') notServed += 1;
      }
    }
  }
  flush();
  return {
    sections: { findings: texts.texts(), findingOffsets: texts.offsets(), findingSources: sectionOf(Uint8Array.from(owners)) },
    counts: { count: owners.length, notServed },
  };
}

/** Runs are sorted in themselves; only their borders are checked. */
function checkOrder(nameBefore: Buffer | undefined, versionBefore: Buffer | undefined, { names, versions }: RowRun): void {
  if (nameBefore === undefined || versionBefore === undefined) return;
  const [name, version] = [valueOf(names, 0), valueOf(versions, 0)];
  const order = Buffer.compare(nameBefore, name) || Buffer.compare(versionBefore, version);
  if (order < 0) return;
  throw new Error(
    `row ${name.toString()} ${version.toString()} is ${order === 0 ? 'there twice' : 'out of order'}; sort rows and merge doubles first`,
  );
}

function valueOf({ bytes, offsets }: TextRun, row: number): Buffer {
  const [base = 0] = offsets;
  return bytes.subarray((offsets[row] ?? 0) - base, (offsets[row + 1] ?? 0) - base);
}

/** The last value of a run. */
function lastOf(run: TextRun | undefined): Buffer | undefined {
  return run === undefined ? undefined : valueOf(run, run.offsets.length - 2);
}
