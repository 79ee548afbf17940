import { serverKinds, type ServerKind } from '@toolhive-registry/api';
import { formatKey, Informer, type ApiClient, type Logger, type ObjectKey } from '@toolhive-registry/reconciler';
import { registryOfServer, slimServer, type ServerObject } from './server.ts';
import type { Served, ServedKinds } from './served.ts';

/** The MCP servers of one kind. */
export interface Servers {
  readonly kind: ServerKind;
  readonly informer: Informer<ServerObject>;
  /** Whether they can be watched; undefined: not known yet. */
  readonly served: () => Served | undefined;
  /** Whether the known servers of a namespace are complete. True for a kind that is not installed. */
  readonly isSeen: (namespace: string) => boolean;
}

/** Index of servers by `namespace/name` of the registry in their labels. */
export const BY_LABELS = 'registry-labels';

/** How often to check whether a kind is installed by now, in milliseconds. */
const RETRY_MS = 30_000;

/** Creates the informers, one for each kind, in whichever version it is served. */
export function createServers(deps: {
  readonly client: ApiClient;
  readonly namespaces: readonly string[] | undefined;
  readonly kinds: ServedKinds;
  readonly logger: Logger;
}): Servers[] {
  const { client, namespaces, kinds, logger } = deps;
  return serverKinds.map((kind) => {
    const informer = new Informer<ServerObject>({
      client,
      namespaces,
      logger,
      kind: { group: kind.group, version: kind.versions[0], plural: kind.plural, kind: kind.kind, namespaced: true },
      optional: true,
      optionalRetryMs: RETRY_MS,
      gate: kinds.gate(kind),
      transform: (object) => slimServer(kind, object),
      indexes: {
        [BY_LABELS]: (object) => {
          const registry = registryOfServer(object);
          return registry === undefined ? [] : [formatKey(registry)];
        },
      },
    });
    const served = (): Served | undefined => kinds.last(kind);
    const isSeen = (namespace: string): boolean => {
      const is = served()?.is;
      return is !== undefined && is !== 'unseen' && informer.accessError(namespace) === undefined;
    };
    return { kind, informer, served, isSeen };
  });
}

/** The servers of all kinds whose labels name a registry. */
export function serversOf(registry: ObjectKey, all: readonly Servers[]): { readonly kind: ServerKind; readonly object: ServerObject }[] {
  const key = formatKey(registry);
  return all.flatMap(({ kind, informer }) => informer.store.byIndex(BY_LABELS, key).map((object) => ({ kind, object })));
}
