import { fieldsWithoutEffect, normalizedSources } from '@toolhive-registry/api';
import { keyOf, type ObjectKey } from '@toolhive-registry/reconciler';
import { chosenFacts } from '../pods/facts.ts';
import { podFailure } from '../pods/pod-failure.ts';
import { isReady, type PodObject } from '../pods/pod.ts';
import type { FactsPoller } from '../pods/poller.ts';
import type { AppliedChildren } from './children.ts';
import type { Informers } from './informers.ts';
import { isDeleting, type RegistryObject, type ValidRegistry } from './resource.ts';
import { servingObjects } from './serving.ts';
import type { Validation } from './validate.ts';
import type { Observation } from './status/observation.ts';

/** What the observation needs besides what the pass has found out. */
export interface ObserveDeps {
  readonly informers: Informers;
  readonly poller?: FactsPoller;
  readonly clusterDomain: string;
}

/** What a pass has found out. */
export interface Findings {
  readonly validation: Validation;
  /** Undefined: they were left as they are. */
  readonly children: AppliedChildren | undefined;
  readonly pods: readonly PodObject[];
}

/** Gathers what the status is worked out from. */
export function observe(object: RegistryObject, { validation, children, pods }: Findings, deps: ObserveDeps): Observation {
  const { informers, poller, clusterDomain } = deps;
  const { registry, issues } = validation;
  const key = keyOf(object);
  const { deployment, service } = children ?? servingObjects(object, informers);
  const failure = podFailure(pods);
  const ready = new Set(pods.filter(isReady).map(({ metadata }) => metadata.uid));
  return {
    ...key,
    generation: object.metadata.generation ?? 0,
    deleting: isDeleting(object),
    issues,
    ...(children?.failure === undefined ? {} : { failure: children.failure }),
    ...(deployment === undefined ? {} : { deployment }),
    hasService: service !== undefined,
    withoutEffect: registry === undefined ? [] : fieldsWithoutEffect(registry.manifest),
    missing: registry === undefined ? [] : missingConfigMaps(registry, informers.sources.store),
    facts: chosenFacts(poller?.facts(key) ?? [], (uid) => ready.has(uid)),
    ...(failure === undefined ? {} : { podFailure: failure }),
    clusterDomain,
  };
}

/** Source ConfigMaps that do not exist, as sentences. */
function missingConfigMaps({ manifest, namespace }: ValidRegistry, configMaps: { get(key: ObjectKey): unknown }): string[] {
  return normalizedSources(manifest).flatMap((source) => {
    if (source.type !== 'configmap') return [];
    const { name } = source.configmap;
    if (configMaps.get({ namespace, name }) !== undefined) return [];
    return [`ConfigMap "${name}" of source "${source.name}" does not exist in namespace ${namespace}; create it`];
  });
}
