import type { TextPosition } from '@toolhive-registry/catalog';

/**
 * Finds lines and columns in a text: both begin with 1, columns are UTF-16 code units, as editors and SARIF count them, and a tab is one. A line ends
 * with CRLF, LF or CR, as for YAML and for VS Code.
 */
export function positionsIn(text: string): (offset: number) => TextPosition {
  const starts = [0, ...Array.from(text.matchAll(/\r\n?|\n/g), ({ index, 0: end }) => index + end.length)];
  return (offset) => {
    let [low, high] = [0, starts.length];
    // The last line that begins at the offset or before it.
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
