import { createHash } from 'node:crypto';
import type { EncodedBodies } from './encoding.ts';

/**
 * A text; pieces that are written one after the other, so that slices of the snapshot need not be copied together; or a stream, whose length is
 * not known.
 */
export type Body = WholeBody | AsyncIterable<Uint8Array>;

/** A body that is complete in memory. */
export type WholeBody = string | readonly Buffer[];

/** The answer of a handler; the chain writes it. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  /** Further headers. Length, tag, CORS and request id are added by the chain. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A strong tag with its quotes: a request that names it gets 304 (RFC 9110, 13.1.2). */
  readonly etag?: string;
  readonly body: Body;
  /** Length of a body that is a stream, in bytes, where it is known. */
  readonly length?: number;
  /** All header lines except those of the request, alternating names and values, if they are cached. */
  readonly lines?: readonly string[];
  /** Encoded forms of the body, where they are kept. A stream without them is sent as it is. */
  readonly encoded?: EncodedBodies;
}

/** An answer that is complete in memory. */
export interface WholeAnswer extends Answer {
  readonly body: WholeBody;
}

/** For answers that change without notice. */
export const NO_STORE = { 'Cache-Control': 'no-store' } as const;

/** For answers with a tag: revalidated each time, with 304 while nothing changed. */
export const NO_CACHE = { 'Cache-Control': 'no-cache' } as const;

/** The header of every answer that lets a page of any origin read it (VS Code's is `vscode-file://…`). */
export const ANY_ORIGIN = ['Access-Control-Allow-Origin', '*'] as const;

/** The media type of most answers. */
export const JSON_TYPE = 'application/json';

/** A JSON answer that must not be cached; other headers are added. */
export function jsonAnswer(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, contentType: JSON_TYPE, headers: { ...NO_STORE, ...headers }, body: JSON.stringify(value) };
}

/** A strong tag of these bytes (RFC 9110, 8.8.3). */
export function strongEtag(bytes: string | Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"`;
}

/** Whether a body is a stream. */
export function isStream(body: Body): body is AsyncIterable<Uint8Array> {
  return typeof body === 'object' && Symbol.asyncIterator in body;
}

/** Ends an unused stream, so that it releases its resources. */
export function discard(body: Body): void {
  if (isStream(body)) void firstOf(body).catch(() => undefined);
}

/** Only a stream that was begun can be ended. */
async function firstOf(stream: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of stream) return;
}

/** The length of a body in bytes. */
export function bodyLength(body: WholeBody): number {
  if (typeof body === 'string') return Buffer.byteLength(body);
  let length = 0;
  for (const piece of body) length += piece.length;
  return length;
}
