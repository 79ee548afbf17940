/** The trace that a request belongs to, and the span in it that sent the request. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
}

/** What a version that is not known yet adds comes after another hyphen. Two headers that Node.js joined have a space between them. */
const HEADER = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-[\x21-\x7e]*)?$/;
const ONLY_ZEROS = /^0+$/;

/** Reads `traceparent` as W3C's Trace Context has it. Undefined: there is none, or it is not valid and therefore ignored. */
export function traceContext(header: string | string[] | undefined): TraceContext | undefined {
  const [, version, traceId, spanId, more] = typeof header === 'string' ? (HEADER.exec(header) ?? []) : [];
  if (version === undefined || traceId === undefined || spanId === undefined) return undefined;
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  if (ONLY_ZEROS.test(traceId) || ONLY_ZEROS.test(spanId)) return undefined;
  return { traceId, spanId };
}
