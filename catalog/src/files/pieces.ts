/** A file in pieces. Undefined between two of them marks a point at which the writer may pause. */
export type Pieces = Generator<Buffer | undefined, void, undefined>;

const COMMA = Buffer.from(',');

/** Members with commas between them. */
export function* listed(rows: readonly number[], textOf: (row: number) => Buffer): Pieces {
  for (const [index, row] of rows.entries()) {
    if (index > 0) yield COMMA;
    yield textOf(row);
  }
}
