/** Too many inputs were named. The message says what to do. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** Why a file or folder cannot be read, as the end of a sentence that begins with its name. `special` overrides the text for some codes. */
export function reasonOf(cause: unknown, special: Readonly<Record<string, string>> = {}): string {
  const code = codeOf(cause);
  const reasons: Readonly<Record<string, string>> = { ...REASONS, ...special };
  const known = code !== undefined && Object.hasOwn(reasons, code) ? reasons[code] : undefined;
  return known ?? `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** The code of an error of Node.js. */
export function codeOf(cause: unknown): string | undefined {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist; correct the path',
  ENOTDIR: 'does not exist; correct the path',
  ELOOP: 'is a broken link; correct or remove it',
  EACCES: 'cannot be read; correct its permissions',
  EPERM: 'cannot be read; correct its permissions',
};
