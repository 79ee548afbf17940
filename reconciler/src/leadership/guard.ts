import type { ApiClient, CallOptions } from '../client/api-client.ts';
import type { ApiCall } from '../client/intercept.ts';
import { intercept } from '../client/intercept.ts';
import type { Leadership } from './types.ts';

/** A write that was not sent, because this process does not lead for its namespace (any more). */
export class NotLeading extends Error {
  constructor({ verb, kind, namespace, name }: ApiCall) {
    super(`${verb} ${kind?.plural ?? ''} ${[namespace, name].filter(Boolean).join('/')}: not sent: this process does not hold the lease`);
    this.name = 'NotLeading';
  }
}

const WRITES: readonly ApiCall['verb'][] = ['create', 'apply', 'patch', 'delete'];

/**
 * A client that writes only while this process leads. That is checked right before each write is sent, retries included, so that a process that was paused for
 * a minute does not continue where it was. Raw requests are not checked.
 */
export function guardWrites(client: ApiClient, leadership: Leadership): ApiClient {
  const check = (call: ApiCall): void => {
    if (!leadership.leads(call.namespace ?? '')) throw new NotLeading(call);
  };
  const checked = intercept(client, async (call, next) => {
    if (WRITES.includes(call.verb)) check(call);
    return next();
  });
  const guarded = <O extends CallOptions>(call: ApiCall, options: O): O => ({ ...options, beforeSend: () => check(call) });
  return {
    ...checked,
    create: (kind, object, options = {}) => checked.create(kind, object, guarded({ verb: 'create', kind, ...object.metadata }, options)),
    apply: (kind, object, options) => checked.apply(kind, object, guarded({ verb: 'apply', kind, ...object.metadata }, options)),
    patch: (kind, ref, body, options = {}) => checked.patch(kind, ref, body, guarded({ verb: 'patch', kind, ...ref }, options)),
    delete: (kind, ref, options = {}) => checked.delete(kind, ref, guarded({ verb: 'delete', kind, ...ref }, options)),
  };
}
