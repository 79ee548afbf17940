import { enforcementModeOf, normalizedSources } from '@toolhive-registry/api';
import { isReady, type Trouble } from '@toolhive-registry/api/pods';
import { keyOf, type ObjectKey } from '@toolhive-registry/reconciler';
import type { EnforcementFacts } from '../enforcement/state.ts';
import { chosenFacts } from '../pods/facts.ts';
import type { PodObject } from '../pods/pod.ts';
import type { PodFacts } from '../pods/facts.ts';
import type { FactsPoller } from '../pods/poller.ts';
import type { AppliedChildren } from './children.ts';
import type { Informers } from './informers.ts';
import { isDeleting, type RegistryObject, type ValidRegistry } from './resource.ts';
import { exposureObject, type AppliedExposure } from './exposing.ts';
import { sharingRegistries } from './shared-addresses.ts';
import { servingObjects } from './serving.ts';
import type { Validation } from './validate.ts';
import type { Doubt } from './status/doubts.ts';
import type { Observation } from './status/observation.ts';

/** What the observation needs besides the result of the pass. */
export interface ObserveDeps {
  readonly informers: Informers;
  readonly clusterDomain: string;
  /** The facts about a registry's enforcement; undefined: not known yet, or it enforces nothing. */
  readonly enforcementOf: (registry: ObjectKey) => EnforcementFacts | undefined;
}

/** What a pass did. */
export interface Outcome {
  readonly validation: Validation;
  /** Undefined: they were left as they are. */
  readonly children: AppliedChildren | undefined;
  readonly pods: readonly PodObject[];
}

/** What a pass found out. */
export interface Findings extends Omit<Outcome, 'pods'> {
  /** What keeps the Deployment from completing. */
  readonly trouble?: Trouble | undefined;
  /** The pod reports that count (`countedFacts`). */
  readonly facts: readonly PodFacts[];
  readonly doubt: Doubt;
}

/** Gathers what the status is derived from. */
export function observe(object: RegistryObject, findings: Findings, { informers, clusterDomain, enforcementOf }: ObserveDeps): Observation {
  const { validation, children, trouble, facts, doubt } = findings;
  const { registry, issues } = validation;
  const key = keyOf(object);
  const { deployment, service } = children ?? servingObjects(object, informers);
  const exposure = withNeighbors(exposureOf(object, findings, informers), informers);
  return {
    ...key,
    generation: object.metadata.generation ?? 0,
    deleting: isDeleting(object),
    issues,
    ...(children?.failure === undefined ? {} : { failure: children.failure }),
    ...(deployment === undefined ? {} : { deployment }),
    hasService: service !== undefined,
    enforces: enforcementModeOf(object) !== undefined,
    enforcement: enforcementOf(key),
    ...(exposure === undefined ? {} : { exposure }),
    missing: registry === undefined ? [] : missingConfigMaps(registry, informers.sources.store),
    facts,
    ...(trouble === undefined ? {} : { trouble }),
    doubt,
    clusterDomain,
  };
}

/** External access after the pass; from the stores if the pass did not touch it. */
function exposureOf(object: RegistryObject, { validation, children }: Findings, informers: Informers): AppliedExposure | undefined {
  if (isDeleting(object)) return undefined;
  if (children?.exposure !== undefined) return children.exposure;
  const isWanted = validation.registry?.manifest.spec.expose !== undefined;
  const live = exposureObject(object, validation.registry?.manifest.spec, informers);
  if (live !== undefined) return { isWanted, object: live };
  return isWanted ? { isWanted, waitsFor: 'other objects of the registry cannot be applied' } : undefined;
}

function withNeighbors(exposure: AppliedExposure | undefined, informers: Informers): AppliedExposure | undefined {
  return exposure?.object === undefined ? exposure : { ...exposure, sharedWith: sharingRegistries(exposure.object, informers) };
}

/** The reports of a registry's pods that count. */
export function countedFacts(registry: ObjectKey, pods: readonly PodObject[], poller: FactsPoller | undefined): readonly PodFacts[] {
  const ready = new Set(pods.filter(isReady).map(({ metadata }) => metadata.uid));
  return chosenFacts(poller?.facts(registry) ?? [], (uid) => ready.has(uid));
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
