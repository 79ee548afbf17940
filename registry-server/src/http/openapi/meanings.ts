import type { HttpErrorCode } from '../../errors.ts';

/** The meaning of each error for developers of clients, and an example of its detail. */
export const MEANINGS: Readonly<Record<HttpErrorCode, { readonly meaning: string; readonly detail: string }>> = {
  badRequest: { meaning: 'something in the request cannot be parsed.', detail: '"%zz" is not valid percent-encoding' },
  forbidden: {
    meaning: 'the request comes from a page of another site.',
    detail: 'POST /registry/sync is not available to web pages, and this request comes from one (https://example.com)',
  },
  notFound: { meaning: 'it does not exist. This is final: a fault never causes it.', detail: 'Server not found' },
  methodNotAllowed: {
    meaning: 'Allow names the methods of this path.',
    detail: 'POST is not supported on /health; use GET, HEAD, OPTIONS',
  },
  requestTimeout: { meaning: 'the request took too long to arrive.', detail: 'the request took too long to arrive' },
  conflict: {
    meaning: 'the manifest sets something else.',
    detail: 'the manifest\'s annotation rollback-to is "9d2f6c1a"; change or remove that',
  },
  syncRunning: {
    meaning: 'it is in progress already. Location says where to follow it.',
    detail: 'source community is being read already; GET /registry/status says when that is done',
  },
  bodyTooLarge: { meaning: 'the body has more bytes than this path takes.', detail: 'the body has more than 1048576 bytes; send less' },
  uriTooLong: { meaning: 'the URL is too long.', detail: 'the URL has more than 8192 characters' },
  unsupportedMediaType: {
    meaning: 'the body is not JSON in UTF-8, or is compressed.',
    detail: 'Content-Type is "text/plain"; send application/json in UTF-8',
  },
  unprocessable: { meaning: 'a value is out of range. The detail names it.', detail: 'limit is "0"; use a whole number from 1 to 100' },
  headersTooLarge: { meaning: 'the request head is too large.', detail: 'the request head has more than 65536 bytes' },
  internal: {
    meaning: 'a fault in the server. Its log has the reason.',
    detail: 'the request could not be answered; see the log of the server',
  },
  notImplemented: { meaning: 'this registry does not offer the operation.', detail: 'Publishing is not supported by this registry' },
  busy: {
    meaning: 'too many searches are waiting. Try again after Retry-After.',
    detail: 'too many searches are waiting; try again in a second',
  },
  notReady: {
    meaning: 'no catalog is loaded yet, or the server is shutting down. Try again.',
    detail: 'the catalog has not been loaded yet; GET /registry/status says why',
  },
  fileTooLarge: {
    meaning: 'the catalog is too large in this form. Ask for its lists.',
    detail:
      'the catalog has more than 419430400 bytes in this form, because groups repeat their servers; ask for /v0.1/servers page by page',
  },
};
