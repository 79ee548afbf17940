import { factsOf, ports, registryStatusSchema, type RegistryStatusDocument } from '@toolhive-registry/api';
import type { ApiClient } from '@toolhive-registry/reconciler';
import { get, type GetTimes } from './http-get.ts';

/** A pod that can be asked. */
export interface StatusTarget {
  readonly namespace: string;
  readonly name: string;
  readonly ip: string;
}

/**
 * The answer to a status request. `changed` false: no new facts since the given tag; a recent server reports its counters all the same. Without a tag the next
 * request cannot wait.
 */
export type StatusAnswer =
  | { readonly changed: false; readonly document?: RegistryStatusDocument }
  | { readonly changed: true; readonly etag: string | undefined; readonly document: RegistryStatusDocument };

/** Asks one pod, waiting for a change since `etag` if there is one. Throws when the pod cannot be reached. */
export type AskStatus = (target: StatusTarget, etag: string | undefined, signal: AbortSignal) => Promise<StatusAnswer>;

/** Limits of a request. The wait is the longest that a registry allows: with a thousand pods, one request per minute fewer each saves 17 a second. */
const TIMES: GetTimes = { connectMs: 5_000, waitSeconds: 60, slackMs: 10_000 };

/** Asks pods at their own addresses. */
export function directStatus(times = TIMES): AskStatus {
  return async ({ ip }, etag, signal) => {
    const path = `/registry/status${etag === undefined ? '' : `?wait=${times.waitSeconds}s&counters=true`}`;
    const headers = etag === undefined ? {} : { 'if-none-match': etag };
    const waiting = etag === undefined ? { ...times, waitSeconds: 0 } : times;
    const answer = await get({ host: ip, port: ports.internal, path, headers }, waiting, signal);
    if (answer.status === 304) return { changed: false };
    if (answer.status !== 200) throw new Error(`GET /registry/status answers ${answer.status}: ${answer.text.slice(0, 200)}`);
    const document = registryStatusSchema.parse(JSON.parse(answer.text));
    if (etag !== undefined && answer.etag === undefined) return { changed: false, document };
    return { changed: true, etag: answer.etag === '' ? undefined : answer.etag, document };
  };
}

/** Pause between requests through the API server, which handles neither tags nor long waits well. */
const PROXY_PAUSE_MS = 5_000;

/** Asks pods through the API server's proxy, for when their addresses are not reachable. */
export function proxiedStatus(client: ApiClient, sleep: (ms: number, signal: AbortSignal) => Promise<unknown>): AskStatus {
  return async ({ namespace, name }, etag, signal) => {
    if (etag !== undefined) await sleep(PROXY_PAUSE_MS, signal);
    const path = `/api/v1/namespaces/${namespace}/pods/${name}:${ports.internal}/proxy/registry/status`;
    const document = registryStatusSchema.parse(await client.request({ method: 'GET', path, signal, retry: false }));
    const tag = factsOf(document);
    return tag === etag ? { changed: false } : { changed: true, etag: tag, document };
  };
}
