import { ports } from '@toolhive-registry/api';
import type { ApiClient } from '@toolhive-registry/reconciler';
import { get, type GetTimes } from './http-get.ts';
import type { StatusTarget } from './status-client.ts';

/** Requests a document from the internal port of one pod. Rejects when the pod cannot be reached, or answers with anything but the document. */
export type AskPod = (target: StatusTarget, path: string, signal: AbortSignal) => Promise<unknown>;

/** The reference list of a large catalog is computed on first request, which takes seconds. */
const TIMES: GetTimes = { connectMs: 5_000, waitSeconds: 20, slackMs: 10_000 };

/** Asks pods at their own addresses. */
export function directPods(times = TIMES): AskPod {
  return async ({ ip }, path, signal) => {
    const answer = await get({ host: ip, port: ports.internal, path, headers: {} }, times, signal);
    if (answer.status !== 200) throw new Error(`GET ${path} answers ${answer.status}: ${answer.text.slice(0, 200)}`);
    return JSON.parse(answer.text) as unknown;
  };
}

/** Asks pods through the API server's proxy. */
export function proxiedPods(client: Pick<ApiClient, 'request'>): AskPod {
  return ({ namespace, name }, path, signal) =>
    client.request({
      method: 'GET',
      path: `/api/v1/namespaces/${namespace}/pods/${name}:${ports.internal}/proxy${path}`,
      signal,
      retry: false,
    });
}
