import { enforcementModeOf, enforcementModes, plural, type RegistryGroup } from '@toolhive-registry/api';
import type { Cluster } from '../../../cluster/connect.ts';
import { registryKind, type RegistryObject } from '../../../cluster/registries.ts';
import type { Session } from '../../../terminal/session.ts';
import { fitted } from '../../../terminal/width.ts';
import type { Via } from '../../../registry/in-cluster.ts';
import type { ControllerFacts, CrdFacts, Facts, PolicyFacts } from '../facts.ts';
import { seen, type Seen } from '../finding.ts';
import { gatherCrds, gatherVersion } from './cluster.ts';
import { gatherControllers } from './controllers.ts';
import { gatherDocuments } from './documents.ts';
import { inNamespace, look } from './look.ts';
import { gatherOwnPermissions } from './own-permissions.ts';
import { gatherPolicies } from './policies.ts';
import { gatherRegistries } from './registries.ts';

/** What is to be looked at. */
export interface Scope {
  /** The only namespace whose registries count; undefined: all, or as far as one may. */
  readonly namespace: string | undefined;
  /** All namespaces, whatever one may. */
  readonly isWhole: boolean;
  readonly via: Via;
}

/** Gathers everything once. Throws a failure if the API server does not answer. */
export async function gatherFacts(cluster: Cluster, scope: Scope, ownVersion: string, session: Session): Promise<Facts> {
  const { signal } = session;
  const tell = (text: string): void => session.draw(fitted(text, (session.terminal.columns ?? 80) - 1));
  try {
    tell(`Looking at ${cluster.access.server}`);
    const version = await gatherVersion(cluster, signal);
    const crds = await gatherCrds(cluster, signal);
    tell('Looking at the controller and its permissions');
    const [controllers, listed] = await Promise.all([
      gatherControllers(cluster, signal),
      gatherObjects(cluster, ourGroupsOf(crds), scope, signal),
    ]);
    const { namespace, objects } = listed;
    const count = objects.is === 'seen' ? objects.value.length : 0;
    const [ownPermissions, policies, registries] = await Promise.all([
      gatherOwnPermissions(cluster, ourGroupsOf(crds), namespace, signal),
      wantedPolicies(cluster, controllers, objects, signal),
      mapSeen(objects, (found) =>
        gatherRegistries(cluster, found, { namespace, signal, progress: (done) => tell(`Looking at registries: ${done} of ${count}`) }),
      ),
    ]);
    const asked = await mapSeen(registries, (found) =>
      gatherDocuments(cluster, found, { via: scope.via, session, progress: (done) => tell(`Asking registries: ${done} of ${count}`) }),
    );
    const { server } = cluster.access;
    return { ownVersion, now: session.now(), server, version, crds, controllers, ownPermissions, namespace, registries: asked, policies };
  } finally {
    session.draw('');
  }
}

/** The groups whose CRD is ours. */
function ourGroupsOf(crds: readonly CrdFacts[]): RegistryGroup[] {
  return crds.flatMap(({ group, owner }) => (owner.is === 'seen' && owner.value.whose === 'ours' ? [group] : []));
}

interface Listed {
  readonly namespace: string | undefined;
  readonly objects: Seen<readonly RegistryObject[]>;
}

/** All registries; where those of all namespaces may not be listed, and nobody insists on it, those of the context's. */
async function gatherObjects(
  cluster: Cluster,
  groups: readonly RegistryGroup[],
  { namespace, isWhole }: Scope,
  signal: AbortSignal,
): Promise<Listed> {
  const list = (within: string | undefined): Promise<Seen<readonly RegistryObject[]>> =>
    look(cluster, `list ${plural}${inNamespace(within)}`, signal, async () => {
      const lists = await Promise.all(
        groups.map((group) => cluster.client.list<RegistryObject>(registryKind(group), { namespace: within, signal })),
      );
      return lists.flatMap(({ items }) => items).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    });
  const objects = await list(namespace);
  if (namespace !== undefined || isWhole || objects.is === 'seen') return { namespace, objects };
  return { namespace: cluster.namespace, objects: await list(cluster.namespace) };
}

function keyOf({ metadata, apiVersion }: RegistryObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}/${apiVersion}`;
}

/** The policies that are needed for what registries ask for, of every installation that has some. */
async function wantedPolicies(
  cluster: Cluster,
  controllers: Seen<readonly ControllerFacts[]>,
  objects: Seen<readonly RegistryObject[]>,
  signal: AbortSignal,
): Promise<PolicyFacts[]> {
  if (controllers.is !== 'seen' || objects.is !== 'seen') return [];
  const asked = new Set(objects.value.map(enforcementModeOf));
  const modes = enforcementModes.filter((mode) => asked.has(mode));
  if (modes.length === 0) return [];
  const installations = controllers.value.flatMap(({ settings }) => settings.policies ?? []);
  return (await Promise.all(installations.map((one) => gatherPolicies(cluster, one, modes, signal)))).flat();
}

async function mapSeen<T, R>(found: Seen<T>, change: (value: T) => Promise<R>): Promise<Seen<R>> {
  return found.is === 'seen' ? seen(await change(found.value)) : found;
}
