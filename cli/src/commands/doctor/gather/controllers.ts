import { fieldManager, labels } from '@toolhive-registry/api';
import { DEPLOYMENTS, isNotFound, PODS, type ResourceKind } from '@toolhive-registry/reconciler/client';
import type { Cluster } from '../../../cluster/connect.ts';
import { concurrently } from '../../../concurrent.ts';
import { controllerPermissions, LEASE_PERMISSIONS, POLICY_PERMISSIONS, type Permission } from '../controller-permissions.ts';
import { settingsOf, type ControllerSettings } from '../controller-settings.ts';
import type { ControllerFacts, DeploymentObject, LeaseFacts, LeaseObject, MissingPermission, PodObject } from '../facts.ts';
import type { Seen } from '../finding.ts';
import { canServiceAccount } from './access.ts';
import { inNamespace, look } from './look.ts';

const LEASES: ResourceKind = { group: 'coordination.k8s.io', version: 'v1', plural: 'leases', kind: 'Lease', namespaced: true };

/** Labels of the chart's Deployment, whatever the release is called. */
export const CONTROLLER_LABELS = `${labels.appPartOf}=toolhive-registry,${labels.appComponent}=controller`;

/** Questions about permissions at once. */
const CONCURRENCY = 16;
/** Maximum number of namespaces of one controller whose permissions are checked: there are some seventy in each. */
const MAX_NAMESPACES = 20;

/** Finds the controllers of a cluster, with their pods, Leases and permissions. */
export function gatherControllers(cluster: Cluster, signal: AbortSignal): Promise<Seen<readonly ControllerFacts[]>> {
  return look(cluster, 'list deployments.apps in all namespaces', signal, async () => {
    const { items } = await cluster.client.list<DeploymentObject>(DEPLOYMENTS, { labelSelector: CONTROLLER_LABELS, signal });
    return Promise.all(items.map((deployment) => factsOf(cluster, deployment, signal)));
  });
}

async function factsOf(cluster: Cluster, deployment: DeploymentObject, signal: AbortSignal): Promise<ControllerFacts> {
  const settings = settingsOf(deployment);
  const [pods, leases, missingPermissions] = await Promise.all([
    podsOf(cluster, deployment, signal),
    Promise.all(leasesOf(settings).map((lease) => leaseFacts(cluster, lease, signal))),
    missingPermissionsOf(cluster, deployment, settings, signal),
  ]);
  return { deployment, settings, pods, leases, missingPermissions };
}

function podsOf(cluster: Cluster, { metadata, spec }: DeploymentObject, signal: AbortSignal): Promise<Seen<readonly PodObject[]>> {
  const { namespace } = metadata;
  const labelSelector = Object.entries(spec.selector.matchLabels ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
  return look(cluster, `list pods${inNamespace(namespace)}`, signal, async () => {
    const { items } = await cluster.client.list<PodObject>(PODS, { namespace, labelSelector, signal });
    return items;
  });
}

interface LeaseName {
  readonly namespace: string;
  readonly name: string;
}

/** One for the cluster, or one in each namespace that is watched. */
function leasesOf({ leaderElectionNamespace, watchNamespaces }: ControllerSettings): LeaseName[] {
  if (leaderElectionNamespace === undefined) return [];
  if (watchNamespaces === undefined) return [{ namespace: leaderElectionNamespace, name: fieldManager }];
  return watchNamespaces.map((namespace) => ({ namespace, name: `${fieldManager}-namespace` }));
}

async function leaseFacts(cluster: Cluster, { namespace, name }: LeaseName, signal: AbortSignal): Promise<LeaseFacts> {
  const lease = await look(cluster, `get leases.coordination.k8s.io in namespace ${namespace}`, signal, async () => {
    try {
      return await cluster.client.get<LeaseObject>(LEASES, { namespace, name }, { signal });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  });
  return { namespace, name, lease };
}

function missingPermissionsOf(
  cluster: Cluster,
  { metadata, spec }: DeploymentObject,
  settings: ControllerSettings,
  signal: AbortSignal,
): Promise<Seen<readonly MissingPermission[]>> {
  const account = { namespace: metadata.namespace ?? '', name: spec.template.spec.serviceAccountName ?? 'default' };
  return look(cluster, 'create subjectaccessreviews.authorization.k8s.io', signal, async () => {
    const denied = await concurrently(askedOf(settings), CONCURRENCY, async (asked) => {
      const { permission, verb, namespace, name } = asked;
      const access = { verb, group: permission.group, resource: permission.resource, namespace, ...(name === undefined ? {} : { name }) };
      return (await canServiceAccount(cluster, account, access, signal)) ? [] : [{ permission, verb, namespace }];
    });
    return denied.flat();
  });
}

interface AskedRight extends MissingPermission {
  readonly name?: string;
}

function askedOf(settings: ControllerSettings): AskedRight[] {
  const namespaces = settings.watchNamespaces?.slice(0, MAX_NAMESPACES) ?? [undefined];
  const each = (permissions: readonly Permission[], namespace: string | undefined): AskedRight[] =>
    permissions.flatMap((permission) => permission.verbs.map((verb) => ({ permission, verb, namespace })));
  const leases = leasesOf(settings)
    .slice(0, MAX_NAMESPACES)
    // A permission to create cannot name the object.
    .flatMap(({ namespace, name }) =>
      each([LEASE_PERMISSIONS], namespace).map((asked) => (asked.verb === 'create' ? asked : { ...asked, name })),
    );
  return [
    ...namespaces.flatMap((namespace) => each(controllerPermissions(settings), namespace)),
    ...leases,
    ...(settings.policies === undefined ? [] : each(POLICY_PERMISSIONS, undefined)),
  ];
}
