import type { KubeObject } from '../objects.ts';
import type { ApiClient, WatchOptions } from './api-client.ts';
import type { ResourceKind } from './kinds.ts';
import type { WatchEvent } from './watch.ts';

/** A call of a client, as an interceptor sees it. */
export interface ApiCall {
  readonly verb: 'request' | 'get' | 'list' | 'watch' | 'create' | 'apply' | 'patch' | 'delete';
  /** Absent for raw requests. */
  readonly kind?: ResourceKind;
  /** Absent for lists, watches and raw requests. */
  readonly name?: string;
  readonly namespace?: string | undefined;
  readonly subresource?: string | undefined;
}

/**
 * Wraps the calls of a client: may count a call, delay it, or answer or fail in its place. `next` makes the call; for a watch it returns once the watch was
 * requested, before its first event.
 */
export type Interceptor = <T>(call: ApiCall, next: () => Promise<T>) => Promise<T>;

/** A client whose calls all pass through `interceptor`, for metrics, and for faults in tests. The wrapped client is not changed. */
export function intercept(client: ApiClient, interceptor: Interceptor): ApiClient {
  return {
    namespace: client.namespace,
    server: client.server,
    reachability: client.reachability,
    request: (request) => interceptor({ verb: 'request' }, () => client.request(request)),
    requestText: (request) => interceptor({ verb: 'request' }, () => client.requestText(request)),
    get: (kind, ref, options) => interceptor({ verb: 'get', kind, ...target(ref) }, () => client.get(kind, ref, options)),
    list: (kind, options) => interceptor({ verb: 'list', kind, namespace: options?.namespace }, () => client.list(kind, options)),
    async *watch<T extends KubeObject = KubeObject>(
      kind: ResourceKind,
      options: WatchOptions,
    ): AsyncGenerator<WatchEvent<T>, void, undefined> {
      yield* await interceptor({ verb: 'watch', kind, namespace: options.namespace }, async () => client.watch<T>(kind, options));
    },
    create: (kind, object, options) =>
      interceptor({ verb: 'create', kind, ...target(object.metadata) }, () => client.create(kind, object, options)),
    apply: (kind, object, options) =>
      interceptor({ verb: 'apply', kind, ...target(object.metadata), subresource: options.subresource }, () =>
        client.apply(kind, object, options),
      ),
    patch: (kind, ref, body, options) =>
      interceptor({ verb: 'patch', kind, ...target(ref), subresource: ref.subresource }, () => client.patch(kind, ref, body, options)),
    delete: (kind, ref, options) => interceptor({ verb: 'delete', kind, ...target(ref) }, () => client.delete(kind, ref, options)),
  };
}

function target({
  name,
  namespace,
}: {
  readonly name: string;
  readonly namespace?: string | undefined;
}): Pick<ApiCall, 'name' | 'namespace'> {
  return { name, namespace };
}
