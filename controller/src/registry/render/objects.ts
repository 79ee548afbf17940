import { annotations, type DeployedServers, type Expose } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  DEPLOYMENTS,
  HTTP_ROUTES,
  INGRESSES,
  NETWORK_POLICIES,
  POD_DISRUPTION_BUDGETS,
  SERVICE_ACCOUNTS,
  SERVICES,
  type Desired,
  type KubeObject,
} from '@toolhive-registry/reconciler';
import type { ValidRegistry } from '../resource.ts';
import { renderConfigMap, renderDeployedConfigMap } from './config-map.ts';
import { withPodDefaults, withSyncDefault, type RegistryDefaults } from './defaults.ts';
import { renderDeployment } from './deployment.ts';
import { renderDisruptionBudget } from './disruption-budget.ts';
import { renderNetworkPolicy, type NetworkPolicySettings } from './network-policy.ts';
import type { PodSettings } from './pod-template.ts';
import { renderServiceAccount } from './service-account.ts';
import { renderHttpRoute } from './http-route.ts';
import { renderIngress } from './ingress.ts';
import { renderInternalService, renderService } from './services.ts';

/** Settings shared by all registries of a controller. */
export interface RenderSettings {
  readonly pods: PodSettings;
  /** `NAMESPACE/NAME` of the installation, recorded on every object. */
  readonly installation: string;
  /** Defaults for registries; undefined: none. */
  readonly defaults?: RegistryDefaults | undefined;
  /** Undefined: registries get no NetworkPolicy. */
  readonly networkPolicy?: NetworkPolicySettings | undefined;
}

/** Created before the Deployment: its pods need these objects, and its internal port has to be guarded from the start. */
const LAST_STAGE = 1;

/** Facts that the objects depend on besides the spec. */
export interface Circumstances {
  /** Number of pods. */
  readonly replicas: number;
  /** The servers that were deployed from it. Undefined: there never were any, and there is no ConfigMap for them. */
  readonly deployed?: DeployedServers | undefined;
}

/** All objects of a registry, except what exposes it. An existing object of a kind in `OPTIONAL_KINDS` that is not among them gets deleted. */
export function renderObjects(
  registry: ValidRegistry,
  { replicas, deployed }: Circumstances,
  { pods, installation, defaults = {}, networkPolicy }: RenderSettings,
): Desired[] {
  const inheriting = withPodDefaults(registry, defaults);
  const objects: Desired[] = [
    { kind: CONFIG_MAPS, object: renderConfigMap(withSyncDefault(registry, defaults)) },
    ...(deployed === undefined ? [] : [{ kind: CONFIG_MAPS, object: renderDeployedConfigMap(registry, deployed) }]),
    { kind: SERVICE_ACCOUNTS, object: renderServiceAccount(inheriting) },
    { kind: SERVICES, object: renderService(registry) },
    { kind: SERVICES, object: renderInternalService(registry) },
    ...(networkPolicy === undefined ? [] : [{ kind: NETWORK_POLICIES, object: renderNetworkPolicy(registry, networkPolicy) }]),
    ...(replicas > 1 ? [{ kind: POD_DISRUPTION_BUDGETS, object: renderDisruptionBudget(registry) }] : []),
    { kind: DEPLOYMENTS, object: renderDeployment(inheriting, { ...pods, resources: defaults.resources }), stage: LAST_STAGE },
  ];
  return objects.map(({ object, ...rest }) => ({ ...rest, object: withInstallation(object, installation) }));
}

/** The object that `spec.expose` asks for. It is applied separately, so that a refusal does not keep the registry from being served inside the cluster. */
export function renderExposure(registry: ValidRegistry, expose: Expose, installation: string): Desired {
  const [kind, object] =
    expose.gateway === undefined
      ? ([INGRESSES, renderIngress(registry, expose)] as const)
      : ([HTTP_ROUTES, renderHttpRoute(registry, expose, expose.gateway)] as const);
  return { kind, object: withInstallation(object, installation) };
}

function withInstallation(object: KubeObject, installation: string): KubeObject {
  const { metadata } = object;
  return { ...object, metadata: { ...metadata, annotations: { ...metadata.annotations, [annotations.installation]: installation } } };
}
