import { codeOf } from '../errors.ts';
import { SourceError } from '../sources/source-error.ts';

/** An answer with a status of 400 or higher. */
export interface RefusedAnswer {
  /** The place that was asked. */
  readonly place: string;
  readonly status: number;
  readonly retryAfter: string | undefined;
  /** Whether credentials were sent, left out since a redirect led elsewhere, or are not named in the manifest. */
  readonly credentials: 'sent' | 'withheld' | 'none';
  /** The message of the server; undefined if it must not be quoted. */
  readonly excerpt: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const AUTHENTICATION: Readonly<Record<RefusedAnswer['credentials'], string>> = {
  sent: 'the server rejected the credentials; correct the Secret that auth.secretRef names, or its permissions there',
  withheld: 'the server requires credentials after a redirect to another origin, where they are not sent; use that address instead',
  none: 'the server requires credentials; name a Secret in auth.secretRef',
};

/** An answer with an unusable status. */
export class HttpStatusError extends SourceError {
  readonly status: number;

  constructor(status: number, ...rest: ConstructorParameters<typeof SourceError>) {
    super(...rest);
    this.status = status;
  }
}

/** Turns a status into a reason and a sentence. */
export function statusFailure({ place, status, retryAfter, credentials, excerpt, now }: RefusedAnswer): HttpStatusError {
  const said = excerpt === undefined || excerpt === '' ? '' : ` (it says: ${excerpt})`;
  const failure = (reason: SourceError['reason'], why: string, wait?: number): HttpStatusError =>
    new HttpStatusError(status, reason, `${place} answered with status ${status}${why}${said}`, { retryAfterMs: wait });
  const wait = retryAfterMs(retryAfter, now);
  if (status === 401 || status === 403) return failure('AuthenticationFailed', `: ${AUTHENTICATION[credentials]}`);
  if (status === 404 || status === 410) return failure('SourceNotFound', ': nothing is there; correct the address');
  if (status === 407)
    return failure('SourceUnreachable', ': the proxy requires credentials, or different ones; correct the variable that names it');
  if (status === 429) return failure('SourceUnreachable', ': rate limited; use a longer syncPolicy.interval', wait);
  if (status >= 500) return failure('SourceUnreachable', ': server error', wait);
  return failure('SourceUnreadable', '');
}

/** How long to wait before the next request: seconds or a date (RFC 9110, 10.2.3). Undefined if absent or invalid. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '') return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Dates begin with the day of the week; Date.parse takes much else for a date.
  const date = /^[A-Z][a-z]{2}/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** What became of a connection, by the error's code. Texts of the other side, such as names in a certificate, are not quoted. */
const CONNECTION: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused; nothing is listening there',
  ENOTFOUND: 'the name cannot be resolved',
  EAI_AGAIN: 'the name cannot be resolved',
  EHOSTUNREACH: 'the host is unreachable',
  ENETUNREACH: 'the network is unreachable',
  ETIMEDOUT: 'timed out while connecting',
  UND_ERR_CONNECT_TIMEOUT: 'timed out while connecting',
  UND_ERR_HEADERS_TIMEOUT: 'connected, but timed out waiting for a response',
  UND_ERR_BODY_TIMEOUT: 'the response started, then stalled',
  UND_ERR_HEADERS_OVERFLOW: 'the response headers are too large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'the response does not match its Content-Length',
  UND_ERR_PRX_TLS: 'the certificate of the proxy is for another name',
  UND_ERR_PRX_CONN: 'the proxy closed the connection',
  ECONNRESET: 'the connection was closed before the response was complete',
  EPIPE: 'the connection was closed before the response was complete',
  UND_ERR_SOCKET: 'the connection was closed before the response was complete',
  UND_ERR_CLOSED: 'the source is shutting down',
  UND_ERR_DESTROYED: 'the source is shutting down',
  CERT_HAS_EXPIRED: 'the certificate has expired',
  CERT_NOT_YET_VALID: 'the certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is for another name',
};

const UNTRUSTED =
  /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|INVALID_CA|CERT_SIGNATURE_FAILURE)$/;

/** Turns a connection error into a reason and a sentence that says how far it got. */
export function connectionFailure(place: string, cause: unknown): SourceError {
  if (cause instanceof SourceError) return new SourceError(cause.reason, `${place}: ${cause.message}`, { cause });
  const code = codesOf(cause).find((one) => one in CONNECTION || UNTRUSTED.test(one)) ?? codesOf(cause)[0];
  return new SourceError('SourceUnreachable', `${place}: ${sentenceOf(code, cause)}`, { cause });
}

function sentenceOf(code: string | undefined, cause: unknown): string {
  const known = code === undefined ? undefined : CONNECTION[code];
  if (known !== undefined) return known;
  if (code !== undefined && UNTRUSTED.test(code))
    return `connected, but the certificate is not trusted (${code}); name its authority in tls.caSecretRef or tls.caConfigMapRef`;
  if (code?.startsWith('HPE_') === true || (cause instanceof Error && cause.name === 'HTTPParserError'))
    return 'connected, but the server does not speak HTTP';
  if (code?.startsWith('ERR_SSL') === true || code === 'EPROTO')
    return 'connected, but the TLS handshake failed; is this an https address?';
  const proxyStatus = proxyStatusOf(cause);
  if (proxyStatus === '407') return 'the proxy requires credentials, or different ones; correct the variable';
  if (proxyStatus !== undefined) return `the proxy refused to connect, with status ${proxyStatus}`;
  return `no response (${code ?? 'unknown failure'})`;
}

/** Undici reports the status of a proxy only in its message. */
function proxyStatusOf(cause: unknown): string | undefined {
  const message = cause instanceof Error ? cause.message : '';
  return /^Proxy response \((\d{3})\)/.exec(message)?.[1] ?? /^Proxy Authentication Required \((407)\)/.exec(message)?.[1];
}

/** The codes of an error and of what caused it; several addresses give several errors. */
function codesOf(error: unknown): string[] {
  if (typeof error !== 'object' || error === null) return [];
  const own = codeOf(error);
  const below: unknown[] = [Reflect.get(error, 'cause'), ...(error instanceof AggregateError ? error.errors : [])];
  return [...(own === undefined ? [] : [own]), ...below.flatMap(codesOf)];
}
