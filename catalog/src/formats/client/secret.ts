/** Whether a name is one that secrets have. */
export function isSecret(name: string): boolean {
  return /key|token|secret|pass|pwd|credential|creds|auth|bearer|cookie|session|signature|\bpat\b|dsn|connection|private/i.test(name);
}

/** Whether a text is the name of a variable. Where it is none, a value may stand in its place. */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,100}$/.test(text);
}

/** Whether a text is the name of a header (RFC 9110, 5.1), as far as anybody uses them. */
export function isHeaderName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(text);
}
