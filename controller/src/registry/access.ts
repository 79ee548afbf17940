import { DEPLOYMENTS, SERVICES, type ResourceKind } from '@toolhive-registry/reconciler';
import type { Failure } from './failure.ts';
import type { SharedInformers } from './informers.ts';

/** The kinds that a registry is made of, and related ones. ReplicaSets only help to explain problems, so a registry can do without them. */
const NEEDED = [
  'configMaps',
  'serviceAccounts',
  'services',
  'networkPolicies',
  'disruptionBudgets',
  'deployments',
  'sources',
  'pods',
] as const;

/** Without these it is unknown whether a registry is served. */
const SERVING: readonly ResourceKind[] = [DEPLOYMENTS, SERVICES];

/**
 * Why the registries of a namespace cannot be reconciled: something that they are made of may not be watched there, and nothing is written without knowing what
 * exists. Undefined: nothing is forbidden.
 */
export function accessFailure(namespace: string, informers: SharedInformers): Failure | undefined {
  const refusals = NEEDED.flatMap((name) => {
    const { kind } = informers[name];
    const error = informers[name].accessError(namespace);
    return error === undefined ? [] : [{ kind, why: error instanceof Error ? error.message : 'refused' }];
  });
  if (refusals.length === 0) return undefined;
  const what = refusals.map(({ kind, why }) => `${kind.plural} (${why})`).join(', ');
  const message = `the controller may not list and watch ${what} in namespace ${namespace}; grant it the permissions in the chart's Role`;
  const blind = refusals.some(({ kind }) => SERVING.includes(kind));
  return { reason: 'Forbidden', message, podTemplate: false, transient: false, blind };
}
