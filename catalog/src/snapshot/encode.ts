import { createHash } from 'node:crypto';
import { kindOf, type Finding } from '../entry/findings.ts';
import {
  align,
  CONTENT_HASH_BYTES,
  FLAG_DELETED,
  FLAG_LATEST,
  HEADER_START,
  MAGIC,
  SECTIONS,
  type SectionName,
  type SnapshotHeader,
} from './layout.ts';

/** One row as it is stored. */
export interface SnapshotRow {
  readonly name: string;
  readonly version: string;
  /** The finished JSON that requests are answered with. */
  readonly item: string;
  /** What `search` looks at, in one line. */
  readonly searchText: string;
  /** What lists can be narrowed down by. */
  readonly labels: readonly string[];
  /** Milliseconds since 1970, microseconds as the fraction; so is `updatedAt`. */
  readonly publishedAt: number;
  readonly updatedAt: number;
  /** 32 hexadecimal digits. */
  readonly contentHash: string;
  readonly latest: boolean;
  readonly deleted: boolean;
}

/** Values of neighboring rows, one after the other. */
export interface TextRun {
  readonly bytes: Buffer;
  /** Where each value begins, and where the last one ends; counted from wherever the first one begins. */
  readonly offsets: Uint32Array;
}

/** The same in pieces that are copied once, into the block: together they may be as large as all of it. */
export interface PieceRun {
  readonly pieces: readonly Buffer[];
  /** As in {@link TextRun}, of the pieces put together. */
  readonly offsets: Uint32Array;
}

/** Labels of neighboring rows. */
export interface LabelRun {
  /** The labels that may occur; one list for many runs of the same block. */
  readonly dictionary: readonly string[];
  /** Indexes in the dictionary, those of one row behind the other's. */
  readonly ids: Uint32Array;
  /** Where the ids of each row begin, and where the last ones end; counted from wherever the first ones begin. */
  readonly offsets: Uint32Array;
}

/** Rows that follow each other, as bytes: one that was just made, or a part of another block. */
export interface RowRun {
  readonly names: TextRun;
  readonly versions: TextRun;
  /** The items' JSON, each with the comma behind it. */
  readonly items: PieceRun;
  /** The search texts, each with the line feed behind it. */
  readonly searchTexts: PieceRun;
  readonly labels: LabelRun;
  readonly publishedAt: Float64Array;
  readonly updatedAt: Float64Array;
  readonly contentHashes: Uint8Array;
  /** Bits of {@link FLAG_LATEST} and {@link FLAG_DELETED}. */
  readonly flags: Uint8Array;
  /** Which of the header's sources each row comes from. */
  readonly sources: Uint8Array;
}

/** One row as bytes, of the header's source with that index. Throws an Error for a content hash of another length. */
export function rowRun(row: SnapshotRow, source = 0): RowRun {
  return {
    names: textRun(row.name),
    versions: textRun(row.version),
    items: pieceRunOf([[Buffer.from(`${row.item},`)]]),
    searchTexts: pieceRunOf([[Buffer.from(`${row.searchText}\n`)]]),
    labels: labelRunOf([row.labels]),
    publishedAt: Float64Array.of(row.publishedAt),
    updatedAt: Float64Array.of(row.updatedAt),
    contentHashes: hashBytes(row.contentHash),
    flags: Uint8Array.of((row.latest ? FLAG_LATEST : 0) | (row.deleted ? FLAG_DELETED : 0)),
    sources: Uint8Array.of(source),
  };
}

/** Values as one run. */
export function textRunOf(values: readonly string[]): TextRun {
  const { pieces, offsets } = pieceRunOf(values.map((value) => [Buffer.from(value)]));
  return { bytes: Buffer.concat(pieces), offsets };
}

/** Values, each given in pieces, as one run. */
export function pieceRunOf(values: readonly (readonly Buffer[])[]): PieceRun {
  const offsets = new Uint32Array(values.length + 1);
  for (const [index, pieces] of values.entries()) {
    offsets[index + 1] = pieces.reduce((sum, piece) => sum + piece.length, offsets[index] ?? 0);
  }
  return { pieces: values.flat(), offsets };
}

/** Labels of rows as one run. */
export function labelRunOf(rows: readonly (readonly string[])[]): LabelRun {
  const known = new Map<string, number>();
  const ids: number[] = [];
  const offsets = new Uint32Array(rows.length + 1);
  for (const [index, labels] of rows.entries()) {
    for (const label of labels) {
      const id = known.get(label) ?? known.size;
      if (id === known.size) known.set(label, id);
      ids.push(id);
    }
    offsets[index + 1] = ids.length;
  }
  return { dictionary: [...known.keys()], ids: Uint32Array.from(ids), offsets };
}

function textRun(text: string): TextRun {
  const bytes = Buffer.from(text);
  return { bytes, offsets: Uint32Array.of(0, bytes.length) };
}

/** The header, without what encoding works out. */
export type SnapshotFacts = Omit<SnapshotHeader, 'hash' | 'entryCount' | 'findings' | 'sections'>;

/** The bytes of one section, in pieces. */
type Section = readonly Uint8Array[];

/**
 * Encodes rows once, so that answering a request is copying bytes. They must come sorted by the bytes of name, then version, each
 * once; an Error is thrown otherwise, since no question could be answered. `findings` has a list for each source of the facts. The result
 * owns its memory and may be transferred.
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
    const length = sections[name].reduce((sum, piece) => sum + piece.byteLength, 0);
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
  // Every hash has the same length, so the place of the sections is known before it is.
  const headerLength = headerWith('0'.repeat(64)).length;
  const start = align(HEADER_START + headerLength);
  const block = new Uint8Array(start + offset);
  const hash = createHash('sha256');
  for (const name of SECTIONS) {
    let end = start + places[name].offset;
    for (const piece of sections[name]) {
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
    publishedAt.push(bytesOf(run.publishedAt));
    updatedAt.push(bytesOf(run.updatedAt));
    flags.push(run.flags);
    contentHashes.push(run.contentHashes);
    sources.push(run.sources);
    entryCount += run.flags.length;
  }
  const sections = {
    body: body.pieces,
    bodyOffsets: [body.offsets()],
    names: names.pieces,
    nameOffsets: [names.offsets()],
    versions: versions.pieces,
    versionOffsets: [versions.offsets()],
    search: search.pieces,
    searchOffsets: [search.offsets()],
    ...labels.sections(),
    publishedAt,
    updatedAt,
    flags,
    contentHashes,
    sources,
  };
  return { sections, entryCount };
}

/** Findings of all sources: first of entries that were left out, then of those that were shadowed, then of those that were repaired. */
function findingSections(
  sources: SnapshotHeader['sources'],
  findings: readonly (readonly Finding[])[],
): { sections: Record<FindingSection, Section>; counts: SnapshotHeader['findings'] } {
  const texts = new TextColumn();
  const owners: number[] = [];
  let notServed = 0;
  for (const kind of ['leftOut', 'shadowed', 'repaired'] as const) {
    for (const [index, { name: source }] of sources.entries()) {
      for (const finding of findings[index] ?? []) {
        if (kindOf(finding) !== kind) continue;
        texts.add(piecesOf(textRun(`${JSON.stringify({ source, ...finding })},`)));
        owners.push(index);
        if (!finding.served) notServed += 1;
      }
    }
  }
  return {
    sections: { findings: texts.pieces, findingOffsets: [texts.offsets()], findingSources: [Uint8Array.from(owners)] },
    counts: { count: owners.length, notServed },
  };
}

/** Runs are sorted in themselves; what is looked at is where they meet. */
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

function hashBytes(digits: string): Buffer {
  const bytes = Buffer.from(digits, 'hex');
  if (bytes.length === CONTENT_HASH_BYTES) return bytes;
  throw new Error(`content hash "${digits}" has not ${CONTENT_HASH_BYTES * 2} hexadecimal digits`);
}

/** The last value of a run. */
function lastOf(run: TextRun | undefined): Buffer | undefined {
  return run === undefined ? undefined : valueOf(run, run.offsets.length - 2);
}

function piecesOf({ bytes, offsets }: TextRun): PieceRun {
  return { pieces: [bytes], offsets };
}

/** Values of changing length, one after the other, with their offsets. */
class TextColumn {
  readonly pieces: Buffer[] = [];
  readonly #ends: number[] = [0];
  #length = 0;

  add({ pieces, offsets }: PieceRun): void {
    const [first = 0] = offsets;
    const shift = this.#length - first;
    for (let row = 1; row < offsets.length; row += 1) this.#ends.push((offsets[row] ?? 0) + shift);
    for (const piece of pieces) this.pieces.push(piece);
    this.#length = (offsets.at(-1) ?? first) + shift;
  }

  offsets(): Uint8Array {
    return bytesOf(Uint32Array.from(this.#ends));
  }
}

/** The labels of rows, each label once. */
class LabelColumn {
  /** Labels in the order in which they first occur: the same rows give the same block, wherever they come from. */
  readonly #known = new Map<string, number>();
  /** What an index in a dictionary is here; runs of one block share theirs. */
  readonly #translated = new WeakMap<readonly string[], Int32Array>();
  readonly #ids: number[] = [];
  readonly #ends: number[] = [0];

  add({ dictionary, ids, offsets }: LabelRun): void {
    const translation = this.#translationOf(dictionary);
    for (let row = 1; row < offsets.length; row += 1) {
      for (let at = offsets[row - 1] ?? 0; at < (offsets[row] ?? 0); at += 1) {
        const given = ids[at] ?? 0;
        let id = translation[given] ?? -1;
        if (id < 0) {
          const label = dictionary[given] ?? '';
          id = this.#known.get(label) ?? this.#known.size;
          this.#known.set(label, id);
          translation[given] = id;
        }
        this.#ids.push(id);
      }
      this.#ends.push(this.#ids.length);
    }
  }

  sections(): Record<'labels' | 'labelOffsets' | 'rowLabels' | 'rowLabelOffsets', Section> {
    const texts = textRunOf([...this.#known.keys()]);
    return {
      labels: [texts.bytes],
      labelOffsets: [bytesOf(texts.offsets)],
      rowLabels: [bytesOf(Uint32Array.from(this.#ids))],
      rowLabelOffsets: [bytesOf(Uint32Array.from(this.#ends))],
    };
  }

  #translationOf(dictionary: readonly string[]): Int32Array {
    const known = this.#translated.get(dictionary);
    if (known !== undefined) return known;
    const translation = new Int32Array(dictionary.length).fill(-1);
    this.#translated.set(dictionary, translation);
    return translation;
  }
}

function bytesOf(array: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
