import type { FileSection } from './layout.ts';
import { textRunOf, type FileRun, type LabelRun, type PieceRun } from './runs.ts';

/** The bytes of one section, in pieces that are iterated once. */
export interface Section {
  readonly byteLength: number;
  readonly pieces: Iterable<Uint8Array>;
}

/** A section of existing pieces. */
export function sectionOf(...pieces: readonly Uint8Array[]): Section {
  return { byteLength: pieces.reduce((sum, piece) => sum + piece.byteLength, 0), pieces };
}

/** Values of variable length, one after the other, with their offsets. */
export class TextColumn {
  readonly #runs: Iterable<Buffer>[] = [];
  readonly #ends: number[] = [0];
  #length = 0;

  add({ pieces, offsets }: PieceRun): void {
    const [first = 0] = offsets;
    const shift = this.#length - first;
    for (let row = 1; row < offsets.length; row += 1) this.#ends.push((offsets[row] ?? 0) + shift);
    this.#runs.push(pieces);
    this.#length = (offsets.at(-1) ?? first) + shift;
  }

  texts(): Section {
    return { byteLength: this.#length, pieces: flattened(this.#runs) };
  }

  offsets(): Section {
    return sectionOf(bytesOf(Uint32Array.from(this.#ends)));
  }
}

function* flattened(runs: readonly Iterable<Buffer>[]): Generator<Buffer> {
  for (const pieces of runs) yield* pieces;
}

/** The texts of several dictionaries without repetition, in the order of first occurrence: equal rows give equal blocks, wherever they come from. */
class TextTable {
  readonly #known = new Map<string, number>();
  /** Mapping of an index in a dictionary; runs of one block share it. */
  readonly #translated = new WeakMap<readonly string[], Int32Array>();

  /** Number of texts. */
  get size(): number {
    return this.#known.size;
  }

  /** Returns the index here for an index in a dictionary. */
  numbersOf(dictionary: readonly string[]): (given: number) => number {
    const translation = this.#translationOf(dictionary);
    return (given) => {
      let id = translation[given] ?? -1;
      if (id < 0) {
        const text = dictionary[given] ?? '';
        id = this.#known.get(text) ?? this.#known.size;
        this.#known.set(text, id);
        translation[given] = id;
      }
      return id;
    };
  }

  sections(): { readonly texts: Section; readonly offsets: Section } {
    const { bytes, offsets } = textRunOf([...this.#known.keys()]);
    return { texts: sectionOf(bytes), offsets: sectionOf(bytesOf(offsets)) };
  }

  #translationOf(dictionary: readonly string[]): Int32Array {
    const known = this.#translated.get(dictionary);
    if (known !== undefined) return known;
    const translation = new Int32Array(dictionary.length).fill(-1);
    this.#translated.set(dictionary, translation);
    return translation;
  }
}

/** The labels of rows, each label once. */
export class LabelColumn {
  readonly #table = new TextTable();
  readonly #ids: number[] = [];
  readonly #ends: number[] = [0];

  add({ dictionary, ids, offsets }: LabelRun): void {
    const numberOf = this.#table.numbersOf(dictionary);
    for (let row = 1; row < offsets.length; row += 1) {
      for (let at = offsets[row - 1] ?? 0; at < (offsets[row] ?? 0); at += 1) this.#ids.push(numberOf(ids[at] ?? 0));
      this.#ends.push(this.#ids.length);
    }
  }

  sections(): Record<'labels' | 'labelOffsets' | 'rowLabels' | 'rowLabelOffsets', Section> {
    const { texts, offsets } = this.#table.sections();
    return {
      labels: texts,
      labelOffsets: offsets,
      rowLabels: sectionOf(bytesOf(Uint32Array.from(this.#ids))),
      rowLabelOffsets: sectionOf(bytesOf(Uint32Array.from(this.#ends))),
    };
  }
}

/** The files of rows, each file once. Takes no space if no row has one. */
export class FileColumn {
  readonly #table = new TextTable();
  readonly #ids: number[] = [];
  #rows = 0;

  add(files: FileRun | undefined, rows: number): void {
    if (files !== undefined) {
      const numberOf = this.#table.numbersOf(files.dictionary);
      // Rows since the last one with a file have none.
      while (this.#ids.length < this.#rows) this.#ids.push(0);
      for (const id of files.ids) this.#ids.push(id === 0 ? 0 : numberOf(id - 1) + 1);
    }
    this.#rows += rows;
  }

  sections(): Record<FileSection, Section> {
    if (this.#table.size === 0) return { files: sectionOf(), fileOffsets: sectionOf(), rowFiles: sectionOf() };
    const { texts, offsets } = this.#table.sections();
    const ids = new Uint32Array(this.#rows);
    ids.set(this.#ids);
    return { files: texts, fileOffsets: offsets, rowFiles: sectionOf(bytesOf(ids)) };
  }
}

/** The memory of a number array. */
export function bytesOf(array: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
