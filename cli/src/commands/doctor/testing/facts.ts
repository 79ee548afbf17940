import type { MCPRegistryStatus, RegistryStatusDocument } from '@toolhive-registry/api';
import { settingsOf } from '../controller-settings.ts';
import type { ControllerFacts, DeploymentObject, Facts, PodObject, RegistryFacts } from '../facts.ts';
import { seen, type Finding, type Unseen } from '../finding.ts';

/** For tests: the clock of all facts. */
export const NOW = Date.parse('2026-01-01T12:00:00Z');
/** For tests: something that may not be looked at. */
export const HIDDEN: Unseen = { is: 'unseen', why: 'you may not list things', permission: 'list things' };

/** For tests: a finding in a few words. */
export function shown({ check, state, sentence }: Finding): string {
  return `${state} ${check}: ${sentence}`;
}

/** For tests: a pod. */
export function pod(name: string, status: PodObject['status'] = {}, labels: Record<string, string> = {}): PodObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'prod', labels }, status };
}

/** For tests: the status of a pod that serves. */
export const READY: NonNullable<PodObject['status']> = { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] };
/** For tests: the status of a pod whose image cannot be pulled. */
export const NO_IMAGE: NonNullable<PodObject['status']> = {
  phase: 'Pending',
  containerStatuses: [{ name: 'a', state: { waiting: { reason: 'ErrImagePull', message: 'not found' } } }],
};

/** For tests: the Deployment of a controller, as the chart makes it. */
export function deployment(
  args: readonly string[] = [],
  rest: { spec?: object; status?: object; image?: string; labels?: object } = {},
): DeploymentObject {
  const labels = { 'app.kubernetes.io/name': 'toolhive-registry', 'app.kubernetes.io/component': 'controller' };
  const image = rest.image ?? 'ghcr.io/toolhive-registry/toolhive-registry-controller:1.2.3';
  const template = { metadata: { labels }, spec: { serviceAccountName: 'controller', containers: [{ name: 'controller', image, args }] } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'controller', namespace: 'system', labels: { ...rest.labels } },
    spec: { replicas: 1, selector: { matchLabels: labels }, template, ...rest.spec },
    status: { readyReplicas: 1, ...rest.status },
  };
}

/** For tests: a controller that is as it should be. */
export function controller(made: DeploymentObject = deployment(), rest: Partial<ControllerFacts> = {}): ControllerFacts {
  return {
    deployment: made,
    settings: settingsOf(made),
    pods: seen([pod('controller-1', READY)]),
    leases: [lease('2026-01-01T11:59:58Z')],
    missingPermissions: seen([]),
    ...rest,
  };
}

/** For tests: a Lease that was renewed then; undefined: that is not there. */
export function lease(renewTime: string | undefined, holderIdentity = 'controller-1'): ControllerFacts['leases'][number] {
  const [namespace, name] = ['kube-system', 'toolhive-registry-controller'];
  const spec = { holderIdentity, leaseDurationSeconds: 15, ...(renewTime === undefined ? {} : { renewTime }) };
  const object = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name, namespace }, spec };
  return { namespace, name, lease: seen(renewTime === undefined ? undefined : object) };
}

/** For tests: a condition. */
export function condition(
  type: string,
  status: 'True' | 'False' | 'Unknown',
  reason: string,
): NonNullable<MCPRegistryStatus['conditions']>[number] {
  return { type, status, reason, message: `it is ${reason}`, lastTransitionTime: '2026-01-01T00:00:00Z' };
}

/** For tests: a registry that is as it should be. */
export function registry(
  rest: { metadata?: object; spec?: object; status?: Partial<MCPRegistryStatus>; facts?: Partial<RegistryFacts> } = {},
): RegistryFacts {
  const status = {
    phase: 'Running',
    observedGeneration: 1,
    serverCount: 3,
    url: 'http://team-api',
    conditions: [condition('Ready', 'True', 'Ready'), condition('SyncSuccessful', 'True', 'SyncSuccessful')],
    ...rest.status,
  };
  return {
    object: {
      apiVersion: 'toolhive.stacklok.dev/v1alpha1',
      kind: 'MCPRegistry',
      metadata: { name: 'team', namespace: 'prod', generation: 1, ...rest.metadata },
      spec: { source: { type: 'configmap', configmap: { name: 'data' } }, ...rest.spec },
      status: status as MCPRegistryStatus,
    },
    pods: seen([pod('team-1', READY, { app: 'mcp-registry-api' })]),
    networkPolicies: seen([]),
    configMaps: [],
    secrets: [],
    ...rest.facts,
  };
}

/** For tests: a status document with one source. */
export function document(source: object = {}): NonNullable<RegistryFacts['document']> {
  return seen({
    sources: [{ name: 'data', type: 'configmap', state: 'ok', serverCount: 3, warnings: [], ...source }],
  } as unknown as RegistryStatusDocument);
}

/** For tests: an installation that is as it should be. */
export function facts(rest: Partial<Facts> = {}): Facts {
  return {
    ownVersion: '1.2.3',
    now: NOW,
    server: 'https://example.com:6443',
    version: seen({ major: '1', minor: '34', gitVersion: 'v1.34.1' }),
    crds: [],
    controllers: seen([controller()]),
    ownPermissions: [],
    namespace: undefined,
    registries: seen([registry()]),
    policies: [],
    ...rest,
  };
}
