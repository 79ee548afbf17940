import type { RegistryGroup } from '@toolhive-registry/api';
import {
  CONFIG_MAPS,
  Informer,
  type ApiClient,
  type Applier,
  type Controller,
  type EventRecorder,
  type Logger,
  type ObjectKey,
} from '@toolhive-registry/reconciler';
import type { AskPod } from '../pods/pod-client.ts';
import type { Servers } from '../servers/informers.ts';
import type { ServedKinds } from '../servers/served.ts';
import { createEnforcementController, enforcementKey } from './controller.ts';
import { createLists } from './lists.ts';
import { PARAMETERS_LABEL } from './names.ts';
import { createPolicies } from './policies.ts';
import type { GroupOfRegistries } from './registries.ts';
import type { EnforcementFacts } from './state.ts';
import type { PodObject } from '../pods/pod.ts';
import { createEnforcementStep, type EnforcementStep } from './step.ts';
import { createViolationEvents } from './violation-events.ts';

/** What enforcing needs. */
export interface EnforcementSettings {
  readonly client: ApiClient;
  /** Both write only while this process leads. */
  readonly applier: Applier;
  readonly writer: ApiClient;
  readonly events: Pick<EventRecorder, 'event'>;
  readonly installation: string;
  /** Undefined: the whole cluster. */
  readonly namespaces: readonly string[] | undefined;
  /** Name prefix of the admission policies; undefined: there are none. */
  readonly policies: string | undefined;
  readonly kinds: ServedKinds;
  readonly servers: readonly Servers[];
  /** Of registries. */
  readonly pods: Informer<PodObject>;
  /** Undefined: pods are not asked anything. */
  readonly ask: AskPod | undefined;
  readonly concurrency: number;
  readonly logger: Logger;
}

/** Everything that carries out `spec.enforceServers`. */
export interface Enforcement {
  readonly informers: readonly Informer[];
  /** The parameter ConfigMaps. */
  readonly configMaps: Informer;
  /** The facts for a registry's status; undefined: not known yet, or it enforces nothing. */
  readonly facts: (group: RegistryGroup, registry: ObjectKey) => EnforcementFacts | undefined;
  readonly all: EnforcementStep['all'];
  /** Drops what belongs to namespaces that another process leads now. */
  readonly forget: EnforcementStep['forget'];
  /** The pods of an enforcing registry report something new. */
  readonly onFacts: (registry: ObjectKey) => void;
  /** Creates the controller, once the groups of registries exist. */
  readonly start: (groups: readonly GroupOfRegistries[]) => Controller;
}

/** Puts the enforcement together. */
export function createEnforcement(settings: EnforcementSettings): Enforcement {
  const { client, applier, writer, events, installation, namespaces, kinds, servers, pods, ask, concurrency, logger } = settings;
  const policies = createPolicies({ client, name: settings.policies, namespaces, kinds, logger });
  const configMaps = new Informer({
    client,
    namespaces,
    logger,
    kind: CONFIG_MAPS,
    labelSelector: `${PARAMETERS_LABEL.key}=${PARAMETERS_LABEL.value}`,
  });
  let step: EnforcementStep | undefined;
  let controller: Controller | undefined;
  return {
    informers: [configMaps, ...policies.informers],
    configMaps,
    facts: (group, registry) => step?.facts(group, registry),
    all: () => step?.all() ?? [],
    forget: (isOthers) => step?.forget(isOthers),
    onFacts: ({ namespace }) => controller?.enqueue(enforcementKey(namespace)),
    start: (groups) => {
      const deps = {
        groups,
        configMaps,
        servers,
        pods,
        policies,
        lists: ask === undefined ? undefined : createLists({ ask, logger }),
        violationEvents: createViolationEvents({ events, ask, logger }),
        applier,
        client: writer,
        installation,
      };
      step = createEnforcementStep(deps);
      controller = createEnforcementController(deps, step, { concurrency, logger });
      kinds.onChange(() => {
        // A kind that appears without objects, or disappears, causes no object event.
        for (const { metadata } of configMaps.store.list()) controller?.enqueue(enforcementKey(metadata.namespace ?? ''));
      });
      return controller;
    },
  };
}
