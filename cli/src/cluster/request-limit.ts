import { parseGoDuration } from '@toolhive-registry/api/duration';
import { misuse } from '../program/failure.ts';

/** Longest time that a timer can wait, in milliseconds. */
const LONGEST_MS = 2 ** 31 - 1;

/** Milliseconds of the flag `--request-timeout`; undefined: it was not given. */
export function requestLimitOf({ 'request-timeout': text }: { readonly 'request-timeout'?: string | undefined }): number | undefined {
  if (text === undefined) return undefined;
  const ms = Math.min(LONGEST_MS, parsed(text));
  if (ms < 1) throw misuse(`--request-timeout is "${text}"`, 'give it at least 1ms');
  return ms;
}

function parsed(text: string): number {
  try {
    return parseGoDuration(text);
  } catch (cause) {
    throw misuse(`--request-timeout is "${text}"`, cause instanceof Error ? cause.message : undefined);
  }
}
