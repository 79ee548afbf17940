import { createController, ignoreStatusChanges, ofType, watchSource, type Controller, type Logger } from '@toolhive-registry/reconciler';
import { childInformers } from './informers.ts';
import { createReconcile, type ReconcileDeps } from './reconcile.ts';
import { podRegistry, registriesReading } from './relations.ts';
import { ownConfigMaps } from './taken-names.ts';

/** What the controller of MCPRegistries needs. */
export interface RegistryControllerDeps extends ReconcileDeps {
  /** Registries that are worked on at once. */
  readonly concurrency: number;
  readonly logger: Logger;
}

/** Longest wait after failures in a row: somebody has mended the cause and looks at the registry. */
const MAX_BACKOFF_MS = 60_000;

/** Creates the controller: which changes have which registries looked at. */
export function createRegistryController({ concurrency, logger, ...deps }: RegistryControllerDeps): Controller {
  const { registries, sources, pods } = deps.informers;
  const reading = registriesReading(registries);
  return createController({
    name: 'mcpregistry',
    primary: registries,
    predicate: ignoreStatusChanges,
    owns: childInformers(deps.informers),
    watches: [
      watchSource(sources, reading),
      // A registry that comes or goes takes the names of its ConfigMaps from the others, or gives them back.
      watchSource(
        registries,
        ({ metadata, ...object }) =>
          ownConfigMaps(metadata.name).flatMap((name) => reading({ ...object, metadata: { ...metadata, name } })),
        ofType('add', 'delete'),
      ),
      watchSource(pods, podRegistry),
    ],
    reconcile: createReconcile(deps),
    concurrency,
    maxBackoffMs: MAX_BACKOFF_MS,
    logger,
  });
}
