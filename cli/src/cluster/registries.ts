import type { MCPRegistryInput, MCPRegistryStatus } from '@toolhive-registry/api';
import { closest } from '@toolhive-registry/api/closest';
import { createCrdSearch } from '@toolhive-registry/api/crd-owner';
import { groups, kind, plural, version, type RegistryGroup } from '@toolhive-registry/api/group';
import type { KubeObject, ResourceKind } from '@toolhive-registry/reconciler/client';
import { compareTexts } from '../output/compare.ts';
import { Failure, misuse } from '../program/failure.ts';
import { explained, type Cluster } from './connect.ts';
import { documentAt } from './discovery.ts';

/** An MCPRegistry as the API server has it. */
export interface RegistryObject extends KubeObject {
  readonly spec: MCPRegistryInput['spec'];
  readonly status?: MCPRegistryStatus;
}

/** The resource of registries in a group. */
export function registryKind(group: RegistryGroup): ResourceKind {
  return { group, version, plural, kind, namespaced: true };
}

/** The group of a registry. */
export function groupOf({ apiVersion }: RegistryObject): RegistryGroup {
  return groups.find((group) => apiVersion === `${group}/${version}`) ?? groups[0];
}

/** The groups whose MCPRegistries are ours in this cluster. Throws a {@link Failure} where there is none. */
export async function ourGroups(cluster: Cluster, signal: AbortSignal): Promise<readonly RegistryGroup[]> {
  const find = createCrdSearch((path, aborted) => documentAt(cluster, path, aborted));
  const found = await Promise.all(groups.map(async (group) => ({ group, owner: await find(group, signal) }))).catch((error: unknown) =>
    Promise.reject(explained(error, cluster.access)),
  );
  const ours = found.filter(({ owner }) => owner.whose === 'ours').map(({ group }) => group);
  if (ours.length > 0) return ours;
  const foreign = found.find(({ owner }) => owner.whose === 'foreign');
  throw new Failure(
    foreign === undefined
      ? 'toolhive-registry is not installed in this cluster: it does not have the kind MCPRegistry'
      : `the kind MCPRegistry of this cluster (${foreign.group}) is ToolHive's, not that of toolhive-registry`,
    {
      remedy:
        foreign === undefined
          ? 'install the chart charts/toolhive-registry'
          : 'install the chart charts/toolhive-registry beside it; docs/beside-toolhive.md says how',
    },
  );
}

/** All registries of a namespace, or of all of them, sorted by namespace and name. */
export async function listRegistries(
  cluster: Cluster,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly RegistryObject[]> {
  const found: RegistryObject[] = [];
  for (const group of await ourGroups(cluster, signal)) {
    const { items } = await cluster.client
      .list<RegistryObject>(registryKind(group), { namespace, signal })
      .catch((error: unknown) => Promise.reject(explained(error, cluster.access)));
    // Items of a list do not say what they are.
    found.push(...items.map((item) => ({ ...item, apiVersion: `${group}/${version}`, kind })));
  }
  return found.sort((a, b) => compareTexts(keyOf(a), keyOf(b)));
}

/** A registry by its name. Throws a {@link Failure} that suggests the one that was probably meant. */
export async function findRegistry(
  cluster: Cluster,
  name: string,
  group: string | undefined,
  signal: AbortSignal,
): Promise<RegistryObject> {
  const all = await listRegistries(cluster, cluster.namespace, signal);
  const found = all.filter(
    ({ metadata, apiVersion }) => metadata.name === name && (group === undefined || apiVersion?.startsWith(`${group}/`)),
  );
  const [only, other] = found;
  if (only !== undefined && other === undefined) return only;
  if (only !== undefined)
    throw misuse(
      `there are two registries ${name} in namespace ${cluster.namespace}, one of each API group`,
      `name one with --group ${groups.join(' or --group ')}`,
    );
  throw unknownRegistry(name, cluster.namespace, group, all);
}

function unknownRegistry(name: string, namespace: string, group: string | undefined, all: readonly RegistryObject[]): Failure {
  const other = all.find(({ metadata }) => metadata.name === name);
  if (other !== undefined)
    return new Failure(`there is no registry ${name} of ${group ?? 'that group'} in namespace ${namespace}`, {
      remedy: `there is one of ${groupOf(other)}: leave out --group`,
    });
  const names = all.map(({ metadata }) => metadata.name);
  const meant = closest(name, names);
  const remedy =
    meant !== undefined
      ? `did you mean ${meant}?`
      : names.length === 0
        ? 'there is none there; name another namespace with --namespace, or create one with add'
        : `there are ${names.slice(0, 10).join(', ')}${names.length > 10 ? ' and others' : ''}`;
  return new Failure(`there is no registry ${name} in namespace ${namespace}`, { remedy });
}

function keyOf({ metadata, apiVersion }: RegistryObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name}/${apiVersion ?? ''}`;
}

/**
 * Why a registry has no objects: those of its name belong to a registry of the other API group, whose catalog its Service would return.
 * Undefined if they are its own.
 */
export function nameTaken({ status }: RegistryObject): string | undefined {
  return status?.conditions?.find(({ type, status: is, reason }) => type === 'Stalled' && is === 'True' && reason === 'NameTaken')?.message;
}

/** Whether a condition of a registry holds. */
export function conditionOf({ status }: RegistryObject, type: string): string {
  return status?.conditions?.find((one) => one.type === type)?.status ?? '';
}
