/** Marks parts of a text for a person who reads it on a terminal. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** Colors, or none. */
export function styleFor(color: boolean): Style {
  const between = (open: number, close: number) =>
    color ? (text: string) => `\u001b[${open}m${text}\u001b[${close}m` : (text: string) => text;
  return { bold: between(1, 22), dim: between(2, 22), red: between(31, 39), green: between(32, 39), yellow: between(33, 39) };
}
