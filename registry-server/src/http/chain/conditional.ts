import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';
import { plainEtag } from './encoding.ts';

/** Replaces an answer that the client already has with 304. Tag and caching headers stay, as RFC 9110, 15.4.5 asks. */
export function conditional(answer: Answer, req: IncomingMessage): Answer {
  if (answer.etag === undefined || answer.status !== 200 || !matchesEtag(req.headers['if-none-match'], answer.etag)) return answer;
  return { status: 304, headers: answer.headers, etag: answer.etag, body: '' };
}

/** Whether `If-None-Match` names the tag, in whatever encoding. Weak and strong tags are alike here (RFC 9110, 13.1.2). */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  // As nearly every client sends it.
  if (header === etag) return true;
  if (header.trim() === '*') return true;
  const plain = plainEtag(etag);
  return header.split(',').some((tag) => plainEtag(tag.trim().replace(/^W\//, '')) === plain);
}
