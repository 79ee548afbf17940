import type { ApiClient } from '../client/api-client.ts';
import type { ApiCall } from '../client/intercept.ts';
import { intercept } from '../client/intercept.ts';
import type { Leadership } from './types.ts';

/** A write that was not sent, because this process does not lead for its namespace (any more). */
export class NotLeading extends Error {
  constructor({ verb, kind, namespace, name }: ApiCall) {
    super(`${verb} ${kind?.plural ?? ''} ${[namespace, name].filter(Boolean).join('/')}: not sent, because another process may lead now`);
    this.name = 'NotLeading';
  }
}

const WRITES: readonly ApiCall['verb'][] = ['create', 'apply', 'patch', 'delete'];

/**
 * A client that writes only while this process leads: it is asked at the last moment before each write, so that a process which stood still for a
 * minute does not go on where it was. Raw requests are not judged.
 */
export function guardWrites(client: ApiClient, leadership: Leadership): ApiClient {
  return intercept(client, async (call, next) => {
    if (WRITES.includes(call.verb) && !leadership.leads(call.namespace ?? '')) throw new NotLeading(call);
    return next();
  });
}
