/** Whether a name is one that secrets have. */
export function isSecret(name: string): boolean {
  return /key|token|secret|passw|credential|auth|dsn|connection/i.test(name);
}
