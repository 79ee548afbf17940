import { textRunOf, type LabelRun, type PieceRun } from './runs.ts';

/** The bytes of one section, in pieces that are gone through once. */
export interface Section {
  readonly byteLength: number;
  readonly pieces: Iterable<Uint8Array>;
}

/** A section of pieces that are there. */
export function sectionOf(...pieces: readonly Uint8Array[]): Section {
  return { byteLength: pieces.reduce((sum, piece) => sum + piece.byteLength, 0), pieces };
}

/** Values of changing length, one after the other, with their offsets. */
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

/** The labels of rows, each label once. */
export class LabelColumn {
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
      labels: sectionOf(texts.bytes),
      labelOffsets: sectionOf(bytesOf(texts.offsets)),
      rowLabels: sectionOf(bytesOf(Uint32Array.from(this.#ids))),
      rowLabelOffsets: sectionOf(bytesOf(Uint32Array.from(this.#ends))),
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

/** The memory of an array of numbers. */
export function bytesOf(array: Float64Array | Uint32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}
