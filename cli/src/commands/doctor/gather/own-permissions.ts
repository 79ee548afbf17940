import { plural, type RegistryGroup } from '@toolhive-registry/api';
import type { Cluster } from '../../../cluster/connect.ts';
import type { OwnPermissions } from '../facts.ts';
import { canI, type Access } from './access.ts';
import { look } from './look.ts';

/** Finds out what the user is allowed to do, by what needs it. */
export function gatherOwnPermissions(
  cluster: Cluster,
  groups: readonly RegistryGroup[],
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<OwnPermissions[]> {
  const of = (verb: string, group: string, resource: string): Access => ({ verb, group, resource, namespace });
  const needs: readonly (readonly [purpose: string, ...accesses: Access[]])[] = [
    ...groups.flatMap((group) => [
      ['every command that names a registry', of('list', group, plural)] as const,
      ['set, sync and rollback', of('patch', group, plural)] as const,
    ]),
    ['everything that a registry is asked for', of('get', '', 'services/proxy'), of('create', '', 'pods/portforward')],
  ];
  const allowed = async (access: Access): Promise<OwnPermissions['permissions'][number]> => ({
    permission: permissionText(access),
    isAllowed: await look(cluster, 'create selfsubjectaccessreviews.authorization.k8s.io', signal, () => canI(cluster, access, signal)),
  });
  return Promise.all(needs.map(async ([purpose, ...accesses]) => ({ purpose, permissions: await Promise.all(accesses.map(allowed)) })));
}

function permissionText({ verb, group, resource }: Access): string {
  return `${verb} ${group === '' ? resource : `${resource}.${group}`}`;
}
