/** A string, or a list of strings, as a CEL literal. */
export function quoted(value: string | readonly string[]): string {
  return JSON.stringify(value);
}

/** A named expression of a policy: evaluated once, and used by others as `variables.NAME`. */
export interface Variable {
  readonly name: string;
  readonly expression: string;
}
