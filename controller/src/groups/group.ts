import { enforcementModeOf, groups, names, type RegistryGroup } from '@toolhive-registry/api';
import { isReady } from '@toolhive-registry/api/pods';
import {
  Blockers,
  formatKey,
  isControlledBy,
  keyOf,
  type ApiClient,
  type Blocker,
  type Controller,
  type ObjectKey,
  type Runnable,
} from '@toolhive-registry/reconciler';
import type { GroupGate } from './gate.ts';
import type { ReportedRegistry } from '../metrics.ts';
import type { EnforcementFacts } from '../enforcement/state.ts';
import type { ListingPod } from '../enforcement/lists.ts';
import type { GroupOfRegistries } from '../enforcement/registries.ts';
import type { PodFacts } from '../pods/facts.ts';
import { polledPod, type PodObject } from '../pods/pod.ts';
import type { PollerFactory } from '../pods/poller.ts';
import { podsOf } from '../registry/relations.ts';
import { createRegistryController, type RegistryControllerDeps } from '../registry/controller.ts';
import { informersOf, otherGroup, sharedInformers, type AllInformers, type Informers } from '../registry/informers.ts';
import { registryKind, type RegistryObject } from '../registry/resource.ts';
import { createVolumesController, type VolumesControllerDeps } from '../registry/volumes/controller.ts';

/** What the controllers of a group need. */
export interface GroupDeps extends Omit<
  RegistryControllerDeps,
  'name' | 'kind' | 'informers' | 'poller' | 'awaitChange' | 'isServed' | 'seesNamesakes' | 'enforcementOf'
> {
  readonly group: RegistryGroup;
  /** Who owns the CRD of each group. */
  readonly gates: Readonly<Record<RegistryGroup, Pick<GroupGate, 'isOpen' | 'isForeign'>>>;
  readonly informers: AllInformers;
  /** Absent: pods are not asked for their status. */
  readonly createPoller: PollerFactory | undefined;
  /** Absent: pods are not annotated when what they mount changes. */
  readonly volumes: Pick<VolumesControllerDeps, 'leads'> | undefined;
  readonly client: ApiClient;
  /** Facts about the enforcement of the group's registries. */
  readonly enforcementOf: (group: RegistryGroup, registry: ObjectKey) => EnforcementFacts | undefined;
  /** Called for each enforcing registry whose pods report something new. */
  readonly onFacts: (registry: ObjectKey) => void;
}

/** The controllers of one group of registries. */
export interface GroupParts {
  readonly controllers: readonly Controller[];
  readonly runnables: readonly Runnable[];
  /** What others need from the group's registries. */
  readonly of: GroupOfRegistries;
  /** The last reports of the pods that are asked. */
  readonly reported: () => ReportedRegistry[];
  /** Called when this process stops leading in some namespaces: their registries belong to others now. */
  readonly leadershipLost: (leads: (namespace: string) => boolean) => void;
}

/** A quota changes with every pod of its namespace; a registry that waits for one is reconciled at most this often, in milliseconds. */
const PACE_MS = 2_000;

/** Creates the controllers of a group. All they know of the other group is which names it has taken. */
export function createGroup({ group, gates, informers, createPoller, volumes, onFacts, enforcementOf, ...common }: GroupDeps): GroupParts {
  const own = informersOf(group, informers);
  const suffix = group === groups[0] ? '' : '-io';
  const controllers: Controller[] = [];
  // The poller reports to the controllers, which in turn are built from the poller's facts.
  const poller = createPoller?.((registry) => {
    for (const controller of controllers) controller.enqueue(registry);
    const object = own.registries.store.get(registry);
    if (object !== undefined && enforcementModeOf(object) !== undefined) onFacts(registry);
  });
  const blockers = new Blockers({ client: common.client, logger: common.logger });
  const isServed = gates[group].isOpen;
  const other = otherGroup(group);
  const seesNamesakes = (namespace: string): boolean => !gates[other].isForeign() && own.namesakes.accessError(namespace) === undefined;
  const deps = {
    ...common,
    enforcementOf: (registry: ObjectKey) => enforcementOf(group, registry),
    isServed,
    seesNamesakes,
    informers: own,
    ...(poller === undefined ? {} : { poller }),
  };

  const registries = createRegistryController({ ...deps, awaitChange, name: `mcpregistry${suffix}`, kind: registryKind(group) });
  controllers.push(registries);
  if (volumes !== undefined) controllers.push(createVolumesController({ ...deps, ...volumes, name: `mcpregistry-volumes${suffix}` }));
  for (const informer of sharedInformers(own)) {
    // Objects that could not be listed before have to be reconciled, or a condition has to say that they cannot be listed.
    informer.onAccessChange((namespace) => {
      for (const registry of own.registries.store.list(namespace === '' ? undefined : namespace)) registries.enqueue(keyOf(registry));
    });
  }

  return {
    controllers,
    of: {
      group,
      registries: own.registries,
      isServed,
      enqueue: (registry) => registries.enqueue(registry),
      holdsName: (registry) => holdsName(registry, own),
      pods: (registry) => listingPods(podsOf(registry, own), poller?.facts(keyOf(registry)) ?? []),
    },
    runnables: [
      { name: `blockers${suffix}`, stop: () => blockers.close() },
      ...(poller === undefined ? [] : [{ name: `facts poller${suffix}`, stop: () => poller.close() }]),
    ],
    reported: () => poller?.registries().map((registry) => ({ registry, facts: poller.facts(registry) })) ?? [],
    leadershipLost: (leads) => {
      for (const registry of poller?.registries() ?? []) if (!leads(registry.namespace)) poller?.follow(registry, []);
      for (const registry of own.registries.store.list()) {
        const key = keyOf(registry);
        if (!leads(key.namespace)) blockers.clear(formatKey(key));
      }
    },
  };

  function awaitChange(registry: ObjectKey, changes: readonly Blocker[]): void {
    const key = formatKey(registry);
    blockers.keep(key, changes);
    for (const change of changes) blockers.wait(key, change, () => registries.enqueue(registry, change.name === undefined ? PACE_MS : 0));
  }
}

/** Ready pods with their last reports. */
function listingPods(pods: readonly PodObject[], facts: readonly (PodFacts & { readonly uid: string })[]): ListingPod[] {
  return pods.filter(isReady).flatMap((pod) => {
    const reported = facts.find(({ uid }) => uid === pod.metadata.uid);
    return reported === undefined ? [] : polledPod(pod).map((target) => ({ target, document: reported.document }));
  });
}

/** Of two registries with the same name, the one whose manifest the ConfigMap holds is served; as long as there is none, it is undecided. */
function holdsName(registry: RegistryObject, { namesakes, configMaps }: Informers): boolean {
  const key = keyOf(registry);
  const namesake = namesakes.store.get(key);
  const config = configMaps.store.get({ ...key, name: names.config(key.name) });
  return namesake === undefined || config === undefined || !isControlledBy(config, namesake);
}
