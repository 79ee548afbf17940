import { plainText } from '../launch/hidden.ts';

/** What needs no quotes in any shell. zsh takes a word that begins with `=` as a command, fish `%self` as its process ID. */
const PLAIN = /^(?![=%])[A-Za-z0-9_@%+=:,./-]+$/;
/** Longest text that is quoted in a sentence. */
const MAX_QUOTED = 200;

/**
 * A word for sh, bash, zsh and fish: in single quotes if it needs any. Backslashes are outside of them, since fish treats them as escapes inside. Not suitable
 * for PowerShell and cmd.exe.
 */
export function shellQuote(word: string): string {
  return PLAIN.test(word) ? word : `'${word.replaceAll(/['\\]+/g, (part) => `'${part.replaceAll(/./g, String.raw`\$&`)}'`)}'`;
}

/** A command to be pasted into a shell. */
export function shellCommand(words: readonly string[]): string {
  return words.map(shellQuote).join(' ');
}

/** A text of an entry quoted in a sentence, harmless even if the sentence ends up in a shell. */
export function quotedText(text: string): string {
  return shellQuote(plainText(text, MAX_QUOTED));
}

/** A text as part of a URL. `encodeURIComponent` leaves some marks that shells interpret. */
export function urlText(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*~]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A TOML basic string (toml.io, v1.0.0): as in JSON, except for DEL, which has to be escaped, and lone surrogates, which cannot be written. */
export function tomlString(text: string): string {
  return JSON.stringify(text.toWellFormed()).replaceAll('\u007f', String.raw`\u007f`);
}

/** A TOML key: bare if possible. */
export function tomlKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : tomlString(key);
}

/** JSON for a file. */
export function jsonFile(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** The UTF-8 bytes of a text in Base64. */
export function base64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
