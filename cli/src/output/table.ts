import { printable } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';
import { fitted, widthOf } from '../terminal/width.ts';

/** One column of a table of `T`. */
export interface Column<T> {
  /** In capitals. */
  readonly title: string;
  readonly text: (row: T) => string;
  /** Shown with `-o wide` only. */
  readonly wide?: boolean;
  /** Takes what the others leave of a line, and is cut to that on a terminal. Only the last column can. */
  readonly rest?: boolean;
  readonly style?: (row: T, style: Style) => ((text: string) => string) | undefined;
}

/** How a table is drawn. */
export interface TableOptions {
  readonly wide: boolean;
  /** Columns of the terminal; undefined: nothing is cut. */
  readonly width: number | undefined;
  readonly style: Style;
  /** Whether the titles stand above. */
  readonly headers: boolean;
}

/** Spaces between two columns, as kubectl has them. */
const GAP = 3;
/** What the last column keeps, however narrow the terminal is. */
const LEAST_REST = 20;

/**
 * Draws a table row by row. The widths are those of the first rows, and grow with later ones: nothing has to be kept until the end of a long list.
 */
export class TableWriter<T> {
  readonly #columns: readonly Column<T>[];
  readonly #options: TableOptions;
  readonly #widths: number[];
  #begun = false;

  constructor(columns: readonly Column<T>[], options: TableOptions) {
    this.#columns = columns.filter(({ wide }) => options.wide || wide !== true);
    this.#options = options;
    this.#widths = this.#columns.map(({ title }) => (options.headers ? title.length : 0));
  }

  /** The lines of some rows, below the titles where they are the first. */
  lines(rows: readonly T[]): string {
    const cells = rows.map((row) => this.#columns.map(({ text }) => printable(text(row))));
    for (const row of cells) {
      for (const [index, cell] of row.entries()) this.#widths[index] = Math.max(this.#widths[index] ?? 0, widthOf(cell));
    }
    const lines = cells.map((row, index) => this.#line(row, (column) => column.style?.(rows[index] as T, this.#options.style)));
    if (this.#options.headers && !this.#begun && rows.length > 0) {
      this.#begun = true;
      lines.unshift(
        this.#line(
          this.#columns.map(({ title }) => title),
          () => this.#options.style.bold,
        ),
      );
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  #line(cells: readonly string[], styleOf: (column: Column<T>) => ((text: string) => string) | undefined): string {
    let line = '';
    let used = 0;
    for (const [index, column] of this.#columns.entries()) {
      const isLast = index === this.#columns.length - 1;
      const cell = isLast ? this.#last(cells[index] ?? '', column, used) : (cells[index] ?? '');
      const padding = isLast ? '' : ' '.repeat((this.#widths[index] ?? 0) - widthOf(cell) + GAP);
      line += `${styleOf(column)?.(cell) ?? cell}${padding}`;
      used += (this.#widths[index] ?? 0) + GAP;
    }
    return line.trimEnd();
  }

  #last(cell: string, { rest }: Column<T>, used: number): string {
    const { width, wide } = this.#options;
    return rest !== true || width === undefined || wide ? cell : fitted(cell, Math.max(width - used, LEAST_REST));
  }
}
