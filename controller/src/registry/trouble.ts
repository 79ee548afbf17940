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

/** Finds what holds up a registry's Deployment. */
export interface TroubleFinder {
  /** Undefined: nothing that somebody has to mend. Answers too after how many milliseconds to look again, whatever comes of watches. */
  find(
    registry: ObjectKey,
    deployment: DeploymentObject | undefined,
    pods: readonly PodObject[],
    signal: AbortSignal,
  ): Promise<{ readonly trouble?: Trouble; readonly againMs?: number }>;
  /** Forgets a registry that is gone. */
  forget(registry: ObjectKey): void;
}

/** Creates the search: of a Deployment that is not complete by the pods of its newest template, what Events say of those, and itself. */
export function createTroubleFinder({ client, informers, poller, clock, logger }: TroubleDeps): TroubleFinder {
  const events = createPodWarnings(client, clock, logger);

  return {
    find: async (registry, deployment, pods, signal) => {
      // Of a change that the Deployment's controller has not seen nothing is known yet.
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

/** Somebody has paused it (`kubectl rollout pause`), and its pods are not those that are wanted. */
function pausedTrouble(deployment: DeploymentObject): Trouble | undefined {
  const { wanted, updated } = replicasOf(deployment);
  if (deployment.spec['paused'] !== true || updated >= wanted) return undefined;
  const { namespace = '', name } = deployment.metadata;
  const remedy = `kubectl rollout resume deployment/${name} --namespace ${namespace}`;
  return { reason: 'RolloutPaused', message: `Deployment ${formatKey(keyOf(deployment))} is paused; resume it with: ${remedy}` };
}

/** Words in the refusal of a pod, by who refuses. */
const REFUSED_BY: readonly (readonly [RegExp, string])[] = [
  [/exceeded quota|failed quota/, 'QuotaExceeded'],
  [/violates PodSecurity|admission webhook .* denied|ValidatingAdmissionPolicy|forbidden: (maximum|minimum)/, 'PolicyDenied'],
];

/** The pods cannot even be made. */
function creationTrouble({ status }: DeploymentObject): Trouble | undefined {
  const failure = status?.conditions?.find((condition) => condition.type === 'ReplicaFailure' && condition.status === 'True');
  if (failure?.message === undefined) return undefined;
  const { message, reason = 'FailedCreate' } = failure;
  return { reason: REFUSED_BY.find(([words]) => words.test(message))?.[1] ?? reason, message: withoutPodName(message) };
}
