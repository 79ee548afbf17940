import type { Json } from './json.ts';

/** The part of ECMAScript's JSON that TypeScript's library does not have yet (proposal JSON.parse source text access, in Node 22 and later). */
interface SourceTextAccess {
  parse(text: string, reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown): Json;
  rawJSON(text: string): Json;
  isRawJSON(value: unknown): boolean;
}

const exact = JSON as unknown as SourceTextAccess;

/** Finds what may be a number that a double does not hold: sixteen digits, an exponent, a negative zero. Now and then it finds something else. */
const ODD_NUMBER = /[:,[]\s*(?:-?(?:[\d.]{16}|[\d.]+[eE])|-0)/;

/**
 * Parses JSON so that JSON.stringify writes every number as it was: one that a double does not hold (above 2^53, `1e400`, `-0`) becomes a value that
 * only JSON.stringify can read, see {@link isExactNumber}. Throws SyntaxError.
 */
export function parseExact(text: string): Json {
  return ODD_NUMBER.test(text) ? exact.parse(text, (_key, value, { source }) => exactly(value, source)) : (JSON.parse(text) as Json);
}

/** Whether a value is a number that is kept by its digits. */
export function isExactNumber(value: unknown): boolean {
  return exact.isRawJSON(value);
}

function exactly(value: unknown, source: string | undefined): unknown {
  if (typeof value !== 'number' || source === undefined) return value;
  const isHeld = Number.isFinite(value) && !Object.is(value, -0) && decimalOf(String(value)) === decimalOf(source);
  return isHeld ? value : exact.rawJSON(source);
}

/** The same text for numbers that are the same, however they are written; their signs aside. */
function decimalOf(text: string): string {
  const [, whole = '', fraction = '', exponent = '0'] = /^-?(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const digits = whole + fraction;
  let [start, end] = [0, digits.length];
  while (digits[start] === '0') start += 1;
  while (end > start && digits[end - 1] === '0') end -= 1;
  return start === end ? '0' : `${digits.slice(start, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}
