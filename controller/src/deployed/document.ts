import { labels, type DeployedServer, type DeployedServers } from '@toolhive-registry/api';
import type { Servers } from '../servers/informers.ts';
import { serversOf } from '../servers/informers.ts';
import type { ObjectKey } from '@toolhive-registry/reconciler';
import type { ServerObject } from '../servers/server.ts';
import type { ServerKind } from '@toolhive-registry/api';

/** What is told a registry of the servers that run from it, and how many there was no room for. */
export interface DeployedList {
  readonly document: DeployedServers;
  readonly left: number;
}

/** Most servers, and most bytes of the list: a ConfigMap holds 1 MiB, and the registry's own limits are no smaller. */
const MAX_SERVERS = 5_000;
const MAX_BYTES = 900_000;

/** The servers that belong to a registry, in a fixed order. What there is no room for comes last by that order. */
export function deployedList(registry: ObjectKey, all: readonly Servers[]): DeployedList {
  const sorted = serversOf(registry, all)
    .map(({ kind, object }) => deployedServer(kind, object))
    .map((server) => ({ server, place: [server.namespace, server.name, server.kind, server.group ?? ''].join('\n') }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const servers: DeployedServer[] = [];
  let bytes = 0;
  for (const { server } of sorted) {
    bytes += Buffer.byteLength(JSON.stringify(server)) + 1;
    if (servers.length >= MAX_SERVERS || bytes > MAX_BYTES) break;
    servers.push(server);
  }
  return { document: { servers }, left: sorted.length - servers.length };
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
    image: named('images', 1_000),
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
