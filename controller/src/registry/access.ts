import { DEPLOYMENTS, SERVICES, type ResourceKind } from '@toolhive-registry/reconciler';
import type { Failure } from './failure.ts';
import type { SharedInformers } from './informers.ts';

/** What a registry is made of, and what is beside it. Of ReplicaSets only explanations come, which a registry can do without. */
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

/** Without these nobody knows whether a registry is served. */
const SERVING: readonly ResourceKind[] = [DEPLOYMENTS, SERVICES];

/**
 * Why the registries of a namespace cannot be acted upon: something that they are made of may not be watched there. Without knowing what is there,
 * nothing is written. Undefined: nothing is forbidden.
 */
export function accessFailure(namespace: string, informers: SharedInformers): Failure | undefined {
  const refusals = NEEDED.flatMap((name) => {
    const { kind } = informers[name];
    const error = informers[name].accessError(namespace);
    return error === undefined ? [] : [{ kind, why: error instanceof Error ? error.message : 'refused' }];
  });
  if (refusals.length === 0) return undefined;
  const what = refusals.map(({ kind, why }) => `${kind.plural} (${why})`).join(', ');
  const message = `the controller may not list and watch ${what} in namespace ${namespace}; give it the rights that the chart's Role has`;
  const blind = refusals.some(({ kind }) => SERVING.includes(kind));
  return { reason: 'Forbidden', message, podTemplate: false, transient: false, blind };
}
