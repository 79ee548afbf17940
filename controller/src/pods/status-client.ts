import { factsOf, ports, registryStatusSchema, type RegistryStatusDocument } from '@toolhive-registry/api';
import type { ApiClient } from '@toolhive-registry/reconciler';
import { Agent, request } from 'undici';

/** A pod that can be asked. */
export interface StatusTarget {
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
}

/** An answer to a question for the status. `changed` false: nothing new since the given tag. Without a tag the next question cannot wait. */
export type StatusAnswer =
  { readonly changed: false } | { readonly changed: true; readonly etag: string | undefined; readonly document: RegistryStatusDocument };

/** Asks one pod, waiting for news since `etag` where there is one. Throws when it cannot be asked. */
export type AskStatus = (target: StatusTarget, etag: string | undefined, signal: AbortSignal) => Promise<StatusAnswer>;

/** Limits of a question. */
export interface StatusTimes {
  readonly connectMs: number;
  /** How long a question waits for news. */
  readonly waitSeconds: number;
  /** Time for an answer beyond the wait, and between two parts of it. */
  readonly slackMs: number;
}

const TIMES: StatusTimes = { connectMs: 5_000, waitSeconds: 30, slackMs: 10_000 };

/** Asks pods at their own addresses. Close the agent at the end. */
export function directStatus(times = TIMES): { ask: AskStatus; close: () => Promise<void> } {
  const agent = new Agent({
    connect: { timeout: times.connectMs },
    headersTimeout: times.waitSeconds * 1000 + times.slackMs,
    bodyTimeout: times.slackMs,
    maxResponseSize: 8 * 1024 * 1024,
  });
  const ask: AskStatus = async ({ ip }, etag, signal) => {
    const host = ip.includes(':') ? `[${ip}]` : ip;
    const { statusCode, headers, body } = await request(
      `http://${host}:${ports.internal}/registry/status${etag === undefined ? '' : `?wait=${times.waitSeconds}s`}`,
      {
        dispatcher: agent,
        signal,
        headers: etag === undefined ? {} : { 'if-none-match': etag },
      },
    );
    if (statusCode === 304) {
      await body.dump();
      return { changed: false };
    }
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`GET /registry/status answers ${statusCode}: ${text.slice(0, 200)}`);
    const tag = headers['etag'];
    return {
      changed: true,
      etag: typeof tag === 'string' && tag !== '' ? tag : undefined,
      document: registryStatusSchema.parse(JSON.parse(text)),
    };
  };
  return { ask, close: () => agent.destroy() };
}

/** Pause between questions through the API server, which passes on neither tags nor long waits well. */
const PROXY_PAUSE_MS = 5_000;

/** Asks pods through the API server's proxy, from where their addresses cannot be reached. */
export function proxiedStatus(client: ApiClient, sleep: (ms: number, signal: AbortSignal) => Promise<unknown>): AskStatus {
  return async ({ namespace, name }, etag, signal) => {
    if (etag !== undefined) await sleep(PROXY_PAUSE_MS, signal);
    const path = `/api/v1/namespaces/${namespace}/pods/${name}:${ports.internal}/proxy/registry/status`;
    const document = registryStatusSchema.parse(await client.request({ method: 'GET', path, signal, retry: false }));
    const tag = factsOf(document);
    return tag === etag ? { changed: false } : { changed: true, etag: tag, document };
  };
}
