import { groups, plural, serverKinds } from '@toolhive-registry/api';
import type { ControllerSettings } from './controller-settings.ts';

/** Something that a controller has to be allowed to do, and for what. */
export interface Permission {
  readonly group: string;
  /** With the subresource after a slash, as RBAC has it. */
  readonly resource: string;
  readonly verbs: readonly string[];
  /** What does not work without it. */
  readonly purpose: string;
}

const READ = ['get', 'list', 'watch'] as const;
const APPLY = [...READ, 'create', 'patch'] as const;

/** What `spec.expose` takes, by its field. */
const EXPOSING = [
  { way: 'ingress', group: 'networking.k8s.io', resource: 'ingresses' },
  { way: 'gateway', group: 'gateway.networking.k8s.io', resource: 'httproutes' },
] as const;

/** What a controller with these settings does in the namespaces that it watches: the rules of the chart's templates/rbac.yaml. */
export function controllerPermissions(settings: ControllerSettings): Permission[] {
  const registries = groups.flatMap((group): Permission[] => [
    { group, resource: plural, verbs: READ, purpose: 'to see registries' },
    { group, resource: `${plural}/status`, verbs: ['patch'], purpose: 'to report the state of registries' },
    { group, resource: `${plural}/finalizers`, verbs: ['update'], purpose: 'to own the objects of registries, on OpenShift' },
  ]);
  const made = 'to make the objects of registries';
  const held = 'to report what holds up a registry';
  return [
    ...registries,
    ...['configmaps', 'services', 'serviceaccounts'].map((resource) => ({ group: '', resource, verbs: APPLY, purpose: made })),
    { group: 'apps', resource: 'deployments', verbs: APPLY, purpose: made },
    { group: 'policy', resource: 'poddisruptionbudgets', verbs: [...APPLY, 'delete'], purpose: made },
    settings.writesNetworkPolicies
      ? { group: 'networking.k8s.io', resource: 'networkpolicies', verbs: APPLY, purpose: made }
      : {
          group: 'networking.k8s.io',
          resource: 'networkpolicies',
          verbs: ['list', 'watch', 'delete'],
          purpose: 'to remove NetworkPolicies',
        },
    ...EXPOSING.map(({ way, ...kind }) =>
      settings.exposes.includes(way)
        ? { ...kind, verbs: [...APPLY, 'delete'], purpose: 'to expose registries' }
        : { ...kind, verbs: ['list', 'watch', 'delete'], purpose: 'to remove what exposed registries' },
    ),
    { group: '', resource: 'pods', verbs: READ, purpose: 'to ask the pods of registries' },
    ...(settings.refreshesVolumes
      ? [{ group: '', resource: 'pods', verbs: ['patch'], purpose: 'to serve changes of ConfigMaps at once' }]
      : []),
    ...(settings.access === 'apiserver-proxy'
      ? [{ group: '', resource: 'pods/proxy', verbs: ['get'], purpose: 'to ask the pods of registries through the API server' }]
      : []),
    { group: 'apps', resource: 'replicasets', verbs: ['list', 'watch'], purpose: held },
    { group: '', resource: 'events', verbs: ['list'], purpose: held },
    { group: '', resource: 'resourcequotas', verbs: ['list', 'watch'], purpose: held },
    { group: 'events.k8s.io', resource: 'events', verbs: ['create', 'patch'], purpose: 'to record Events' },
    ...serverKinds.map(({ group, plural: resource }) => ({
      group,
      resource,
      verbs: ['list', 'watch'],
      purpose: 'to see which MCP servers run from a registry, and which are not in its catalog',
    })),
  ];
}

/** What it does with its Lease. */
export const LEASE_PERMISSIONS: Permission = {
  group: 'coordination.k8s.io',
  resource: 'leases',
  verbs: ['create', 'get', 'patch'],
  purpose: 'to decide which of several controllers works',
};

/** What it does in the whole cluster where there are admission policies. */
export const POLICY_PERMISSIONS: readonly Permission[] = ['validatingadmissionpolicies', 'validatingadmissionpolicybindings'].map(
  (resource) => ({
    group: 'admissionregistration.k8s.io',
    resource,
    verbs: ['list', 'watch'],
    purpose: 'to see whether the admission policies are in force',
  }),
);
