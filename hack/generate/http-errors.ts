import { HTTP_ERRORS, type HttpErrorCode } from '../../registry-server/src/errors.ts';
import { MEANINGS } from '../../registry-server/src/http/openapi/meanings.ts';
import { markdownTable, withPart } from './markdown.ts';

/** Remedies for the error. A code without an entry fails the type check. */
const REMEDIES: Readonly<Record<HttpErrorCode, string>> = {
  badRequest: 'Correct the parameter, the path or the body that the detail names. Take cursors from the previous answer, unchanged.',
  forbidden: 'Use curl or another program, not a web page.',
  notFound:
    'Use the full name, with its slash as `%2F`; the detail suggests what was probably meant. If a source has the server, [the report](../operations.md#the-report) says why it is not served.',
  methodNotAllowed: 'Use a method that the header `Allow` names. In a cluster, use annotations for syncs and rollbacks.',
  requestTimeout: 'Send the request head within 10 seconds, and all of it within 30.',
  conflict: 'Change or remove the annotation `rollback-to` of the manifest: it takes precedence.',
  syncRunning: 'Nothing: the sync that is running also covers your request. `GET /registry/status` says when it is done.',
  bodyTooLarge: 'Send a smaller body: at most 1 MiB to `/v0.1/validate`, and 64 KiB elsewhere.',
  uriTooLong: 'Shorten the question; a cursor is never that long.',
  unsupportedMediaType: 'Send `Content-Type: application/json` and an uncompressed body in UTF-8.',
  unprocessable: 'Use a value within the bounds that the detail names; `/docs` has all of them.',
  headersTooLarge: 'Send fewer or shorter headers; cookies of a shared domain are the usual cause.',
  internal: "Find the line with the answer's `X-Request-Id` in the log of the server, and report it with its cause.",
  notImplemented: 'Change the catalog at its sources: nothing is published through the API.',
  busy: 'Try again after `Retry-After`. If it persists, add replicas, or request filtered lists less often.',
  notReady: 'Try again in a second. If it persists, `GET /readiness` names the source and the reason.',
  fileTooLarge: 'Read the lists page by page, or [filter](../filters.md) the catalog.',
};

/** The document with the table of all HTTP errors. */
export function withHttpErrors(document: string, path: string): string {
  const rows = (Object.keys(HTTP_ERRORS) as HttpErrorCode[]).map((code) => [
    String(HTTP_ERRORS[code].status),
    HTTP_ERRORS[code].title,
    capital(MEANINGS[code].meaning),
    REMEDIES[code],
    `\`${MEANINGS[code].detail.replaceAll('|', String.raw`\|`)}\``,
  ]);
  const table = markdownTable(['status', 'title', 'meaning', 'what to do', 'detail, for example'], rows);
  return withPart(document, path, { word: 'HTTP errors', from: 'registry-server/src/errors.ts' }, table);
}

function capital(sentence: string): string {
  return `${sentence.slice(0, 1).toUpperCase()}${sentence.slice(1)}`;
}
