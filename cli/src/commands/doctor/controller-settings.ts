import type { DeploymentObject } from './facts.ts';

/** The settings of a controller that the checks use. */
export interface ControllerSettings {
  /** Undefined: all namespaces. */
  readonly watchNamespaces: readonly string[] | undefined;
  /** Where its Lease is, for the whole cluster; undefined: it always works. */
  readonly leaderElectionNamespace: string | undefined;
  readonly access: string;
  readonly refreshesVolumes: boolean;
  readonly writesNetworkPolicies: boolean;
  /** How registries may be exposed: `ingress`, `gateway`. */
  readonly exposes: readonly string[];
  /** How the names of its admission policies begin; undefined: there are none. */
  readonly policies: string | undefined;
}

/** Name of the container in the chart. */
const CONTAINER = 'controller';

/** Reads the flags of a controller's container, as the chart writes them. Defaults are those of the controller. */
export function settingsOf({ spec }: DeploymentObject): ControllerSettings {
  const { containers } = spec.template.spec;
  const { args = [] } = containers.find(({ name }) => name === CONTAINER) ?? containers[0] ?? {};
  const flag = (name: string): string | undefined =>
    args.findLast((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + '--='.length);
  const elects = !args.includes('--no-leader-elect') && flag('leader-elect') !== 'false';
  return {
    watchNamespaces: flag('watch-namespaces')
      ?.split(',')
      .map((name) => name.trim()),
    leaderElectionNamespace: elects ? (flag('leader-election-namespace') ?? 'kube-system') : undefined,
    access: flag('registry-access') ?? 'direct',
    refreshesVolumes: flag('refresh-volumes') !== 'false',
    writesNetworkPolicies: flag('network-policy') === 'true',
    exposes: (flag('expose') ?? 'ingress,gateway').split(',').map((way) => way.trim()),
    policies: flag('enforcement-policies'),
  };
}
