/** Whether a name is typical for secrets. */
export function isSecret(name: string): boolean {
  return /key|token|secret|pass|pwd|credential|creds|auth|bearer|cookie|session|signature|\bpat\b|dsn|connection|private/i.test(name);
}

/** Whether a text is a valid variable name. If not, it may be a value in the wrong place. */
export function isVariableName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,100}$/.test(text);
}

/** Whether a text is a valid header name (RFC 9110, 5.1), restricted to common characters. */
export function isHeaderName(text: string): boolean {
  return /^[A-Za-z][A-Za-z0-9-]{0,60}$/.test(text);
}
