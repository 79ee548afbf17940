import {
  deployedServersSchema,
  labels,
  serverKindName,
  type DeployedServer,
  type DeployedServers,
  type ServerKind,
} from '@toolhive-registry/api';
import type { ObjectKey } from '@toolhive-registry/reconciler';
import { serversOf, type Servers } from '../servers/informers.ts';
import type { ServerObject } from '../servers/server.ts';

/** Limits on servers and on bytes of the list. A ConfigMap holds 1 MiB, and the registry's own limits are no smaller. */
const MAX_SERVERS = 5_000;
const MAX_BYTES = 900_000;

/**
 * The servers that belong to a registry, in a fixed order, those in its own namespace first. The last in that order are dropped when there is no room. Servers
 * of kinds that cannot be listed at the moment are kept from `before`.
 */
export function deployedList(registry: ObjectKey, all: readonly Servers[], before: DeployedServers | undefined): DeployedServers {
  const own = ({ namespace }: DeployedServer): number => (namespace === registry.namespace ? 0 : 1);
  const unseen = new Set(all.filter(({ isSeen }) => !isSeen(registry.namespace)).map(({ kind }) => serverKindName(kind)));
  const kept = (before?.servers ?? []).filter(({ kind, group = '' }) => unseen.has(serverKindName({ kind, group })));
  const seen = serversOf(registry, all).filter(({ kind }) => !unseen.has(serverKindName(kind)));
  const sorted = [...kept, ...seen.map(({ kind, object }) => deployedServer(kind, object))]
    .map((server) => ({ server, place: [own(server), server.namespace, server.name, server.kind, server.group ?? ''].join('\n') }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const servers: DeployedServer[] = [];
  let bytes = 0;
  for (const { server } of sorted) {
    bytes += Buffer.byteLength(JSON.stringify(server)) + 1;
    if (servers.length >= MAX_SERVERS || bytes > MAX_BYTES) break;
    servers.push(server);
  }
  const left = sorted.length - servers.length;
  return left === 0 ? { servers } : { servers, left_out: left };
}

function deployedServer(kind: ServerKind, { metadata, references, phase, ready, transport, endpoint }: ServerObject): DeployedServer {
  const named = (wanted: string, most: number): string | undefined => references.find((one) => one.kind === wanted)?.text.slice(0, most);
  const label = (name: string): string | undefined => metadata.labels?.[name];
  return withoutUndefined({
    name: metadata.name,
    namespace: metadata.namespace ?? '',
    kind: kind.kind,
    group: kind.group,
    server_name: label(labels.serverName),
    status: phase.slice(0, 100),
    ready,
    image: references.find(({ isMain }) => isMain)?.text.slice(0, 1_000),
    url: named('urls', 2_000),
    package: named('packages', 1_000),
    transport: transport?.slice(0, 63),
    endpoint_url: endpoint?.slice(0, 2_000),
    tier: label(labels.tier),
    category: label(labels.category),
  });
}

function withoutUndefined(server: { [K in keyof DeployedServer]: DeployedServer[K] | undefined }): DeployedServer {
  return Object.fromEntries(Object.entries(server).filter(([, value]) => value !== undefined)) as DeployedServer;
}

/** Parses a stored list; undefined: it is unreadable. */
export function readDeployedList(text: string | undefined): DeployedServers | undefined {
  try {
    return deployedServersSchema.parse(JSON.parse(text ?? ''));
  } catch {
    return undefined;
  }
}
