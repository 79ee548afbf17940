import type { Json } from './json.ts';

/** The part of ECMAScript's JSON that TypeScript's library does not have yet (proposal JSON.parse source text access, in Node 22 and later). */
interface SourceTextAccess {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): Json;
  rawJSON(text: string): Json;
  isRawJSON(value: unknown): boolean;
}

const exact = JSON as unknown as SourceTextAccess;

/**
 * Finds what may be a number that would be written differently: sixteen digits, an exponent, a trailing zero of a fraction, a negative zero. It may also match
 * something else.
 */
const ODD_NUMBER = /[:,[]\s*(?:-?(?:[\d.]{16}|[\d.]+[eE]|\d+\.\d*0(?!\d))|-0)/;

/**
 * Parses JSON so that JSON.stringify writes every number unchanged: one that would be written differently (above 2^53, `1e400`, `1.10`, `-0`) becomes a value
 * that only JSON.stringify can read, see {@link isExactNumber}. Throws SyntaxError.
 */
export function parseExact(text: string): Json {
  return ODD_NUMBER.test(text) ? exact.parse(text, (_key, value, { source }) => exactly(value, source)) : (JSON.parse(text) as Json);
}

/** A number by its JSON text, to be passed on as it is written. */
export function exactNumber(text: string): Json {
  return exact.rawJSON(text);
}

/** The JSON text of an exact number; undefined for any other value. */
export function exactText(value: unknown): string | undefined {
  return isExactNumber(value) ? JSON.stringify(value) : undefined;
}

/** Whether a value is a number that is kept by its digits. */
export function isExactNumber(value: unknown): boolean {
  return exact.isRawJSON(value);
}

function exactly(value: unknown, source: string | undefined): unknown {
  if (typeof value !== 'number' || source === undefined) return value;
  return String(value) === source ? value : exact.rawJSON(source);
}
