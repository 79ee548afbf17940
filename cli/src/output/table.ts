import { printable } from '../terminal/printable.ts';
import type { Style } from '../terminal/style.ts';
import { fitted, widthOf } from '../terminal/width.ts';
import { fittedWidths } from './fit.ts';

/** One column of a table of `T`. */
export interface Column<T> {
  /** In capitals. */
  readonly title: string;
  readonly text: (row: T) => string;
  /** Shown with `-o wide` only. */
  readonly wide?: boolean;
  /** Is cut before all others where a terminal is too narrow, and left out where it is far too narrow. */
  readonly rest?: boolean;
  readonly style?: (row: T, style: Style) => ((text: string) => string) | undefined;
}

/** How a table is drawn. */
export interface TableOptions {
  readonly wide: boolean;
  /** Columns of the terminal; undefined: nothing is cut. */
  readonly width: number | undefined;
  readonly style: Style;
  /** Whether the titles are above. */
  readonly headers: boolean;
}

/** Spaces between two columns, as kubectl has them. */
const GAP = 3;
/** What any column keeps beside its title, however narrow the terminal is. */
const LEAST = 8;

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
    const widths = this.#fitting();
    const lines = cells.map((row, index) => this.#line(row, widths, (column) => column.style?.(rows[index] as T, this.#options.style)));
    if (this.#options.headers && !this.#begun && rows.length > 0) {
      this.#begun = true;
      lines.unshift(
        this.#line(
          this.#columns.map(({ title }) => title),
          widths,
          () => this.#options.style.bold,
        ),
      );
    }
    return lines.map((line) => `${line}\n`).join('');
  }

  /** The widths with which a line fits on the terminal. */
  #fitting(): readonly number[] {
    const { width, wide } = this.#options;
    if (width === undefined || wide) return this.#widths;
    const rest = this.#columns.findIndex((column) => column.rest === true);
    return fittedWidths({
      wanted: this.#widths,
      least: this.#columns.map(({ title }) => Math.max(title.length, LEAST)),
      gap: GAP,
      width,
      rest: rest < 0 ? undefined : rest,
    });
  }

  #line(
    cells: readonly string[],
    widths: readonly number[],
    styleOf: (column: Column<T>) => ((text: string) => string) | undefined,
  ): string {
    let line = '';
    for (const [index, column] of this.#columns.entries()) {
      const width = widths[index] ?? 0;
      if (width === 0 && (this.#widths[index] ?? 0) > 0) continue;
      const cell = fitted(cells[index] ?? '', width);
      const padding = index === this.#columns.length - 1 ? '' : ' '.repeat(width - widthOf(cell) + GAP);
      line += `${styleOf(column)?.(cell) ?? cell}${padding}`;
    }
    return line.trimEnd();
  }
}
