import type { RankPlace } from './ranked.ts';

/** Longest cursor that is decoded: a name at its limit and a number, in base64url. */
const MAX_CURSOR = 1024;

/** A place in a ranking as an opaque text of URL-safe characters. The same on every replica: it contains the place and not a number. */
export function encodeRankCursor({ name, score }: RankPlace): string {
  return Buffer.from(score === undefined ? name : `${name}\n${score}`).toString('base64url');
}

/** The place in a cursor, or undefined if it is not one of ours. */
export function decodeRankCursor(cursor: string): RankPlace | undefined {
  if (cursor.length > MAX_CURSOR || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  const [name = '', score, ...rest] = Buffer.from(cursor, 'base64url').toString().split('\n');
  if (name === '' || rest.length > 0) return undefined;
  if (score === undefined) return { name };
  return /^\d{1,14}(?:\.\d{1,24})?(?:e-\d{1,3})?$/.test(score) ? { name, score: Number(score) } : undefined;
}
