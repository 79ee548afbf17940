/** A text, or a list of texts, as CEL writes it. */
export function quoted(value: string | readonly string[]): string {
  return JSON.stringify(value);
}

/** A named expression of a policy: what is worked out once, and used by others as `variables.NAME`. */
export interface Variable {
  readonly name: string;
  readonly expression: string;
}
