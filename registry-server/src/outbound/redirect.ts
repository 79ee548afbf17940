import { SourceError } from '../sources/source-error.ts';
import { placeOf } from './place.ts';

/** Maximum number of redirects of one request. */
export const MAX_REDIRECTS = 5;

/** Redirect statuses for GET (RFC 9110, 15.4). */
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Whether the status is a redirect. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * Where a redirect leads. From https back to http is refused: the data could be changed on the way. Of the target messages name no more than
 * scheme and host, since it is text of the server's. Throws {@link SourceError}.
 */
export function nextHop(from: URL, location: string | undefined): URL {
  const where = placeOf(from);
  if (location === undefined || !URL.canParse(location, from.href))
    throw new SourceError('SourceUnreadable', `${where} redirects without a valid Location`);
  const to = new URL(location, from.href);
  if (to.protocol !== 'https:' && to.protocol !== 'http:')
    throw new SourceError(
      'AddressRefused',
      `${where} redirects to a ${to.protocol.slice(0, -1)} address; only http and https are followed`,
    );
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw new SourceError('AddressRefused', `${where} redirects from https to http, at ${to.origin}; use an address that stays on https`);
  to.username = '';
  to.password = '';
  return to;
}
