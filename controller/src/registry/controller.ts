import {
  createController,
  generationChanged,
  ignoreStatusChanges,
  keyOf,
  ofType,
  or,
  watchSource,
  type ApiClient,
  type Controller,
  type KubeObject,
  type ObjectKey,
} from '@toolhive-registry/reconciler';
import { childInformers } from './informers.ts';
import { revisionChanged } from './newest.ts';
import { createReconcile, type ReconcileDeps } from './reconcile.ts';
import { namedRegistry, podRegistry, registriesReading } from './relations.ts';
import { factsChanged, registryOfServer } from '../servers/server.ts';
import { watchAddresses } from './shared-addresses.ts';
import { createStatusStep, type StatusDeps } from './status/write.ts';
import { ownConfigMaps } from './taken-names.ts';

/** What the controller of MCPRegistries needs. */
export interface RegistryControllerDeps extends Omit<ReconcileDeps, 'statuses'>, Omit<StatusDeps, 'events' | 'client'> {
  /** Writes only while this process leads. */
  readonly writer: ApiClient;
  /** Name of the controller, in logs and metrics. */
  readonly name: string;
  /** Registries that are reconciled concurrently. */
  readonly concurrency: number;
}

/** Longest backoff after consecutive failures: somebody who fixed the cause is waiting for the registry. */
const MAX_BACKOFF_MS = 60_000;

/** Creates the controller, with the watches that enqueue registries. */
export function createRegistryController({ name, concurrency, ...deps }: RegistryControllerDeps): Controller {
  const { registries, namesakes, sources, pods, replicaSets } = deps.informers;
  const children = childInformers(deps.informers);
  const statuses = createStatusStep({ ...deps, client: deps.writer });
  const reading = registriesReading(registries);
  return createController({
    name,
    primary: registries,
    // Changes of a status by somebody else are undone at once; our own writes need no pass.
    predicate: or(ignoreStatusChanges, statuses.changedByOthers),
    owns: children,
    watches: [
      watchSource(sources, reading),
      // A registry that comes or goes takes ConfigMap names from the others, or gives them back.
      ...[registries, namesakes].map((informer) =>
        watchSource(
          informer,
          ({ metadata, ...object }) =>
            ownConfigMaps(metadata.name).flatMap((name) => reading({ ...object, metadata: { ...metadata, name } })),
          ofType('add', 'delete'),
        ),
      ),
      // A namesake in the other group takes all names, or gives them back, at the latest with its last object.
      watchSource(namesakes, (namesake) => [keyOf(namesake)], generationChanged),
      ...children.map((informer) => ({ informer, map: namedRegistry, predicate: ofType('delete') })),
      watchSource(pods, podRegistry),
      ...deps.servers.map(({ informer }) => watchSource(informer, ownRegistry, factsChanged)),
      // Tells which pods are the newest; the Deployment's change may have arrived earlier.
      watchSource(replicaSets, namedRegistry, revisionChanged),
      ...watchAddresses(deps.informers),
    ],
    reconcile: createReconcile({ ...deps, statuses }),
    concurrency,
    maxBackoffMs: MAX_BACKOFF_MS,
    logger: deps.logger,
  });
}

/** The registry that a server belongs to. */
function ownRegistry(server: KubeObject): ObjectKey[] {
  const registry = registryOfServer(server);
  return registry === undefined ? [] : [registry];
}
