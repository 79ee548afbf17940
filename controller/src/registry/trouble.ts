import type { Trouble } from '@toolhive-registry/api/pods';
import { formatKey, keyOf, type ApiClient, type Logger, type ObjectKey } from '@toolhive-registry/reconciler';
import type { PodObject } from '../pods/pod.ts';
import type { FactsPoller } from '../pods/poller.ts';
import { podTrouble } from '../pods/trouble.ts';
import { createPodWarnings } from '../pods/warnings.ts';
import type { Informers } from './informers.ts';
import { newestPods } from './newest.ts';
import type { DeploymentObject } from './render/deployment.ts';
import { isComplete, isObserved, replicasOf, withoutPodName } from './status/rollout.ts';

/** What finding trouble needs. */
export interface TroubleDeps {
  readonly client: Pick<ApiClient, 'request'>;
  readonly informers: Informers;
  readonly poller?: FactsPoller;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly logger: Logger;
}

/** Finds what keeps a registry's Deployment from completing. */
export interface TroubleFinder {
  /** Undefined: nothing that needs somebody's attention. Also returns the milliseconds until the next check, whatever watches bring. */
  find(
    registry: ObjectKey,
    deployment: DeploymentObject | undefined,
    pods: readonly PodObject[],
    signal: AbortSignal,
  ): Promise<{ readonly trouble?: Trouble; readonly againMs?: number }>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Creates it. An incomplete Deployment is explained by the pods of its newest template, their Events, and its own conditions. */
export function createTroubleFinder({ client, informers, poller, clock, logger }: TroubleDeps): TroubleFinder {
  const events = createPodWarnings(client, clock, logger);

  return {
    find: async (registry, deployment, pods, signal) => {
      // As long as the Deployment controller has not seen a change, nothing is known about it.
      if (deployment === undefined || isComplete(deployment) || !isObserved(deployment)) {
        events.forget(registry);
        return {};
      }
      const paused = pausedTrouble(deployment);
      if (paused !== undefined) return { trouble: paused };
      const newest = newestPods(deployment, pods, informers.replicaSets.store);
      const facts = poller?.facts(registry) ?? [];
      const known = podTrouble(newest, { facts, warnings: new Map() });
      if (known !== undefined) return { trouble: known };
      const { warnings, againMs } = await events.look(registry, newest, signal);
      const trouble = podTrouble(newest, { facts, warnings }) ?? creationTrouble(deployment);
      return { ...(trouble === undefined ? {} : { trouble }), ...(againMs === undefined ? {} : { againMs }) };
    },
    forget: (registry) => events.forget(registry),
  };
}

/** Somebody paused it (`kubectl rollout pause`), and its pods are not the wanted ones. */
function pausedTrouble(deployment: DeploymentObject): Trouble | undefined {
  const { wanted, updated } = replicasOf(deployment);
  if (deployment.spec['paused'] !== true || updated >= wanted) return undefined;
  const { namespace = '', name } = deployment.metadata;
  const remedy = `kubectl rollout resume deployment/${name} --namespace ${namespace}`;
  return { reason: 'RolloutPaused', message: `Deployment ${formatKey(keyOf(deployment))} is paused; resume it with: ${remedy}` };
}

/** Patterns in the refusal of a pod, by who refuses it. */
const REFUSED_BY: readonly (readonly [RegExp, string])[] = [
  [/exceeded quota|failed quota/, 'QuotaExceeded'],
  [/violates PodSecurity|admission webhook .* denied|ValidatingAdmissionPolicy|forbidden: (maximum|minimum)/, 'PolicyDenied'],
];

/** The pods cannot even be created. */
function creationTrouble({ status }: DeploymentObject): Trouble | undefined {
  const failure = status?.conditions?.find((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True');
  if (failure?.message === undefined) return undefined;
  const { message, reason = 'FailedCreate' } = failure;
  return { reason: REFUSED_BY.find(([words]) => words.test(message))?.[1] ?? reason, message: withoutPodName(message) };
}
