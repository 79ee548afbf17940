/** Columns that share a line. */
export interface Room {
  /** Characters that each of them wants. */
  readonly wanted: readonly number[];
  /** Characters that each of them keeps in any case. */
  readonly least: readonly number[];
  /** Spaces between two of them. */
  readonly gap: number;
  /** Characters of a line. */
  readonly width: number;
  /** The column that is cut before all others, and left out where hardly anything would remain of it. */
  readonly rest: number | undefined;
}

/** What a column that is cut first keeps, while others can be cut too. */
const GOOD_REST = 20;
/** What it keeps at all. */
const LEAST_REST = 12;

/**
 * Characters for each column, so that a line is no longer than it may be; 0 for one that is left out. The first column names what the line is about: it is
 * the last one that is cut.
 */
export function fittedWidths({ wanted, least, gap, width, rest }: Room): readonly number[] {
  const over = wanted.reduce((sum, one) => sum + one + gap, -gap) - width;
  if (over <= 0) return wanted;
  const all = wanted.map((_, index) => index);
  const middle = all.filter((index) => index !== 0 && index !== rest);
  if (rest !== undefined) {
    const floors = (most: number): readonly number[] => least.map((one, index) => (index === rest ? most : one));
    const fitting = cut(cut({ widths: wanted, over }, [rest], floors(GOOD_REST)), middle, least);
    const last = cut(fitting, [rest], floors(LEAST_REST));
    if (last.over <= 0) return last.widths;
  }
  const without = wanted.map((one, index) => (index === rest ? 0 : one));
  const left = rest === undefined ? over : over - (wanted[rest] ?? 0) - gap;
  return cut(cut({ widths: without, over: left }, middle, least), [0], least).widths;
}

interface Cut {
  readonly widths: readonly number[];
  /** Characters by which a line is still too long. */
  readonly over: number;
}

/** Takes from some columns, always from the widest of them. */
function cut({ widths, over }: Cut, from: readonly number[], least: readonly number[]): Cut {
  const cutDown = [...widths];
  let left = over;
  for (; left > 0; left -= 1) {
    const able = from.filter((index) => (cutDown[index] ?? 0) > (least[index] ?? 0));
    const [widest] = able.sort((a, b) => (cutDown[b] ?? 0) - (cutDown[a] ?? 0));
    if (widest === undefined) break;
    cutDown[widest] = (cutDown[widest] ?? 0) - 1;
  }
  return { widths: cutDown, over: left };
}
