import { printable } from '../terminal/printable.ts';

/** A value in a line of text: scalars as they are, all else as JSON. */
export function scalarText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A line of text from a catalog. */
export function lineOf(value: unknown): string {
  return printable(scalarText(value));
}
