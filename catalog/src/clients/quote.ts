import { plainText } from '../launch/hidden.ts';

/** What needs no quotes in any shell. zsh takes a word that begins with `=` for a command, fish `%self` for the number of its process. */
const PLAIN = /^(?![=%])[A-Za-z0-9_@%+=:,./-]+$/;
/** Longest text that is quoted in a sentence. */
const MAX_QUOTED = 200;

/**
 * A word as it is written in sh, bash, zsh and fish: in single quotes where it needs any. A backslash stands outside of them, since fish takes it for an escape
 * inside. For PowerShell and cmd.exe this is not the right form.
 */
export function shellQuote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll(/['\\]+/g, (part) => `'${part.replaceAll(/./g, String.raw`\$&`)}'`)}'`;
}

/** A command as it is pasted into a shell. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}

/** A text of an entry in a sentence: nothing, should the sentence get into a shell after all. */
export function quotedText(text: string): string {
  return shellQuote(plainText(text, MAX_QUOTED));
}

/** A text as it stands in a URL. Marks are left as they are by `encodeURIComponent`, but shells take them for their own. */
export function urlText(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
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
