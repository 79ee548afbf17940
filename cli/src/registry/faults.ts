import { placeOfProxy, type Proxy } from '@toolhive-registry/registry-server/proxy';
import { Failure } from '../program/failure.ts';

/** The meaning of a connection error, and its remedy. */
interface Meaning {
  /** As a sentence; absent: the error's own message is one. */
  readonly why?: string;
  readonly remedy: string;
}

const AUTHORITY: Meaning = {
  why: 'its certificate cannot be verified',
  remedy: 'its certificate authority is not known here; name it in NODE_EXTRA_CA_CERTS',
};
const CHECK_NETWORK = 'check the address and the network';

/** Faults by the codes of Node.js and OpenSSL. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: { remedy: 'nothing listens there; check the address and whether it runs' },
  ECONNRESET: { why: 'the connection broke off', remedy: CHECK_NETWORK },
  ENOTFOUND: { remedy: 'there is no host of this name; check the address' },
  EAI_AGAIN: { remedy: 'the name could not be looked up; check the network' },
  CERT_HAS_EXPIRED: { why: 'its certificate has expired', remedy: 'renew it, and check the clock of this machine' },
  DEPTH_ZERO_SELF_SIGNED_CERT: {
    why: 'its certificate cannot be verified',
    remedy: 'its certificate is self-signed; name the certificate authority in NODE_EXTRA_CA_CERTS',
  },
  SELF_SIGNED_CERT_IN_CHAIN: AUTHORITY,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT: AUTHORITY,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: AUTHORITY,
  ERR_TLS_CERT_ALTNAME_INVALID: { why: 'its certificate is for another host', remedy: 'use the name that it was issued for' },
  ERR_SSL_WRONG_VERSION_NUMBER: { why: 'it does not speak TLS', remedy: 'try http:// instead of https://' },
  ERR_SSL_PACKET_LENGTH_TOO_LONG: { why: 'it does not speak TLS', remedy: 'try http:// instead of https://' },
  EPROTO: { why: 'it does not speak TLS correctly', remedy: 'try http:// instead of https://' },
};

/** Faults of everything on the way to the host, which is the proxy if there is one. */
const OF_THE_WAY: readonly string[] = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'];

/** The error for a host that does not answer, with a remedy. */
export function unreachable(error: unknown, origin: string, proxy: Proxy | undefined): Failure {
  const code = codeOf(error) ?? '';
  if (proxy !== undefined && (OF_THE_WAY.includes(code) || code.startsWith('ERR_PROXY'))) return proxyFault(error, origin, proxy);
  const { why, remedy } = meaningOf(code);
  return new Failure(`no answer from ${origin}: ${why ?? messageOf(error, code)}`, { cause: error, remedy });
}

function meaningOf(code: string): Meaning {
  if (code.startsWith('HPE_')) return { why: 'it does not speak HTTP', remedy: 'try https:// instead of http://' };
  if (code.startsWith('ERR_SSL_')) return MEANINGS[code] ?? { why: 'the TLS handshake failed', remedy: CHECK_NETWORK };
  return MEANINGS[code] ?? { remedy: CHECK_NETWORK };
}

/** The proxy was not reached, or does not let a connection through. */
function proxyFault(error: unknown, origin: string, proxy: Proxy): Failure {
  const { statusCode } = error as { readonly statusCode?: unknown };
  const place = placeOfProxy(proxy);
  if (typeof statusCode === 'number')
    return new Failure(`${place} does not let a connection to ${origin} through: it answers ${statusCode}`, {
      cause: error,
      remedy: statusCode === 407 ? `set its user name and password in ${proxy.variable}` : proxyRemedy(origin),
    });
  return new Failure(`${place}, through which ${origin} is asked, cannot be reached: ${messageOf(error, codeOf(error) ?? '')}`, {
    cause: error,
    remedy: proxyRemedy(origin),
  });
}

/** The remedy for a proxy that is in the way. */
export function proxyRemedy(origin: string): string {
  return `correct the proxy, or name ${new URL(origin).hostname} in NO_PROXY if it can be asked directly`;
}

function messageOf(error: unknown, code: string): string {
  if (error instanceof Error && error.message !== '') return error.message;
  // Of several addresses of one name each has its own error.
  const [first] = (error as { readonly errors?: readonly unknown[] } | undefined)?.errors ?? [];
  if (first instanceof Error) return first.message;
  return code === '' ? 'the connection failed' : code;
}

function codeOf(error: unknown): string | undefined {
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: readonly unknown[] };
  return typeof code === 'string' ? code : errors === undefined ? undefined : codeOf(errors[0]);
}
