import {
  Agent as PlainAgent,
  request as plainRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestOptions,
} from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { Proxy } from '@toolhive-registry/registry-server/proxy';
import { Failure } from '../program/failure.ts';
import { unreachable } from './faults.ts';

/** A request, relative to a base URL. */
export interface Sent {
  readonly method?: 'GET' | 'POST' | 'DELETE';
  /** Begins with a slash. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Idle timeout in milliseconds; default: 30 s. */
  readonly silenceMs?: number;
  /** Milliseconds for the whole answer; default: the place's. */
  readonly limitMs?: number;
  /** Maximum size in bytes of the answer. */
  readonly maxBytes?: number;
}

/** An answer, whatever its status. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly asked: Asked;
}

/** How an answer came about, for messages. */
export interface Asked {
  /** Without credentials. */
  readonly url: URL;
  /** User name and password, or a token, were sent. */
  readonly hasCredentials: boolean;
  readonly proxy: Proxy | undefined;
}

/** Sends requests to one place. Throws a {@link Failure} where nobody answers, and the signal's reason when that is aborted. */
export type Send = (request: Sent) => Promise<Answer>;

/** How a place is reached. */
export interface Place {
  readonly base: URL;
  readonly signal: AbortSignal;
  /** Through which it is asked. */
  readonly proxy?: Proxy | undefined;
  /** With every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly tls?: (SecureContextOptions & { readonly rejectUnauthorized?: boolean; readonly servername?: string | undefined }) | undefined;
  /** Where connections come from, instead of the network. */
  readonly createConnection?: RequestOptions['createConnection'];
  /** Milliseconds for a whole answer; default: 60 s. */
  readonly limitMs?: number | undefined;
}

/** Milliseconds without a byte. */
const SILENCE_MS = 30_000;
/** Milliseconds for a whole answer. */
const LIMIT_MS = 60_000;
/** Milliseconds for a whole catalog, which a slow network takes its time for. */
export const CATALOG_LIMIT_MS = 5 * 60_000;
/** Maximum size in bytes of an answer: a whole catalog may have 100 MiB. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Connections to one place that are kept while the program runs. The caller calls `close`. */
export function sender(place: Place): { readonly send: Send; readonly close: () => void } {
  const { base, proxy, createConnection, tls } = place;
  const secure = base.protocol === 'https:';
  const settings = {
    keepAlive: true,
    ...(proxy === undefined ? {} : { proxyEnv: { HTTP_PROXY: proxy.url.href, HTTPS_PROXY: proxy.url.href } }),
  };
  const agent = secure ? new TlsAgent({ ...settings, ...tls }) : new PlainAgent(settings);
  if (createConnection !== undefined) agent.createConnection = createConnection;
  return { send: (request) => sendOnce(place, agent, secure, request), close: () => agent.destroy() };
}

async function sendOnce(place: Place, agent: PlainAgent, secure: boolean, sent: Sent): Promise<Answer> {
  const { base, signal, proxy } = place;
  const url = new URL(`${base.pathname.replace(/\/$/, '')}${sent.path}`, base.origin);
  for (const [name, value] of Object.entries(sent.query ?? {})) if (value !== undefined) url.searchParams.set(name, String(value));
  const limits = watch(sent.silenceMs ?? SILENCE_MS, sent.limitMs ?? place.limitMs ?? LIMIT_MS);
  const headers = { accept: 'application/json', 'user-agent': 'toolhive-registry-cli', ...place.headers, ...sent.headers };
  try {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const request = (secure ? tlsRequest : plainRequest)(url, {
        agent,
        method: sent.method ?? 'GET',
        signal: AbortSignal.any([signal, limits.signal]),
        headers,
      });
      request.once('response', resolve);
      request.once('error', reject);
      request.end();
    });
    const bytes = await bytesOf(response, limits.heard, sent.maxBytes ?? MAX_BYTES, url.origin);
    return {
      status: response.statusCode ?? 0,
      headers: response.headers,
      bytes,
      asked: { url, hasCredentials: 'authorization' in headers, proxy },
      get text() {
        return bytes.toString('utf8');
      },
    };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Failure) throw error;
    throw unreachable(limits.signal.aborted ? limits.signal.reason : error, url.origin, proxy);
  } finally {
    limits.stop();
  }
}

async function bytesOf(response: IncomingMessage, heard: () => void, maxBytes: number, origin: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    heard();
    length += chunk.length;
    if (length > maxBytes)
      throw new Failure(`the answer of ${origin} has more than ${maxBytes} bytes, the limit`, { remedy: 'ask it for less at once' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Enforces an idle timeout and a total timeout, whatever the connection is: a tunnel has no timeouts of its own. */
function watch(
  silenceMs: number,
  limitMs: number,
): { readonly signal: AbortSignal; readonly heard: () => void; readonly stop: () => void } {
  const over = new AbortController();
  const silence = setTimeout(() => over.abort(new Error(`no data within ${silenceMs / 1000} s`)), silenceMs);
  const limit = setTimeout(() => over.abort(new Error(`the answer is not complete after ${limitMs / 1000} s`)), limitMs);
  return {
    signal: over.signal,
    heard: () => silence.refresh(),
    stop: () => {
      clearTimeout(silence);
      clearTimeout(limit);
    },
  };
}
