import { weightsOf } from './weights.ts';

/** Media types of pages, as browsers list them. */
const PAGE_TYPES = ['text/html', 'application/xhtml+xml'];

/**
 * Whether the client should get a page instead of JSON: the header `Accept` names a type of pages, and wants it at least as much as JSON (RFC 9110, 12.5.1).
 * Browsers name it. Programs name JSON, or send no header or `*` alone, as curl does.
 */
export function prefersPage(accept: string | undefined): boolean {
  if (accept === undefined) return false;
  const weights = weightsOf(accept);
  const page = Math.max(...PAGE_TYPES.map((type) => weights.get(type) ?? 0));
  // The most exact range that covers a type counts for it.
  const json = weights.get('application/json') ?? weights.get('application/*') ?? weights.get('*/*') ?? 0;
  return page > 0 && page >= json;
}
