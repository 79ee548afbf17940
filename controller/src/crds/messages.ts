import { crdName, crdVersion, groups, type RegistryGroup } from '@toolhive-registry/api';
import { isForbidden, KubeApiError } from '@toolhive-registry/reconciler';
import type { CrdUpgrade } from './upgrade.ts';

/** The outcome of an upgrade, as one line for people. */
export function upgradeMessage(group: RegistryGroup, upgrade: CrdUpgrade): string {
  return `CRD ${crdName(group)}: ${sentence(group, upgrade)}`;
}

function sentence(group: RegistryGroup, upgrade: CrdUpgrade): string {
  switch (upgrade.became) {
    case 'upgraded':
      return `upgraded from ${upgrade.from ?? 'a version without a number'} to ${crdVersion}${upgrade.isServed ? '' : '; the API server has not published it yet, so new fields of objects may be dropped for a moment'}`;
    case 'current':
      return `is up to date (${crdVersion})`;
    case 'newer':
      return `is of version ${upgrade.from}, which is newer than this controller's (${crdVersion}); kept, since objects may use its fields`;
    case 'foreign':
      return `is not this controller's (${upgrade.why}); left alone with its objects`;
    case 'missing':
    default:
      return `is not installed, and an upgrade does not install it; to serve MCPRegistries of ${group}: ${applyCommand(group)}`;
  }
}

/** Why a group's CRD could not be upgraded, and what to do. */
export function upgradeFailureMessage(group: RegistryGroup, error: unknown): string {
  const why = error instanceof Error ? error.message : String(error);
  const remedy =
    error instanceof KubeApiError && isForbidden(error)
      ? `allow get and patch on customresourcedefinitions ${groups.map(crdName).join(' and ')} of apiextensions.k8s.io, as ClusterRole NAME-crds of the chart does, or set crds.upgrade=false and do it by hand: ${applyCommand(group)}`
      : `once that is fixed, run the upgrade again, or do it by hand: ${applyCommand(group)}`;
  return `CRD ${crdName(group)}: cannot be upgraded: ${why}; ${remedy}`;
}

/** Why this controller has nothing to serve, and what to do. */
export function noCrdMessage(): string {
  return `none of the CRDs ${groups.map(crdName).join(' and ')} is this controller's; install one: ${applyCommand(groups[1])}`;
}

/** The command that applies a group's CRD by hand, from a checkout or the unpacked chart. */
export function applyCommand(group: RegistryGroup): string {
  return `kubectl apply --server-side --force-conflicts -f crds/${group}_mcpregistries.yaml`;
}
