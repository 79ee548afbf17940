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
import { createStatusStep, type StatusDeps } from './status/write.ts';
import { ownConfigMaps } from './taken-names.ts';

/** What the controller of MCPRegistries needs. */
export interface RegistryControllerDeps extends Omit<ReconcileDeps, 'statuses'>, Omit<StatusDeps, 'events' | 'client'> {
  /** The client that writes only while this process leads. */
  readonly writer: ApiClient;
  /** Of the controller, in logs and metrics. */
  readonly name: string;
  /** Registries that are worked on at once. */
  readonly concurrency: number;
}

/** Longest wait after failures in a row: somebody has mended the cause and looks at the registry. */
const MAX_BACKOFF_MS = 60_000;

/** Creates the controller: which changes have which registries looked at. */
export function createRegistryController({ name, concurrency, ...deps }: RegistryControllerDeps): Controller {
  const { registries, namesakes, sources, pods, replicaSets } = deps.informers;
  const children = childInformers(deps.informers);
  const statuses = createStatusStep({ ...deps, client: deps.writer });
  const reading = registriesReading(registries);
  return createController({
    name,
    primary: registries,
    // What somebody else made of a status is put right at once; our own writes are no news.
    predicate: or(ignoreStatusChanges, statuses.changedByOthers),
    owns: children,
    watches: [
      watchSource(sources, reading),
      // A registry that comes or goes takes the names of its ConfigMaps from the others, or gives them back.
      ...[registries, namesakes].map((informer) =>
        watchSource(
          informer,
          ({ metadata, ...object }) =>
            ownConfigMaps(metadata.name).flatMap((name) => reading({ ...object, metadata: { ...metadata, name } })),
          ofType('add', 'delete'),
        ),
      ),
      // One of the same name in the other group takes all names, or gives them back, at the latest with its last object.
      watchSource(namesakes, (namesake) => [keyOf(namesake)], generationChanged),
      ...children.map((informer) => ({ informer, map: namedRegistry, predicate: ofType('delete') })),
      watchSource(pods, podRegistry),
      ...deps.servers.map(({ informer }) => watchSource(informer, ownRegistry, factsChanged)),
      // Which pods are the newest; the Deployment may have told of them before.
      watchSource(replicaSets, namedRegistry, revisionChanged),
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
