import { CatalogEntries, type CatalogItem } from '@toolhive-registry/catalog/compare';
import { isUrl } from '../../catalog-file/download.ts';
import { readCatalogBytes, withName } from '../../catalog-file/read-catalog.ts';
import { sideOfBytes, type DiffSide } from '../../diff/side.ts';
import { Failure } from '../../program/failure.ts';
import { openTarget } from '../../registry/target.ts';
import type { Session } from '../../terminal/session.ts';
import type { Flags } from './command.ts';

/** Before the name of a registry of the cluster. */
const REGISTRY = 'mcpregistry/';
/** How addresses of files end. */
const FILE = /\.(?:json|ya?ml)(?:\.gz)?$/i;
/** Name of a catalog where its form has one. */
const NAME = 'catalog';
/** What is said of clusters where none is asked. */
const NO_CLUSTER = { via: undefined, kubeconfig: undefined, context: undefined, namespace: undefined };

/** Reads one of the two catalogs. */
export async function sideOf(argument: string, by: 'server' | 'version', flags: Flags, session: Session): Promise<DiffSide> {
  const isRegistry = argument.startsWith(REGISTRY) || (isUrl(argument) && !FILE.test(new URL(argument).pathname));
  if (isRegistry) return sideOfRegistry(argument, by, flags, session);
  const { name, bytes } = await readCatalogBytes(argument, session);
  return withName(name, () => sideOfBytes(name, bytes, { name: NAME, now: session.now(), by }));
}

/** What a registry serves: ours as a file with all that a catalog has, any other by its list of servers. */
async function sideOfRegistry(argument: string, by: 'server' | 'version', flags: Flags, session: Session): Promise<DiffSide> {
  const isNamed = argument.startsWith(REGISTRY);
  // The flags of clusters are for a registry by its name, which may be the other one.
  const chosen = isNamed
    ? { ...flags, url: undefined, via: undefined }
    : { ...NO_CLUSTER, 'request-timeout': flags['request-timeout'], url: argument };
  await using target = await openTarget(isNamed ? argument.slice(REGISTRY.length) : undefined, chosen, session);
  const { client } = target;
  const file = await client.file('upstream').catch((error: unknown) => {
    if (error instanceof Failure) return undefined;
    throw error;
  });
  if (file !== undefined) return sideOfBytes(client.label, Buffer.from(file), { name: NAME, now: session.now(), by });
  const entries = new CatalogEntries({ by });
  for await (const items of client.everyItem({ latest: by === 'server' })) {
    for (const item of items) entries.add(item as unknown as CatalogItem);
  }
  return { label: client.label, entries };
}
