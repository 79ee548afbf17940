/** What needs no quotes in any POSIX shell. zsh takes a word that begins with `=` for a command. */
const PLAIN = /^(?!=)[A-Za-z0-9_@%+=:,./-]+$/;

/**
 * A word as it is written in a POSIX shell: in single quotes where it needs any. A backslash stands outside of them, since fish takes it for an escape
 * inside. For PowerShell and cmd.exe this is not the right form.
 */
export function shellQuote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll(/['\\]+/g, (part) => `'${part.replaceAll(/./g, String.raw`\$&`)}'`)}'`;
}

/** A command as it is pasted into a POSIX shell. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}

/** A text as a basic string of TOML (toml.io, v1.0.0): as in JSON, but for DEL, which has to be escaped, and halves of pairs, which cannot be written. */
export function tomlString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll('\u007f', String.raw`\u007f`);
}

/** A key of TOML: bare where it may be. */
export function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlString(key);
}

/** JSON as it stands in a file. */
export function jsonFile(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** A text in Base64, by its UTF-8 bytes. */
export function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
