import {
  Agent as PlainAgent,
  request as plainRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import { Failure } from '../program/failure.ts';
import type { Environment } from '../terminal/environment.ts';

/** A request to one place, below its base URL. */
export interface Sent {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Begins with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Milliseconds without a byte after which it is given up; default: the place's. */
  readonly silenceMs?: number;
}

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** Sends requests to one place. Throws a {@link Failure} where nobody answers, and the signal's reason when that is aborted. */
export type Send = (request: Sent) => Promise<Answer>;

/** How a place is reached. */
export interface Place {
  readonly base: URL;
  readonly signal: AbortSignal;
  /** For proxies: HTTPS_PROXY, NO_PROXY and the like. */
  readonly env: Environment;
  /** With every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly tls?: (SecureContextOptions & { readonly rejectUnauthorized?: boolean; readonly servername?: string | undefined }) | undefined;
  /** Where connections come from, instead of the network. */
  readonly createConnection?: RequestOptions['createConnection'];
}

/** Milliseconds without a byte. */
const SILENCE_MS = 30_000;
/** Most bytes of an answer: a whole catalog may have 100 MiB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Connections to one place that are kept while the program runs. Whoever makes it calls `close`. */
export function sender(place: Place): { readonly send: Send; readonly close: () => void } {
  const { base, env, createConnection, tls } = place;
  const secure = base.protocol === 'https:';
  // A tunnel that is there already is behind no proxy.
  const settings = { keepAlive: true, ...(createConnection === undefined ? { proxyEnv: env } : {}) };
  const agent = secure ? new TlsAgent({ ...settings, ...tls }) : new PlainAgent(settings);
  if (createConnection !== undefined) agent.createConnection = createConnection;
  return { send: (request) => sendOnce(place, agent, secure, request), close: () => agent.destroy() };
}

async function sendOnce(place: Place, agent: PlainAgent, secure: boolean, sent: Sent): Promise<Answer> {
  const { base, signal } = place;
  const url = new URL(`${base.pathname.replace(/\/$/, '')}${sent.path}`, base);
  for (const [name, value] of Object.entries(sent.query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
  const silence = watchSilence(sent.silenceMs ?? SILENCE_MS);
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (secure ? tlsRequest : plainRequest)(url, {
        agent,
        method: sent.method ?? 'GET',
        signal: AbortSignal.any([signal, silence.signal]),
        headers: { accept: 'application/json', 'user-agent': 'toolhive-registry-cli', ...place.headers, ...sent.headers },
      });
      request.once('response', resolve);
      request.once('error', reject);
      request.end();
    });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      silence.heard();
      length += chunk.length;
      if (length > MAX_BYTES) throw new Error(`it has more than ${MAX_BYTES} bytes`);
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      bytes,
      get text() {
        return bytes.toString('utf8');
      },
    };
  } catch (error) {
    throw unreachable(silence.signal.aborted ? silence.signal.reason : error, url, signal);
  } finally {
    silence.stop();
  }
}

/** Gives up after so many milliseconds without a byte, whatever the connection is: a tunnel has no timeouts of its own. */
function watchSilence(ms: number): { readonly signal: AbortSignal; readonly heard: () => void; readonly stop: () => void } {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(new Error(`no byte within ${ms / 1000} s`)), ms);
  return { signal: stop.signal, heard: () => timer.refresh(), stop: () => clearTimeout(timer) };
}

/** What to do about faults of connections, by their codes. */
const REMEDIES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there; check the address and whether the registry runs',
  ENOTFOUND: 'there is no host of this name; check the address',
  EAI_AGAIN: 'the name could not be looked up; check the network',
  CERT_HAS_EXPIRED: 'its certificate has expired; have it renewed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself; name the certificate authority in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not known here; name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not known here; name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate authority is not known here; name it in NODE_EXTRA_CA_CERTS',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host; use the name that it is for',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; try http:// instead of https://',
  EPROTO: 'it does not speak TLS as it should; try http:// instead of https://',
  HPE_INVALID_CONSTANT: 'it does not speak HTTP; try https:// instead of http://',
};

function unreachable(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof Failure) return error;
  const code = codeOf(error);
  const remedy = code === undefined ? undefined : REMEDIES[code];
  const why = error instanceof Error && error.message !== '' ? error.message : (code ?? 'unknown failure');
  return new Failure(`no answer from ${url.origin}: ${why}`, { cause: error, ...(remedy === undefined ? {} : { remedy }) });
}

function codeOf(error: unknown): string | undefined {
  const { code, errors } = error as { readonly code?: unknown; readonly errors?: readonly unknown[] };
  return typeof code === 'string' ? code : errors === undefined ? undefined : codeOf(errors[0]);
}
