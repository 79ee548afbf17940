import { ports } from '@toolhive-registry/api';
import type { ControllerFacts, RegistryFacts } from '../facts.ts';
import { ok, problem, unknown, type Finding } from '../finding.ts';
import { admits, selecting, type PodIdentity } from './network-policies.ts';

/** Whether NetworkPolicies let the controller reach the port where it asks a registry for its status. */
export function checkInternalPort({ object, pods, networkPolicies }: RegistryFacts, controllers: readonly ControllerFacts[]): Finding[] {
  const { namespace = '' } = object.metadata;
  const asking = controllers.filter(
    ({ settings }) => settings.access !== 'none' && settings.watchNamespaces?.includes(namespace) !== false,
  );
  if (asking.length === 0 || pods.is === 'unseen') return [];
  const [pod] = pods.value;
  if (pod === undefined) return [];
  if (networkPolicies.is === 'unseen') return [unknown('internal port', networkPolicies)];
  const applied = selecting(networkPolicies.value, pod.metadata.labels ?? {});
  const reached = asking.some((controller) => admits(applied, ports.internal, callerOf(controller)));
  if (reached) return [ok('internal port', `the controller may reach port ${ports.internal}`)];
  const names = applied.map(({ metadata }) => metadata.name).join(', ');
  return [
    problem(
      'internal port',
      `NetworkPolicies keep the controller from port ${ports.internal}, where it asks for the status: ${names}`,
      asking.some(({ settings }) => settings.access === 'direct')
        ? `set registryDefaults.networkPolicy.enabled=true in the values of the chart, or let the pods of its namespace reach port ${ports.internal}`
        : 'set registryDefaults.access=direct in the values of the chart: no NetworkPolicy can admit the API server',
    ),
  ];
}

/** The controller's pods; undefined: it asks through the API server, which is not a pod. */
function callerOf({ deployment, settings }: ControllerFacts): PodIdentity | undefined {
  if (settings.access !== 'direct') return undefined;
  return { namespace: deployment.metadata.namespace ?? '', labels: deployment.spec.template.metadata?.labels ?? {} };
}
